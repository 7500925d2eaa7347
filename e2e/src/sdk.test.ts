import { allTools } from "./all-groups.ts";
import { startHttp } from "./built-apps.ts";
import type { HttpServer } from "./built-apps.ts";
import { walkMainJob } from "./journey.ts";
import { connectHttp, connectStdio } from "./sdk-client.ts";
import type { Connection } from "./sdk-client.ts";

describe("the SDK's client over stdio", () => {
  let connection: Connection;
  beforeAll(async () => (connection = await connectStdio(["--sandbox"])));
  afterAll(() => connection.close());

  it("lists the tools", async () => {
    const { tools } = await connection.client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(allTools);
  });

  it("does the main job", () => walkMainJob(connection.call));
});

describe("the SDK's client over HTTP", () => {
  let server: HttpServer;
  let connection: Connection;
  beforeAll(async () => {
    server = await startHttp(["--sandbox"]);
    connection = await connectHttp(server.url);
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it("lists the tools", async () => {
    const { tools } = await connection.client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(allTools);
  });

  it("does the main job", () => walkMainJob(connection.call));

  it("answers /health", async () => {
    const response = await fetch(new URL("/health", server.url));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "healthy" });
  });
});
