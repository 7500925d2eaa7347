import { createServer } from "node:http";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { ClusterService } from "@flyte-mcp/idl/cluster/service";
import type { SelectClusterRequest } from "@flyte-mcp/idl/cluster/payload";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { explain } from "../errors/explain.ts";
import { callTrace } from "./call-trace.ts";
import { createOpenServers } from "../testing/open-servers.ts";
import { createFlyte } from "./flyte.ts";

const servers = createOpenServers();
afterEach(() => servers.close());

/** Each call that reached a server, with the credential that came along. */
type Calls = [method: string, credential: string | null][];

async function serve(
  calls: Calls,
  routes: (router: ConnectRouter) => void = () => undefined,
): Promise<string> {
  const listener = connectNodeAdapter({
    interceptors: [
      (next) => (request) => {
        calls.push([request.method.name, request.header.get("authorization")]);
        return next(request);
      },
    ],
    routes(router) {
      router
        .service(SecretService, { listSecrets: () => ({}), createSecret: () => ({}) })
        .service(RunService, { listRuns: () => ({}) })
        .service(DataProxyService, {
          getActionData: () => ({}),
          async *tailLogs() {
            yield await Promise.resolve({});
          },
        });
      routes(router);
    },
  });
  return `http://127.0.0.1:${await servers.listen(createServer(listener))}`;
}

type Select = (request: SelectClusterRequest, host: string) => string;

/** A plane that names clusters, and a client of it. */
async function play(select: Select | undefined) {
  const home: Calls = [];
  const endpoint = await serve(home, (router) => {
    if (!select) return;
    router.service(ClusterService, {
      selectCluster: (request, { requestHeader }) => ({
        clusterEndpoint: select(request, requestHeader.get("host") ?? ""),
      }),
    });
  });
  const { transport } = createFlyte({ endpoint, accessToken: "t0ken" });
  const secrets = createClient(SecretService, transport);
  const data = createClient(DataProxyService, transport);
  const runs = createClient(RunService, transport);
  return { home, secrets, data, runs };
}

const names = (calls: Calls) => calls.map(([name]) => name);
const action = (name: string, project = "p") => ({
  actionId: { run: { project, domain: "d", name }, name: "a0" },
});

describe("a plane with clusters", () => {
  it("has secrets, data and logs asked there, with its credential, and all else at home", async () => {
    const away: Calls = [];
    const cluster = await serve(away);
    const { home, secrets, data, runs } = await play(() => cluster);
    await secrets.listSecrets({ project: "p", domain: "d" });
    await data.getActionData(action("r1"));
    for await (const message of data.tailLogs(action("r1"))) if (!message) break;
    await runs.listRuns({});
    expect(away).toEqual([
      ["ListSecrets", "Bearer t0ken"],
      ["GetActionData", "Bearer t0ken"],
      ["TailLogs", "Bearer t0ken"],
    ]);
    expect(names(home)).toEqual(["SelectCluster", "SelectCluster", "SelectCluster", "ListRuns"]);
    expect(home[0]?.[1]).toBe("Bearer t0ken");
  });

  it("is asked once for each operation and resource, however many calls there are", async () => {
    const away: Calls = [];
    const cluster = await serve(away);
    const { home, data } = await play(() => cluster);
    await Promise.all(Array.from({ length: 20 }, () => data.getActionData(action("r1"))));
    await data.getActionData(action("r1"));
    expect([names(home), away.length]).toEqual([["SelectCluster"], 21]);
    await data.getActionData(action("r2"));
    expect(names(home)).toEqual(["SelectCluster", "SelectCluster"]);
  });

  it("may have each project elsewhere", async () => {
    const [first, second]: [Calls, Calls] = [[], []];
    const clusters: Record<string, string> = { p: await serve(first), q: await serve(second) };
    const { data } = await play(({ resource }) =>
      resource.case === "actionId" ? (clusters[resource.value.run?.project ?? ""] ?? "") : "",
    );
    await data.getActionData(action("r1", "p"));
    await data.getActionData(action("r1", "q"));
    expect([first.length, second.length]).toEqual([1, 1]);
  });

  it("is named in the error of a call that failed there", async () => {
    const cluster = await serve([], (router) =>
      router.service(SecretService, {
        listSecrets() {
          throw new ConnectError("HTTP 500", Code.Unknown);
        },
      }),
    );
    const { secrets } = await play(() => cluster);
    const error: unknown = await secrets.listSecrets({ project: "p" }).catch((reason: unknown) => reason);
    expect(explain(error, callTrace(error)?.endpoint ?? "").message).toBe(`${cluster} failed with HTTP 500.`);
  });
});

describe("a plane without clusters", () => {
  it.each<[string, Select | undefined, number]>([
    ["it echoes the host it was called by", (_request, host) => `http://${host}`, 1],
    ["a proxy changes the host that it echoes", () => "http://flyte-binary-http.flyte.svc:8090", 2],
    ["it says nothing", () => "", 1],
    ["it has no such service", undefined, 1],
  ])("is asked itself, and for a cluster hardly ever: %s", async (_what, select, most) => {
    const { home, data } = await play(select);
    for (const name of ["r1", "r2", "r3"]) await data.getActionData(action(name));
    const asked = names(home).filter((name) => name === "SelectCluster");
    expect(names(home).filter((name) => name === "GetActionData")).toHaveLength(3);
    expect(asked.length).toBeLessThanOrEqual(most);
  });

  it("is not asked for a cluster again, for anything, where it has no such service", async () => {
    const listener = connectNodeAdapter({
      routes: ({ service }) =>
        void service(DataProxyService, { getActionData: () => ({}) }).service(SecretService, {
          listSecrets: () => ({}),
        }),
    });
    const paths: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url?.replace(/^.*\//, ""));
      listener(request, response);
    });
    const { transport } = createFlyte({ endpoint: `http://127.0.0.1:${await servers.listen(server)}` });
    await createClient(DataProxyService, transport).getActionData(action("r1"));
    await createClient(SecretService, transport).listSecrets({ project: "p" });
    expect(paths).toEqual(["SelectCluster", "GetActionData", "ListSecrets"]);
  });

  it("is asked itself, reads and writes, when the address it names cannot be reached from here", async () => {
    const { home, secrets } = await play(() => "http://127.0.0.1:1");
    await secrets.listSecrets({ project: "p", domain: "d" });
    await secrets.createSecret({ id: { project: "p", domain: "d", name: "s" } });
    expect(names(home)).toEqual(["SelectCluster", "ListSecrets", "CreateSecret"]);
  });

  it("says what is wrong with the address when it cannot serve the call either", async () => {
    const { data } = await play(() => "http://127.0.0.1:1");
    const failed = data.uploadInputs({ id: { case: "projectId", value: { name: "p", domain: "d" } } });
    const error: unknown = await failed.catch((reason: unknown) => reason);
    expect(explain(error, callTrace(error)?.endpoint ?? "").message).toBe(
      "Nothing listens at http://127.0.0.1:1.",
    );
  });
});

describe("a plane that cannot say where", () => {
  it("fails the call, and is asked again at the next", async () => {
    let failures = 1;
    const { home, secrets } = await play(() => {
      if (failures-- > 0) throw new ConnectError("no", Code.PermissionDenied);
      return "";
    });
    await expect(secrets.listSecrets({ project: "p" })).rejects.toThrow("[permission_denied]");
    await secrets.listSecrets({ project: "p" });
    expect(names(home)).toEqual(["SelectCluster", "SelectCluster", "ListSecrets"]);
  });
});
