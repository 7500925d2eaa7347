import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

async function connectEcho(input: z.ZodObject) {
  const echo = defineTool({
    name: "echo",
    title: "Echo",
    description: "Echoes.",
    effect: "read",
    input,
    output: z.looseObject({}),
    run: (given) => Promise.resolve(given),
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [echo] })];
  return connectClient({ groups, flyte: playFlyte(() => undefined) });
}

const input = z.object({
  name: z.string(),
  limit: z.int().min(1).max(10).default(3),
  version: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
});

describe("the arguments of a call", () => {
  it("get their defaults", async () => {
    const { answer } = await connectEcho(input);
    expect(await answer("echo", { name: "a" })).toEqual({ name: "a", limit: 3 });
  });

  it("that are null count as left out, at the top only", async () => {
    const { answer } = await connectEcho(input);
    const given = { name: "a", limit: null, version: null, inputs: { x: null } };
    expect(await answer("echo", given)).toEqual({ name: "a", limit: 3, inputs: { x: null } });
  });

  it("are refused with every problem at once", async () => {
    const { failure } = await connectEcho(input);
    const text = await failure("echo", { nane: "a", limit: 11, version: 5, zzzzzzzz: 1 });
    expect(text).toBe(
      'echo: unknown argument "nane". Did you mean "name"?; unknown argument "zzzzzzzz"; ' +
        "name: is missing; it must be a text; limit: must be at most 10; version: must be a text. " +
        "Arguments: name, limit?, version?, inputs?. [invalid_argument]",
    );
  });

  it("are taken as their type where a client plainly meant it", async () => {
    const { answer } = await connectEcho(input);
    expect(await answer("echo", { name: "a", limit: "7", inputs: '{"x":1}' })).toEqual({
      name: "a",
      limit: 7,
      inputs: { x: 1 },
    });
  });

  it("suggest the missing one for the only unknown one", async () => {
    const { failure } = await connectEcho(input);
    expect(await failure("echo", { task: "a" })).toContain('unknown argument "task". Did you mean "name"?');
  });

  it("may not hide a key that JavaScript treats in a way of its own", async () => {
    const { failure } = await connectEcho(input);
    const inputs: unknown = JSON.parse('{"x":1,"__proto__":{"y":2}}');
    expect(await failure("echo", { name: "a", inputs })).toContain('inputs: unknown key "__proto__"');
  });

  it("that a tool does not know are refused, even when all else is right", async () => {
    const { failure } = await connectEcho(z.object({}));
    expect(await failure("echo", { x: 1 })).toBe(
      'echo: unknown argument "x". Arguments: none. [invalid_argument]',
    );
  });

  it("must be there when required, null or not", async () => {
    const { failure } = await connectEcho(input);
    for (const given of [{}, { name: null }]) {
      expect(await failure("echo", given)).toMatch(/^echo: name: is missing; it must be a text/);
    }
  });

  it("are held to a rule over several of them", async () => {
    const either = z
      .object({ a: z.string().optional(), b: z.string().optional() })
      .refine(({ a, b }) => (a === undefined) !== (b === undefined), "give a or b, not both");
    const { failure, answer } = await connectEcho(either);
    expect(await failure("echo", {})).toMatch(/^echo: arguments: give a or b, not both/);
    expect(await answer("echo", { b: "x" })).toEqual({ b: "x" });
  });

  it("are refused below 2 kB, however many are wrong", async () => {
    const { failure } = await connectEcho(input);
    const given = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`unknown_${index}`, "x"]));
    const text = await failure("echo", given);
    expect(Buffer.byteLength(text)).toBeLessThan(2_000);
    expect(text).toMatch(/\[invalid_argument\]$/);
  });
});
