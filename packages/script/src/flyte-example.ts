const IMAGE = "IMAGE_OF_THE_TASKS";

const SOURCE = `# /// script
# requires-python = ">=3.10"
# dependencies = ["flyte==2.12.1"]
# ///
"""Define two tasks, deploy them and run one; afterwards run_task launches demo.total."""

import argparse
import asyncio
import sys

import flyte

env = flyte.TaskEnvironment(
    name="demo",
    image="${IMAGE}",
    resources=flyte.Resources(cpu=1, memory="512Mi"),
)


@env.task
async def square(x: int) -> int:
    """Square a number."""
    return x * x


@env.task
async def total(n: int = 4) -> int:
    """Add the squares below n, each made in a pod of its own."""
    # A package that the image lacks would be imported here, in the task, not at the top.
    return sum(await asyncio.gather(*(square(x) for x in range(n))))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", default="s1")
    parser.add_argument("--n", type=int, default=4)
    args = parser.parse_args()
    # Endpoint, project and domain are those of the pod this runs in.
    flyte.init_in_cluster()
    flyte.deploy(env, version=args.version)
    print(f"deployed demo.square and demo.total in version {args.version}", flush=True)
    run = flyte.run(total, n=args.n)
    print(f"run {run.name}: {run.url}", flush=True)
    run.wait(quiet=True)
    if run.phase != "succeeded":
        print(f"it ended {run.phase}; diagnose_run {run.name} says why")
        return 1
    print(f"total: {run.outputs()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
`;

/** A script that defines tasks, deploys them from inside the cluster and runs one; `image` is what its tasks run in. */
export function flyteExample(image: string): string {
  return SOURCE.replace(IMAGE, image);
}
