import { startSandbox } from "../start.ts";

it("names a plane by the host it was called under, https where a proxy says so", async () => {
  const { url, close } = await startSandbox();
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${url}/flyteidl2.cluster.ClusterService/SelectCluster`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ domainId: { name: "development" }, operation: "OPERATION_USE_SECRETS" }),
    });
    return answer.json();
  };
  expect(await ask({})).toEqual({ clusterEndpoint: url });
  expect(await ask({ "x-forwarded-proto": "https" })).toEqual({
    clusterEndpoint: url.replace("http:", "https:"),
  });
  await close();
});
