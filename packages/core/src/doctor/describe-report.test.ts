import { describeReport } from "./describe-report.ts";
import type { Report } from "./report.ts";

const report: Report = {
  ok: false,
  file: "/home/me/.flyte/config.yaml",
  settings: [
    {
      name: "endpoint",
      value: "https://flyte.example",
      source: "admin.endpoint in /home/me/.flyte/config.yaml",
    },
    { name: "org", value: undefined, source: undefined },
    { name: "login", value: `command ${"x".repeat(60)}`, source: "FLYTE_AUTH_COMMAND" },
  ],
  reachedInMs: 12,
  caller: "Ada <ada@example.com>",
  services: [
    { name: "task", state: "there" },
    { name: "app", state: "missing" },
    { name: "secret", state: "refused", said: "Flyte does not allow this to the identity in use." },
    { name: "image", state: "silent" },
  ],
  problems: [
    { severity: "error", message: 'There is no project "p".', hint: "Projects: q." },
    { severity: "warning", message: "No domain is set." },
  ],
};

describe("describeReport", () => {
  it("lines up what a person reads", () => {
    expect(describeReport("flyte-mcp 1", report, false)).toBe(`flyte-mcp 1

  file      /home/me/.flyte/config.yaml
  endpoint  https://flyte.example                         admin.endpoint in /home/me/.flyte/config.yaml
  org       -
  login     command ${"x".repeat(60)}  FLYTE_AUTH_COMMAND

  answered   in 12 ms
  caller     Ada <ada@example.com>
  services   task
  not there  app
  refused    secret (Flyte does not allow this to the identity in use.)
  no answer  image

error: There is no project "p".
  Projects: q.

warning: No domain is set.

A tool call would not work with these settings.`);
  });

  it("lets nothing that a plane says steer the terminal", () => {
    const caller = "Ada\u001b[2J\nerror: \u202elie";
    expect(describeReport("flyte-mcp 1", { ...report, caller }, false)).toContain("  Ada [2J error:  lie\n");
  });

  it("has colours where it is asked to, and the same text", () => {
    const colored = describeReport("flyte-mcp 1", report, true);
    expect(colored).toContain("\u001b[31merror:\u001b[0m");
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(describeReport("flyte-mcp 1", report, false));
  });
});
