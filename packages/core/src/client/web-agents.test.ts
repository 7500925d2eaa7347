import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createWebAgents } from "./web-agents.ts";

const proxy = createServer((asked, response) => response.end(`through the proxy to ${asked.url ?? ""}`));
proxy.listen(0, "127.0.0.1");
await once(proxy, "listening");
const env = {
  HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  NO_PROXY: "direct.test",
};

afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});

it("goes through the proxy of the environment", async () => {
  const url = "http://docs.test/llms.txt";
  const sent = request(url, { agent: createWebAgents(env)(url) }).end();
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) text += String(chunk);
  expect(text).toBe(`through the proxy to ${url}`);
});

it("goes straight where the environment says so", () => {
  const agentFor = createWebAgents(env);
  expect(agentFor("http://direct.test/")).not.toBe(agentFor("http://docs.test/"));
  expect(agentFor("http://direct.test/")).toBe(agentFor("http://127.0.0.1/"));
});
