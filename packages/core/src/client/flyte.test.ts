import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { createFlyte, withCaller } from "./flyte.ts";
import type { Flyte } from "./flyte.ts";

const run = { project: "p", domain: "d", kind: "runs" as const, path: ["r1"] };

/** The forms in which the token of these tests may come back: as it is, in a URL, encoded. */
const FORMS = ["Bearer t0ken", "t0ken", "Bearer%20t0ken", "QmVhcmVyIHQwa2Vu", "dDBrZW4="];

describe("a plane by its settings", () => {
  it("has its address, defaults and console", () => {
    const flyte = createFlyte({ endpoint: "dns:///acme.hosted.example.com", project: "p", domain: "d" });
    expect(flyte.endpoint).toBe("https://acme.hosted.example.com");
    expect(flyte.defaults).toEqual({ org: "acme", project: "p", domain: "d" });
    expect(flyte.consoleUrl(run)).toBe("https://acme.hosted.example.com/v2/domain/d/project/p/runs/r1");
    expect(flyte.secrets).toEqual([]);
    expect(flyte.problem).toBeUndefined();
  });

  it("takes organization and console from settings first", () => {
    const flyte = createFlyte({ endpoint: "a.b.c", org: "mine", consoleUrl: "https://console.example" });
    expect(flyte.defaults.org).toBe("mine");
    expect(flyte.consoleUrl(run)).toBe("https://console.example/v2/domain/d/project/p/runs/r1");
  });

  it("knows its token for a secret", () => {
    expect(createFlyte({ endpoint: "localhost:1", accessToken: "t0ken" }).secrets).toEqual(FORMS);
  });

  it("takes the line break off a token, and refuses white space inside one", () => {
    expect(createFlyte({ endpoint: "localhost:1", accessToken: "t0ken\n" }).secrets).toEqual(FORMS);
    expect(() => createFlyte({ endpoint: "localhost:1", accessToken: "t0\nken" })).toThrow(
      "The access token has white space or characters inside that no header can carry.",
    );
  });

  it("refuses an endpoint that is none", () => {
    expect(() => createFlyte({ endpoint: "ftp://x" })).toThrow('The endpoint may not have a scheme "ftp"');
  });
});

async function toldBy(flyte: Flyte, call: (context: ToolContext) => unknown, policy = {}) {
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect: "read",
    input: z.object({}),
    output: z.object({}),
    async run(_input, context) {
      await call(context);
      return {};
    },
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const { failure } = await connectClient({ groups, flyte, policy });
  return failure("probe");
}

describe("a server without an endpoint", () => {
  const NOT_CONFIGURED =
    "No Flyte endpoint is configured for this MCP server. Set --endpoint or FLYTE_ENDPOINT (and FLYTE_PROJECT, " +
    "FLYTE_DOMAIN), or have a Flyte config file with admin.endpoint; --sandbox tries it without a cluster. [not_configured]";

  it.each<[string, (context: ToolContext) => unknown]>([
    ["a call", ({ flyte }) => flyte(RunService).listRuns({})],
    [
      "a stream",
      async ({ flyte }) => {
        for await (const message of flyte(RunService).watchRuns({})) if (!message) return;
      },
    ],
    ["a scope", ({ scope }) => scope({})],
    ["a run", ({ flyte }) => flyte(RunService).getRunDetails({ runId: { name: "r" } })],
  ])("starts, and says at %s what to set", async (_what, call) => {
    const flyte = createFlyte({ project: "p" });
    expect(await toldBy(flyte, call)).toBe(NOT_CONFIGURED);
    expect(await toldBy(flyte, call, { tasks: ["etl.load"] })).toBe(NOT_CONFIGURED);
  });

  it("knows no console", () => {
    const flyte = createFlyte({ project: "p" });
    expect(flyte.consoleUrl(run)).toBeUndefined();
    expect(flyte.defaults).toEqual({ org: undefined, project: "p", domain: undefined });
  });
});

describe("credentials", () => {
  const headers: (string | null)[] = [];
  const note = (header: Headers) => {
    headers.push(header.get("authorization"));
    return {};
  };
  const listener = connectNodeAdapter({
    routes({ service }) {
      service(RunService, {
        listRuns: (_request, { requestHeader }) => note(requestHeader),
        async *watchRuns(_request, { requestHeader }) {
          yield await Promise.resolve(note(requestHeader));
        },
      });
    },
  });
  const server = createServer(listener);
  let endpoint = "";

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => headers.splice(0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function askBoth(transport: Transport) {
    const client = createClient(RunService, transport);
    await client.listRuns({}, { headers: { authorization: "from the tool" } });
    for await (const message of client.watchRuns({})) if (!message) return;
  }

  it("of the settings go with every call, over what a tool sets", async () => {
    await askBoth(createFlyte({ endpoint, accessToken: "t0ken" }).transport);
    expect(headers).toEqual(["Bearer t0ken", "Bearer t0ken"]);
  });

  it("of a caller take the place of ours, verbatim, and are secrets in both forms", async () => {
    const flyte = withCaller(createFlyte({ endpoint, accessToken: "t0ken" }), "Basic dXNlcjpwYXNz");
    await askBoth(flyte.transport);
    expect(headers).toEqual(["Basic dXNlcjpwYXNz", "Basic dXNlcjpwYXNz"]);
    expect(flyte.secrets).toEqual([
      ...FORMS,
      "Basic dXNlcjpwYXNz",
      "dXNlcjpwYXNz",
      "user:pass",
      "Basic%20dXNlcjpwYXNz",
      "QmFzaWMgZFhObGNqcHdZWE56",
      "ZFhObGNqcHdZWE56",
      "user%3Apass",
    ]);
  });

  it("of one caller are not those of the next", async () => {
    const flyte = createFlyte({ endpoint, accessToken: "t0ken" });
    await askBoth(withCaller(flyte, "Bearer one").transport);
    await askBoth(withCaller(flyte, "Bearer two").transport);
    expect(headers).toEqual(["Bearer one", "Bearer one", "Bearer two", "Bearer two"]);
    expect(flyte.secrets).toEqual(FORMS);
  });

  it("are none of ours on the unsigned transport", async () => {
    const client = createClient(RunService, createFlyte({ endpoint, accessToken: "t0ken" }).unsigned);
    await client.listRuns({});
    expect(headers).toEqual([null]);
  });
});

describe("a caller of a plane in this process", () => {
  it("is seen by it", async () => {
    const seen: (string | null)[] = [];
    const transport = createRouterTransport(({ service }) => {
      service(RunService, {
        listRuns(_request, { requestHeader }) {
          seen.push(requestHeader.get("authorization"));
          return {};
        },
      });
    });
    const base = { ...createFlyte({}), transport, unsigned: transport };
    await createClient(RunService, withCaller(base, "Bearer caller").transport).listRuns({});
    expect(seen).toEqual(["Bearer caller"]);
  });
});
