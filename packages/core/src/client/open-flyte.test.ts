import { openFlyte } from "./open-flyte.ts";
import type { LoadSandbox } from "./open-flyte.ts";

const run = { project: "p", domain: "d", kind: "runs" as const, path: ["r1"] };

function playSandbox() {
  const seen: unknown[] = [];
  const load: LoadSandbox = () => {
    seen.push("loaded");
    return Promise.resolve({
      startSandbox(options) {
        seen.push(options);
        return Promise.resolve({
          url: "http://127.0.0.1:4321",
          close() {
            seen.push("closed");
            return Promise.resolve();
          },
        });
      },
    });
  };
  return { seen, load };
}

describe("openFlyte", () => {
  it("opens the configured plane, and never loads the sandbox for it", async () => {
    const { seen, load } = playSandbox();
    const { flyte, close } = await openFlyte({ endpoint: "flyte.example", sandbox: false }, load);
    await close();
    expect(flyte.endpoint).toBe("https://flyte.example");
    expect(seen).toEqual([]);
  });

  it("opens the sandbox over what else is configured", async () => {
    const { seen, load } = playSandbox();
    const values = { endpoint: "https://flyte.example", accessToken: "t0ken", org: "acme", sandbox: true };
    const { flyte } = await openFlyte({ ...values, sandboxFile: "state.json" }, load);
    expect(flyte.endpoint).toBe("http://127.0.0.1:4321");
    expect(flyte.defaults).toEqual({ org: "", project: "flytesnacks", domain: "development" });
    // The token is for another plane.
    expect(flyte.secrets).toEqual([]);
    expect(flyte.consoleUrl(run)).toBeUndefined();
    expect(seen).toEqual(["loaded", { file: "state.json" }]);
  });

  it("works where the settings say in the sandbox", async () => {
    const { load } = playSandbox();
    const values = { sandbox: true, project: "p", domain: "d", consoleUrl: "http://console.test" };
    const { flyte } = await openFlyte(values, load);
    expect(flyte.defaults).toEqual({ org: "", project: "p", domain: "d" });
    expect(flyte.consoleUrl(run)).toBe("http://console.test/v2/domain/d/project/p/runs/r1");
  });

  it("closes the sandbox", async () => {
    const { seen, load } = playSandbox();
    const { close } = await openFlyte({ sandbox: true }, load);
    await close();
    expect(seen).toEqual(["loaded", { file: undefined }, "closed"]);
  });
});
