import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { ClusterService } from "@flyte-mcp/idl/cluster/service";
import { createClusterFinder } from "./cluster-finder.ts";

const NEED = {
  operation: 8,
  resource: { case: "orgId", value: { $typeName: "flyteidl2.cluster.OrgId", name: "o" } },
} as unknown as Parameters<ReturnType<typeof createClusterFinder>["find"]>[0];

describe("a question for a cluster", () => {
  it("is shared by the calls of one caller, and by no other", async () => {
    const askers: (string | null)[] = [];
    const home = createRouterTransport(({ service }) =>
      service(ClusterService, {
        async selectCluster(_request, { requestHeader }) {
          askers.push(requestHeader.get("authorization"));
          await sleep(20);
          if (requestHeader.get("authorization") === "Bearer a")
            throw new ConnectError("no", Code.Unauthenticated);
          return { clusterEndpoint: "https://cluster.example" };
        },
      }),
    );
    const { find } = createClusterFinder(home, "https://flyte.example");
    const ask = (token: string, id: string) =>
      find(NEED, { authorization: `Bearer ${token}`, "x-request-id": id }, undefined).catch(String);
    expect(await Promise.all([ask("a", "1"), ask("a", "2"), ask("b", "3"), ask("b", "4")])).toEqual([
      "ConnectError: [unauthenticated] no",
      "ConnectError: [unauthenticated] no",
      "https://cluster.example",
      "https://cluster.example",
    ]);
    expect(askers).toEqual(["Bearer a", "Bearer b"]);
  });
});
