/** How a script is written; `image` is what it runs in. */
export function describeFormat(image: string): string {
  return `A script is one Python file that run_uv_script_remote runs on the cluster with "uv run --script". At most 1 MiB.

Template:

# /// script
# requires-python = ">=3.10"
# dependencies = ["httpx>=0.27"]
# ///
import sys

def main() -> int:
    print("hello", sys.argv[1:])
    return 0

if __name__ == "__main__":
    sys.exit(main())

Header (PEP 723), exactly one block:
- The lines "# /// script" and "# ///" stand alone and begin at the margin; each line between is "#" or begins with "# ".
- Between them is TOML: requires-python (3.10 to 3.14) and dependencies, a list of PyPI requirements or name @ https://... URLs, no file:// and no password.

Any script:
- args come as sys.argv, env_vars and secrets as os.environ. Never write a credential into script, args or env_vars; store it with create_secret and name it in secrets.
- What it prints goes to the log at once (get_logs); the last 60,000 bytes are the run's output o0 (get_run_io).
- An exit code other than 0 or an exception fails the run, once, with the code and the last 4,000 characters printed. It is not tried again.
- It is stopped after timeout_s. Its working directory is empty and lost at the end: write results to storage, or print them.

Plain script: just does its work, in the pod of the run (image ${image}).

Flyte script: defines tasks, deploys them from inside the cluster and runs them. It also needs:
- "flyte" in dependencies.
- env = flyte.TaskEnvironment(name=..., image="${image}", resources=flyte.Resources(cpu=1, memory="512Mi")) and functions under @env.task with typed arguments and result. Quantities of memory are texts.
- At the top import only the standard library and flyte; import packages of the tasks' image inside the tasks.
- Call flyte.init_in_cluster() first, in main; then flyte.deploy(env, version="...") and flyte.run(task, name=value). Take a new version for changed code.
- An async task awaits others: await task(x), or await task.aio(x) where the other one is not async.
- Where the cluster wants a login from inside, give secrets {"EAGER_API_KEY": "<secret with an API key>"}.
Afterwards its tasks are deployed: list_tasks shows them as environment.function and run_task launches them.

Follow a run with wait_for_run, then get_run_io or get_logs. rerun_run can run it again with another script or args.
Packages that take long to install: build_uv_script_image_remote once, then give its image to run_uv_script_remote; the header is not used then.`;
}
