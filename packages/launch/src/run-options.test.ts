import { CacheLookupScope } from "@flyte-mcp/idl/task/run";
import { createRunSpec, runOptionsInput } from "./run-options.ts";

describe("createRunSpec", () => {
  it("sends nothing when nothing is asked for", () => {
    expect(createRunSpec({})).toBeUndefined();
  });

  it("puts each option in its place", () => {
    const options = {
      labels: { team: "a" },
      annotations: { note: "b" },
      env_vars: { LEVEL: "debug" },
      queue: "gpu",
      interruptible: false,
      overwrite_cache: true,
      service_account: "runner",
      max_action_concurrency: 4,
    };
    expect(createRunSpec(options)).toEqual({
      labels: { values: { team: "a" } },
      annotations: { values: { note: "b" } },
      envs: { values: [{ key: "LEVEL", value: "debug" }] },
      queue: "gpu",
      interruptible: false,
      overwriteCache: true,
      cacheConfig: { overwriteCache: true, cacheLookupScope: CacheLookupScope.GLOBAL },
      securityContext: { runAs: { k8sServiceAccount: "runner" } },
      maxActionConcurrency: 4,
    });
  });

  it("lays options over what is there", () => {
    expect(createRunSpec({ queue: "new" }, { queue: "old", interruptible: true })).toEqual({
      queue: "new",
      interruptible: true,
    });
  });
});

it("refuses a concurrency of one, which would deadlock a parent", () => {
  const parsed = runOptionsInput.safeParse({ max_action_concurrency: 1 });
  expect(parsed.error?.issues[0]?.message).toContain("would deadlock");
  expect(runOptionsInput.safeParse({ max_action_concurrency: 0 }).success).toBe(true);
});

it.each([
  [{ labels: { "bad key!": "v" } }, "Kubernetes name"],
  [{ labels: { team: "v v" } }, "Kubernetes label value"],
  [{ env_vars: { "A=B": "1" } }, "environment variable"],
  [{ max_action_concurrency: 4_294_967_296 }, "4294967295"],
])("refuses %j, which would fail after the launch", (options, reason) => {
  expect(JSON.stringify(runOptionsInput.safeParse(options).error?.issues)).toContain(reason);
});

it("merges by name over what is there", () => {
  const base = {
    labels: { values: { team: "a", kept: "b" } },
    envs: {
      values: [
        { key: "A", value: "1" },
        { key: "B", value: "2" },
      ],
    },
    securityContext: { secrets: [{ key: "s" }] },
  };
  expect(
    createRunSpec({ labels: { team: "c" }, env_vars: { B: "3" }, service_account: "runner" }, base),
  ).toMatchObject({
    labels: { values: { team: "c", kept: "b" } },
    envs: {
      values: [
        { key: "A", value: "1" },
        { key: "B", value: "3" },
      ],
    },
    securityContext: { secrets: [{ key: "s" }], runAs: { k8sServiceAccount: "runner" } },
  });
});
