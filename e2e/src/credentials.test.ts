import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startHttp } from "./built-apps.ts";
import { connectHttp, connectStdio } from "./sdk-client.ts";

const CANARY = "canary-0123456789-token";

/** A plane that knows callers by their token and takes every one but an expired one. */
let plane: Server;
let endpoint: string;
const seen: { run: string; authorization: string | null }[] = [];

beforeAll(async () => {
  plane = createServer(
    connectNodeAdapter({
      routes: (router) =>
        router.service(RunService, {
          getActionDetails({ actionId }, { requestHeader }) {
            const authorization = requestHeader.get("authorization");
            seen.push({ run: actionId?.run?.name ?? "", authorization });
            if (authorization?.includes("expired")) {
              throw new ConnectError(`token ${authorization} has expired`, Code.Unauthenticated);
            }
            return { details: { status: { phase: ActionPhase.RUNNING } } };
          },
        }),
    }),
  );
  await new Promise<void>((resolve) => plane.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(plane.address() as AddressInfo).port}`;
});
afterAll(() => {
  plane.closeAllConnections();
  plane.close();
});

const where = () => ["--endpoint", endpoint, "--project", "p", "--domain", "d"];

it("sends the configured token, and shows it to nobody", async () => {
  const { client, call, close } = await connectStdio(where(), { FLYTE_ACCESS_TOKEN: CANARY });
  expect(JSON.stringify(client.getInstructions())).not.toContain(CANARY);
  await call("get_run", { name: "configured" });
  expect(seen).toContainEqual({ run: "configured", authorization: `Bearer ${CANARY}` });
  await close();
  const expired = await connectStdio(where(), { FLYTE_ACCESS_TOKEN: `${CANARY}-expired` });
  const said = await expired.fail("get_run", { name: "r" });
  expect(said).toContain("Flyte did not accept the credentials: they are missing, wrong or expired.");
  expect(said).toContain("FLYTE_ACCESS_TOKEN");
  expect(said).not.toContain(CANARY);
  await expired.close();
});

it("sends each HTTP caller's own credential, also when many call at once", async () => {
  const server = await startHttp(where());
  const callers = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const authorization = `Bearer caller-${index}-credential`;
      return { index, authorization, connection: await connectHttp(server.url, { authorization }) };
    }),
  );
  const calls = callers.flatMap(({ index, connection }) =>
    Array.from({ length: 5 }, (_, turn) => connection.call("get_run", { name: `c${index}-${turn}` })),
  );
  await Promise.all(calls);
  for (const { index, authorization, connection } of callers) {
    const own = seen.filter(({ run }) => run.startsWith(`c${index}-`));
    expect(own.map((call) => call.authorization)).toEqual(Array(5).fill(authorization));
    await connection.close();
  }
  await server.stop();
});

it("puts the caller's credential in place of the configured one, and shows neither", async () => {
  const server = await startHttp(where(), { FLYTE_ACCESS_TOKEN: CANARY });
  const own = await connectHttp(server.url);
  await own.call("get_run", { name: "without" });
  const caller = await connectHttp(server.url, { authorization: `Bearer ${CANARY}-caller-expired` });
  expect(await caller.fail("get_run", { name: "with" })).not.toContain(CANARY);
  expect(seen).toContainEqual({ run: "without", authorization: `Bearer ${CANARY}` });
  expect(seen).toContainEqual({ run: "with", authorization: `Bearer ${CANARY}-caller-expired` });
  await own.close();
  await caller.close();
  await server.stop();
  expect(server.stderr()).not.toContain(CANARY);
});
