import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import type { SandboxOptions } from "@flyte-mcp/sandbox";
import { app } from "./index.ts";

async function open(options: SandboxOptions = {}) {
  const sandbox = createSandbox({ paceMs: 30, ...options });
  const client = await connectClient({ groups: [app], flyte: playFlyte(sandbox.routes) });
  const updates = () => sandbox.calls().filter(({ procedure }) => procedure.endsWith("/Update")).length;
  return { ...client, updates };
}

const labeling = { name: "labeling" };

describe("activate_app", () => {
  it("starts a stopped app and answers it as it is then", async () => {
    const { answer } = await open();
    const before = Date.now();
    const said = await answer("activate_app", labeling);
    expect(said).toMatchObject({
      name: "labeling",
      status: "active",
      desired_state: "active",
      endpoint: "http://labeling-flytesnacks-development.localhost:30081",
      changed: true,
    });
    expect(said).not.toHaveProperty("note");
    expect(Date.parse(said["status_since"] as string)).toBeGreaterThan(before - 3_000);
  });

  it("changes nothing of one that is active", async () => {
    const { answer, updates } = await open();
    expect(await answer("activate_app", { name: "dashboard" })).toMatchObject({
      status: "active",
      changed: false,
      note: "Nothing was changed: it was active or starting already.",
    });
    expect(updates()).toBe(0);
  });

  it("tells progress while an app takes its time", async () => {
    const { answer } = await open({ apps: { startMs: 300 } });
    const seen: string[] = [];
    const onprogress = ({ message = "" }) => void seen.push(message);
    const said = await answer("activate_app", labeling, { onprogress });
    expect(said).toMatchObject({ status: "active", changed: true });
    expect(seen).toEqual(["The app is pending.", "The app is active."]);
  });

  it.each<NonNullable<SandboxOptions["apps"]>["watch"] & string>(["ends", "silent", "missing"])(
    "gets there although the watch stream is %s",
    async (watch) => {
      const { answer } = await open({ apps: { watch } });
      expect(await answer("activate_app", labeling)).toMatchObject({ status: "active", changed: true });
    },
    15_000,
  );

  it("answers timed_out when the time is up, and goes on by another call without asking again", async () => {
    const { answer, updates } = await open({ apps: { startMs: 600 } });
    expect(await answer("activate_app", { ...labeling, timeout_s: 0.2 })).toMatchObject({
      status: "pending",
      timed_out: true,
      changed: true,
      note: "It is still pending; call activate_app again to go on waiting.",
    });
    const said = await answer("activate_app", labeling);
    expect(said).toMatchObject({ status: "active", changed: false });
    expect(said).not.toHaveProperty("timed_out");
    expect(updates()).toBe(1);
  });

  it("does not call an app still active that it has just begun to start", async () => {
    const { answer } = await open({ history: true });
    await answer("deactivate_app", { name: "dashboard" });
    expect(await answer("activate_app", { name: "dashboard", timeout_s: 0 })).toMatchObject({
      status: "active",
      timed_out: true,
      note: "Flyte calls it active, which may be from before this call; get_app tells in a few seconds.",
    });
  });

  it("only asks for it with a timeout of 0, and refuses one below", async () => {
    const { answer, failure } = await open({ apps: { startMs: 60_000 } });
    const began = Date.now();
    expect(await answer("activate_app", { ...labeling, timeout_s: 0 })).toMatchObject({ timed_out: true });
    expect(Date.now() - began).toBeLessThan(1_000);
    expect(await failure("activate_app", { ...labeling, timeout_s: -1 })).toContain("timeout_s");
  });

  it("says why an app fails to start", async () => {
    const { answer, failure } = await open({ apps: { startMs: 50 } });
    await answer("deactivate_app", { name: "forecast-fail" });
    expect(await failure("activate_app", { name: "forecast-fail" })).toBe(
      'App "forecast-fail" failed to start: RevisionFailed: container exited 1. ' +
        "Its image, command and resources are in get_app; mend them and deploy it again. [app_failed]",
    );
  });

  it("stops waiting when the caller cancels", async () => {
    const { answer } = await open({ apps: { startMs: 60_000 } });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    await expect(answer("activate_app", labeling, { signal: caller.signal })).rejects.toThrow("abort");
  });
});
