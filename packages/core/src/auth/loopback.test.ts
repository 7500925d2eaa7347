import { request } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { openLoopback } from "./loopback.ts";

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const get = (port: string, path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, setHost: true }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end();
  });

describe("the listener for a browser that comes back", () => {
  it("survives a path that is no address, and still takes the code", async () => {
    const redirectUri = new URL(`http://127.0.0.1:${await findPort()}/callback`);
    const expected = { authorizeUrl: "http://login/", redirectUri, state: "s1", startPath: "/login/1" };
    const { code, close } = await openLoopback(expected);
    expect(await get(redirectUri.port, "//[")).toBe(404);
    expect(await get(redirectUri.port, "/callback?state=s2&code=other")).toBe(404);
    expect(await get(redirectUri.port, "/callback?state=s1&code=right")).toBe(200);
    expect(await code).toBe("right");
    close();
  });
});
