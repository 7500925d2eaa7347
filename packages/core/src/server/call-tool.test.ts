import { Code, ConnectError } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { withCaller } from "../client/flyte.ts";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const TOKEN = "canary-token-5b1f77";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl";

type Run = (context: ToolContext) => Promise<unknown>;

/** What a call answers whose tool does this, with a Flyte that fails ListRuns with this error. */
async function callWith(
  run: Run,
  output: z.ZodType = z.looseObject({}),
  failure: ConnectError = new ConnectError("x"),
) {
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Does it.",
    effect: "read",
    input: z.object({}),
    output,
    run: (_input, context) => run(context) as Promise<never>,
  });
  const played = playFlyte(({ service }) => {
    service(RunService, {
      listRuns() {
        throw failure;
      },
    });
  });
  const flyte = withCaller({ ...played, secrets: [TOKEN] }, "Bearer canary-caller-90cc");
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const { client } = await connectClient({ groups, flyte });
  return client.callTool({ name: "probe", arguments: {} });
}

const failWith = (error: unknown) => callWith(() => Promise.reject(error as Error));
const failUpstream = (message: string, code: Code) =>
  callWith(({ flyte }) => flyte(RunService).listRuns({}), undefined, new ConnectError(message, code));

function textOf(result: Awaited<ReturnType<typeof callWith>>): string {
  const [content] = result.content as { text: string }[];
  return content?.text ?? "";
}

describe("an answer", () => {
  it("is the same in structure and in text", async () => {
    const result = await callWith(() => Promise.resolve({ a: 1, b: ["x", { c: null }], d: undefined }));
    expect(result).toEqual({
      structuredContent: { a: 1, b: ["x", { c: null }] },
      content: [{ type: "text", text: '{"a":1,"b":["x",{"c":null}]}' }],
    });
    expect(Object.keys(result.structuredContent as object)).toEqual(["a", "b"]);
  });

  it("has no field that the output schema does not name, at any depth", async () => {
    const output = z.object({ name: z.string(), rows: z.array(z.object({ id: z.string() })) });
    const given = { name: "a", env: { KEY: "leak" }, rows: [{ id: "1", secret: "leak" }] };
    const result = await callWith(() => Promise.resolve(given), output);
    expect(textOf(result)).toBe('{"name":"a","rows":[{"id":"1"}]}');
  });

  it("that breaks the output schema is an error that says where", async () => {
    const output = z.object({ rows: z.array(z.object({ id: z.string() })) });
    const result = await callWith(() => Promise.resolve({ rows: [{ id: 5 }] }), output);
    expect(result).toEqual({
      isError: true,
      content: [
        {
          type: "text",
          text:
            "The tool failed: a value is not as declared at rows.0.id: " +
            "Invalid input: expected string, received number [internal]",
        },
      ],
    });
  });

  it("is never longer than 40,000 characters", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ name: `run-${index}`, phase: "running" }));
    const result = await callWith(() => Promise.resolve({ rows }));
    const shown = result.structuredContent as { rows: unknown[]; truncated: { cuts: unknown[] } };
    expect(textOf(result).length).toBeLessThanOrEqual(40_000);
    expect(shown.truncated.cuts).toEqual([{ path: "rows", shown: shown.rows.length, total: 5_000 }]);
  });
});

describe("a failure", () => {
  it("is a sentence, with the hint and the code, and nothing structured", async () => {
    const error = createToolError({
      code: "aborted",
      message: "It runs already.",
      hint: "Wait for it.",
      retryable: true,
    });
    expect(await failWith(error)).toEqual({
      isError: true,
      content: [
        { type: "text", text: "It runs already. Wait for it. It may work when tried again. [aborted]" },
      ],
    });
  });

  it.each<[string, unknown, string]>([
    ["a plain error", new TypeError("x is not a function\n  at stack"), "x is not a function"],
    ["a text", "broken", "broken"],
    ["nothing", undefined, "undefined"],
  ])("of %s thrown is told in its first line", async (_what, thrown, text) => {
    expect(textOf(await failWith(thrown))).toBe(`The tool failed: ${text} [internal]`);
  });

  it("of a tool that gave up at the signal is told as cancelled", async () => {
    const error = Object.assign(new Error("This operation was aborted"), { name: "AbortError" });
    expect(textOf(await failWith(error))).toBe(
      "The call was cancelled. It may work when tried again. [canceled]",
    );
  });

  it("stays below 2 kB, however long the message", async () => {
    for (const error of [
      new Error("x".repeat(50_000)),
      createToolError({ code: "internal", message: "y".repeat(50_000) }),
    ]) {
      expect(textOf(await failWith(error)).length).toBeLessThan(2_000);
    }
    expect(textOf(await failUpstream("z".repeat(50_000), Code.Internal)).length).toBeLessThan(2_000);
  });
});

// Each carries a canary that no answer may show.
const LEAKS: [what: string, message: string][] = [
  ["the token of the settings", `bad value ${TOKEN} given`],
  ["the token, where the message is cut", `${"x".repeat(390)}${TOKEN}`],
  ["the caller's token", "bad value canary-caller-90cc given"],
  ["a bearer value", "got Authorization: Bearer canary-other-4471f0"],
  ["a basic value", "got authorization: basic Y2FuYXJ5OmNhbmFyeQ=="],
  ["a JWT", `token=${JWT} is expired`],
  ["the query of a signed URL", "PUT https://s3.example/b/k?X-Amz-Signature=canary&X-Amz-Date=1 failed"],
  ["the user info of a URL", "dial postgres://admin:canary@db.example:5432/flyte failed"],
];
const CANARY = /canary|eyJ|Y2FuYXJ5|xxxcan/;

describe("a secret", () => {
  it("is hidden also where a long error is cut", async () => {
    for (const before of [1_885, 1_890, 1_895]) {
      const fail = () => {
        throw createToolError({ code: "internal", message: `${"-".repeat(before)}${TOKEN}` });
      };
      expect(textOf(await callWith(async () => fail()))).not.toContain("canary");
    }
  });

  it.each(LEAKS)("that is %s is in no upstream error", async (_what, message) => {
    for (const code of [Code.Internal, Code.Unauthenticated, Code.PermissionDenied, Code.InvalidArgument]) {
      const text = textOf(await failUpstream(message, code));
      expect(text).not.toMatch(CANARY);
      expect(text).toMatch(/\[redacted\]|x…/);
    }
  });

  it.each(LEAKS)("that is %s is in no error of a tool", async (_what, message) => {
    expect(textOf(await failWith(new Error(message)))).not.toMatch(CANARY);
    expect(textOf(await failWith(createToolError({ code: "internal", message })))).not.toMatch(CANARY);
  });

  it("of this server or its caller is in no answer", async () => {
    const answer = { rows: [{ log: `env TOKEN=${TOKEN}` }], seen: "Bearer canary-caller-90cc" };
    const result = await callWith(() => Promise.resolve(answer));
    expect(result.structuredContent).toEqual({ rows: [{ log: "env TOKEN=[redacted]" }], seen: "[redacted]" });
    expect(textOf(result)).toBe('{"rows":[{"log":"env TOKEN=[redacted]"}],"seen":"[redacted]"}');
  });

  it("of nobody here stays in an answer: a link to download needs its query", async () => {
    const url = "https://s3.example/b/k?X-Amz-Signature=abc";
    const result = await callWith(() => Promise.resolve({ url }));
    expect(result.structuredContent).toEqual({ url });
  });
});

it("tells a tool of the plane what a caller may know, and no credential", async () => {
  const { structuredContent } = await callWith(({ plane }) => Promise.resolve(plane));
  expect(structuredContent).toEqual({
    endpoint: "http://flyte.test",
    org: "",
    project: "flytesnacks",
    domain: "development",
    auth: "pass-through",
  });
});

describe("what a tool attaches", () => {
  const image = { type: "image", data: "aGk=", mimeType: "image/png" } as const;

  it("comes after the answer, in order, without secrets", async () => {
    const text = { uri: "test://a", text: `TOKEN=${TOKEN}` };
    const { content } = await callWith(({ attach }) => {
      attach(image);
      attach({ type: "resource", resource: text });
      return Promise.resolve({ a: 1 });
    });
    expect(content).toEqual([
      { type: "text", text: '{"a":1}' },
      image,
      { type: "resource", resource: { uri: "test://a", text: "TOKEN=[redacted]" } },
    ]);
  });

  it("has at most 10,000 characters of text, and a million together", async () => {
    const result = await callWith(({ attach }) => {
      const text = "x".repeat(9_000);
      for (const uri of ["test://a", "test://b"]) attach({ type: "resource", resource: { uri, text } });
      return Promise.resolve({});
    });
    expect(JSON.stringify(result.content).length).toBeLessThan(10_300);
    const failed = await callWith(async ({ attach }) => attach({ ...image, data: "A".repeat(1_000_001) }));
    expect(textOf(failed)).toMatch(/^What is attached has 1000001 characters as base64/);
  });
});
