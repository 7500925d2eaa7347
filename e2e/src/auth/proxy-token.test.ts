import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { CLIENT, newFolder, openPlane, openServer } from "./open-plane.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What stands before a plane and lets through who shows its own token, one that a file names. */
async function playProxy(url: string, tokenFile: string) {
  const refused: string[] = [];
  const { port } = new URL(url);
  const server = createServer((incoming, outgoing) => {
    const { "proxy-authorization": shown, ...headers } = incoming.headers;
    if (shown !== `Bearer ${readFileSync(tokenFile, "utf8")}`) {
      refused.push(incoming.url ?? "");
      return void outgoing.writeHead(407).end();
    }
    const { method, url: path } = incoming;
    const passed = request({ port, method, path, headers, host: "127.0.0.1" }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo;
  return { refused, url: `http://127.0.0.1:${own}`, close: () => server.close() };
}

it("shows a proxy its own token beside the plane's, for logins too, and renews it when the proxy says so", async () => {
  const plane = await openPlane(CLIENT);
  const file = join(newFolder(), "token");
  writeFileSync(file, "canary-proxy-1");
  const proxy = await playProxy(plane.url, file);
  const proxyCommand = ["cat", file];
  const { answer, flyte } = await openServer({ ...plane, url: proxy.url }, { ...CLIENT, proxyCommand });
  await Promise.all(Array.from({ length: 10 }, () => answer("list_runs")));
  expect(proxy.refused).toEqual([]);
  writeFileSync(file, "canary-proxy-2");
  await answer("list_runs");
  expect(proxy.refused).toEqual(["/flyteidl2.workflow.RunService/ListRuns"]);
  expect(plane.grants()).toEqual(["client_credentials"]);
  expect(flyte.secrets).toEqual(expect.arrayContaining(["canary-proxy-1", "canary-proxy-2"]));
  proxy.close();
  await plane.close();
});
