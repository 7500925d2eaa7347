import { fileURLToPath } from "node:url";
import { runToEnd, STDIO } from "../built-apps.ts";
import { connectStdio } from "../sdk-client.ts";
import { newFolder, openPlane } from "./open-plane.ts";

const BROWSER = fileURLToPath(new URL("scripted-browser.mjs", import.meta.url));

it("asks nobody to log in, and uses the login that a tool call has left", async () => {
  const plane = await openPlane();
  const env = { HOME: newFolder(), BROWSER };
  const where = ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
  const before = await runToEnd(STDIO, ["doctor", ...where], { env });
  expect(before.stdout).toContain(
    "error: Flyte asks for a login by a person, and none is kept on this machine.",
  );
  expect([before.code, before.stderr, plane.grants()]).toEqual([1, "", []]);
  const server = await connectStdio(where, env);
  await server.call("list_runs", {});
  await server.close();
  const after = await runToEnd(STDIO, ["doctor", ...where], { env });
  expect(after.stdout).toContain("A tool call works with these settings.");
  expect([after.code, plane.grants()]).toEqual([0, ["authorization_code"]]);
  await plane.close();
});
