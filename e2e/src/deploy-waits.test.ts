import type { RequestListener } from "node:http";
import { startHttp } from "./built-apps.ts";
import { IMAGE, openPlane, serve } from "./deploy-plane.ts";

const given = ["--image", IMAGE, "--", "--read-only"];

async function deployAt(listener: RequestListener, ...options: string[]) {
  const app = await serve(listener);
  const plane = await openPlane({ publicUrl: app.url });
  const done = await plane.deploy([...options, ...given]);
  await plane.close();
  await app.close();
  return { ...done, url: app.url };
}

describe("an app that does not become active", () => {
  it("is told with the plane's reason", async () => {
    const plane = await openPlane();
    const { code, stdout, stderr } = await plane.deploy(["--name", "mcp-fail", ...given]);
    await plane.close();
    expect(stderr).toContain("The app mcp-fail failed to start: RevisionFailed: container exited 1.");
    expect(stderr).toContain("Look at its log in the console");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("is told when the time is up, and how it stands by then", async () => {
    const plane = await openPlane({ startMs: 60_000 });
    const { code, stdout, stderr } = await plane.deploy(["--timeout", "1", ...given]);
    await plane.close();
    expect(stderr).toContain("The app is pending.");
    expect(stderr).toMatch(/is not active after 1 s \(Deploying: waiting for the first replica\)/);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it.each(["ends", "silent", "missing"] as const)("is followed where watching %s", async (watch) => {
    const app = await startHttp([]);
    const plane = await openPlane({ watch, startMs: 300, publicUrl: new URL(app.url).origin });
    const { code, stderr } = await plane.deploy(given);
    await plane.close();
    await app.stop();
    expect(stderr).toContain("The app answers at");
    expect(code).toBe(0);
  });
});

describe("the app's address", () => {
  it.each<[string, RequestListener]>([
    ["401", (_request, response) => void response.writeHead(401).end()],
    ["403", (_request, response) => void response.writeHead(403).end()],
    [
      "a login page",
      (_request, response) => void response.writeHead(302, { location: "/login?next=x" }).end(),
    ],
  ])("is behind a login where it answers %s", async (_what, listener) => {
    const { code, stdout, stderr, url } = await deployAt(listener);
    expect(stderr).toContain(`The app is reachable at ${url}, behind a login of the plane.`);
    expect(stdout).toContain(`MCP endpoint: ${url}/flyte-mcp/mcp`);
    expect(code).toBe(0);
  });

  it("is asked until it answers, and with no credential", async () => {
    const seen: [string | undefined, string | undefined][] = [];
    const { code, stderr } = await deployAt(({ url, headers }, response) => {
      seen.push([url, headers.authorization]);
      if (seen.length < 3) return void response.writeHead(503).end();
      response.end('{"status":"healthy"}');
    });
    expect(stderr).toContain("The app answers at");
    expect([code, ...seen]).toEqual([0, ...Array(3).fill(["/health", undefined])]);
  });

  it.each<[string, RequestListener, string]>([
    ["another program", (_request, response) => void response.end("<html>"), "another program answers"],
    ["an error", (_request, response) => void response.writeHead(502).end(), "HTTP 502"],
  ])("that leads to %s is told", async (_what, listener, reason) => {
    const { code, stdout, stderr, url } = await deployAt(listener, "--timeout", "5");
    expect(stderr).toContain(`${url}/health does not answer as this server (${reason}).`);
    expect(stderr).toContain("--no-wait leaves the question out");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("that leads nowhere is told", async () => {
    const plane = await openPlane({ publicUrl: "http://127.0.0.1:9" });
    const { code, stderr } = await plane.deploy(["--timeout", "5", ...given]);
    await plane.close();
    expect(stderr).toContain("(ECONNREFUSED)");
    expect(code).toBe(1);
  });

  it("that is open on a plane that should guard it is told", async () => {
    const app = await startHttp([]);
    const plane = await openPlane({ hosted: "aborted", publicUrl: new URL(app.url).origin });
    const { code, stderr } = await plane.deploy(given);
    expect(stderr).toContain("without a login of the plane: whoever reaches it can call");
    const open = await plane.deploy(["--public", ...given]);
    expect(open.stderr).not.toContain("without a login of the plane");
    expect([code, open.code]).toEqual([0, 0]);
    expect((await plane.read())?.spec?.securityContext?.allowAnonymous).toBe(true);
    await plane.close();
    await app.stop();
  });
});
