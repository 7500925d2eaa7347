import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { createOpenServers } from "../testing/open-servers.ts";
import { createFlyte } from "./flyte.ts";

const servers = createOpenServers();
afterEach(() => servers.close());

type Fault = "busy" | "cut" | "cut mid stream" | "wait a little" | "wait an hour" | "fine";

const flyte = connectNodeAdapter({
  routes({ service }) {
    service(RunService, {
      listRuns: () => ({}),
      createRun: () => ({}),
      abortRun: () => ({}),
      async *watchRuns() {
        yield await Promise.resolve({});
        await sleep(50);
        yield {};
      },
    });
  },
});

const BEHAVIOURS: Record<Fault, RequestListener> = {
  fine: flyte,
  // No pause is asked for, so that a test need not wait.
  busy: (_request, response) => void response.writeHead(503, { "retry-after": "0" }).end(),
  "wait a little": (_request, response) => void response.writeHead(503, { "retry-after": "5" }).end(),
  "wait an hour": (_request, response) => void response.writeHead(503, { "retry-after": "3600" }).end(),
  cut: (request) => void request.socket.destroy(),
  "cut mid stream"(request, response) {
    const write = response.write.bind(response) as (chunk: unknown) => boolean;
    response.write = (chunk: unknown) => {
      setTimeout(() => request.socket.destroy(), 20);
      return write(chunk);
    };
    flyte(request, response);
  },
};

/** A Flyte with these faults in turn, then fine, and the headers of each attempt. */
async function play(...faults: Fault[]) {
  const attempts: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    attempts.push(request.headers);
    BEHAVIOURS[faults.shift() ?? "fine"](request, response);
  });
  const endpoint = `http://127.0.0.1:${await servers.listen(server)}`;
  const plane = createFlyte({ endpoint });
  return { attempts, plane, client: createClient(RunService, plane.transport) };
}

const ids = (attempts: IncomingHttpHeaders[]) => attempts.map((headers) => headers["x-request-id"]);

describe("a call that fails on its way", () => {
  it("is sent three times more, under one id, once the plane has answered", async () => {
    const { client, attempts } = await play("fine", "busy", "busy", "busy");
    await client.listRuns({});
    await client.listRuns({});
    const [first, ...second] = ids(attempts);
    expect(second).toHaveLength(4);
    expect(new Set(second).size).toBe(1);
    expect(second[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second[0]).not.toBe(first);
  });

  it("fails after the fourth attempt, and before the plane has answered after the second", async () => {
    const { client, attempts } = await play("busy", "busy", "fine", "busy", "busy", "busy", "busy");
    await expect(client.listRuns({})).rejects.toThrow("HTTP 503");
    expect(attempts).toHaveLength(2);
    await client.listRuns({});
    await expect(client.listRuns({})).rejects.toThrow("HTTP 503");
    expect(attempts).toHaveLength(7);
  });

  it("is sent again after a cut when it reads, and never when it may have written", async () => {
    const { client, attempts } = await play("cut", "fine", "cut");
    await client.listRuns({});
    await expect(client.createRun({})).rejects.toThrow("socket hang up");
    expect(attempts).toHaveLength(3);
  });

  it("is not sent again when its write was answered", async () => {
    const { client, attempts } = await play("busy", "busy");
    await expect(client.createRun({})).rejects.toThrow("HTTP 503");
    await client.abortRun({});
    expect(attempts).toHaveLength(3);
  });

  it("ends rather than wait beyond its deadline, or for long", async () => {
    const { client, attempts } = await play("fine", "wait a little", "wait an hour");
    await client.listRuns({});
    await expect(client.listRuns({}, { timeoutMs: 1_000 })).rejects.toThrow("HTTP 503");
    expect(Number(attempts[1]?.["connect-timeout-ms"])).toBeLessThanOrEqual(1_000);
    await expect(client.listRuns({})).rejects.toThrow("HTTP 503");
    expect(attempts).toHaveLength(3);
  });

  it("ends when its caller gives up during a pause", async () => {
    const { client, attempts } = await play("fine", "cut");
    await client.listRuns({});
    const signal = AbortSignal.timeout(100);
    await expect(client.listRuns({}, { signal })).rejects.toThrow("[canceled]");
    expect(attempts).toHaveLength(2);
  });
});

describe("a stream", () => {
  const read = async (client: Awaited<ReturnType<typeof play>>["client"]) => {
    let count = 0;
    for await (const message of client.watchRuns({})) count += message ? 1 : 0;
    return count;
  };

  it("is begun again when nothing has come", async () => {
    const { client, attempts } = await play("busy");
    expect(await read(client)).toBe(2);
    expect(new Set(ids(attempts)).size).toBe(1);
    expect(attempts).toHaveLength(2);
  });

  it("is not begun again when something has", async () => {
    const { client, attempts } = await play("fine", "cut mid stream");
    await client.listRuns({});
    await expect(read(client)).rejects.toThrow("aborted");
    expect(attempts).toHaveLength(2);
  });

  it("ends at the plane when its reader has enough", async () => {
    const { client } = await play();
    for await (const message of client.watchRuns({})) if (message) break;
    expect(await read(client)).toBe(2);
  });
});

const probe = defineTool({
  name: "probe",
  title: "Probe",
  description: "Calls Flyte.",
  effect: "read",
  input: z.object({ stream: z.boolean().default(false) }),
  output: z.object({}),
  async run({ stream }, { flyte: call }) {
    const client = call(RunService);
    if (!stream) await client.listRuns({});
    else for await (const message of client.watchRuns({})) if (!message) break;
    return {};
  },
});
const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [probe] })];

describe("the id of a call", () => {
  it.each([false, true])("is in what a model is told of a failure (stream: %s)", async (stream) => {
    const { plane, attempts } = await play("wait an hour");
    const { failure } = await connectClient({ groups, flyte: plane });
    const text = await failure("probe", { stream });
    expect(text).toContain(`[unavailable, request ${String(ids(attempts)[0])}]`);
  });

  it("is left out where the call never got to the plane", async () => {
    const { plane } = await play();
    await servers.close();
    const { failure } = await connectClient({ groups, flyte: plane });
    expect(await failure("probe")).toMatch(/^Nothing listens at .* \[unavailable\]$/);
  });
});
