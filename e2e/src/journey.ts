import type { Answer } from "./sdk-client.ts";

/** Calls one tool by whatever client is tested and gives its structured answer. */
export type CallTool = (name: string, args?: Answer) => Promise<Answer>;

/** The main job on the sandbox, from finding a task to reading its result; expectations are literal. */
export async function walkMainJob(call: CallTool): Promise<void> {
  const { tasks } = (await call("list_tasks", {})) as { tasks: Answer[] };
  expect(tasks).toContainEqual(
    expect.objectContaining({ name: "seed.add", version: "v2", description: "Add two numbers." }),
  );

  const task = await call("get_task", { name: "seed.add" });
  expect(task).toMatchObject({
    name: "seed.add",
    version: "v2",
    signature: "(a: int, b: int = 2) -> o0: int",
    required_inputs: ["a"],
    outputs: { o0: "int" },
  });

  const launched = await call("run_task", { name: "seed.add", inputs: { a: 40 } });
  expect(launched).toMatchObject({
    task: "seed.add",
    version: "v2",
    name: expect.stringMatching(/^r[a-z0-9]{19}$/),
  });
  const { name } = launched as { name: string };

  const ended = await call("wait_for_run", { name });
  expect(ended).toMatchObject({ name, phase: "succeeded", done: true });

  const io = await call("get_run_io", { name });
  expect(io).toMatchObject({ name, phase: "succeeded", inputs: { a: 40, b: 2 }, outputs: { o0: 42 } });

  const { runs } = (await call("list_runs", { task_name: "seed.add", limit: 3 })) as { runs: Answer[] };
  expect(runs[0]).toMatchObject({ name, phase: "succeeded", task: "seed.add" });

  const slow = (await call("run_task", { name: "seed.slow", inputs: { seconds: 600 } })) as { name: string };
  const aborted = await call("abort_run", { name: slow.name, reason: "not needed" });
  expect(aborted).toEqual({ name: slow.name, aborted: true, live_actions: 1, phase: "aborted" });
  expect(await call("get_run", { name: slow.name })).toMatchObject({
    phase: "aborted",
    abort_reason: "not needed",
  });
  const again = await call("abort_run", { name: slow.name });
  expect(again).toEqual({ name: slow.name, aborted: false, already_terminal: true, phase: "aborted" });
}

/** An assistant's way from nothing to a script that has run, on the sandbox: learn, write, build, run, read. */
export async function walkScriptJob(call: CallTool): Promise<void> {
  const { flyte: example } = (await call("flyte_uv_script_example")) as { flyte: string };
  const script = `${example}\nprint("written by a client")\n`;

  const dry = await call("build_uv_script_image_remote", { script, dry_run: true });
  expect(dry).toMatchObject({ tag: expect.stringMatching(/^[0-9a-f]{32}$/) });
  const built = await call("build_uv_script_image_remote", { script, wait: true });
  expect(built).toMatchObject({ tag: dry["tag"], phase: "succeeded" });
  const { image_uri: image } = built as { image_uri: string };
  expect(image).toMatch(new RegExp(`uv-script:${String(dry["tag"])}$`));

  const launched = await call("run_uv_script_remote", { script, args: ["--only", "demo"], image });
  const { name } = launched as { name: string };
  expect(launched).toMatchObject({ image });
  expect(await call("wait_for_run", { name })).toMatchObject({ phase: "succeeded", done: true });
  expect(await call("get_run_io", { name })).toMatchObject({
    inputs: { args: ["--only", "demo"] },
    outputs: { o0: { exit_code: 0, stdout: expect.stringContaining("--only") } },
  });
  const { lines } = (await call("get_logs", { run_name: name })) as { lines: string[] };
  expect(lines).toContain(`image: ${image}`);
}
