import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leaks, newFolder, openPlane, openServer } from "./open-plane.ts";
import type { Plane } from "./open-plane.ts";
import { addressIn, walkBrowser } from "./walk.ts";

const open: Plane[] = [];
const plane = async (...options: Parameters<typeof openPlane>) => {
  open.push(await openPlane(...options));
  return open.at(-1)!;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

it("begins when the plane asks for it, goes on while the tool has answered, and serves every later call", async () => {
  const at = await plane();
  const { failure, answer, told, loggedIn } = await openServer(at);
  const said = await failure("list_runs");
  expect(said).toMatch(
    /^Flyte asks for a login: open http:\/\/localhost:\d+\/login\/[0-9a-f]{12} in a browser on the machine where this MCP server runs\. Tell the person this address and, where there is one, the code, and call the tool again once they have logged in; the login goes on meanwhile\. It may work when tried again\. \[login_required\]$/,
  );
  expect(await walkBrowser(addressIn(said))).toContain("You are logged in to Flyte.");
  await loggedIn();
  await answer("list_runs");
  await answer("list_runs");
  expect(at.grants()).toEqual(["authorization_code"]);
  expect(told).toEqual([
    `To log in to Flyte, open ${addressIn(said)} in a browser on this machine.`,
    "Logged in to Flyte.",
  ]);
  expect(leaks(said)).toBe(false);
});

it("is one for all calls that need it, and they go on by themselves when it is done soon", async () => {
  const at = await plane();
  const { answer, told } = await openServer(at, {}, { patienceMs: 20_000 });
  const answers = Promise.all(Array.from({ length: 30 }, () => answer("list_runs")));
  while (told.length === 0) await sleep(10);
  await walkBrowser(addressIn(told[0]!));
  expect(await answers).toHaveLength(30);
  expect(at.grants()).toEqual(["authorization_code"]);
});

it.each(["permission denied", "redirect"] as const)("begins when the plane answers: %s", async (refusal) => {
  const { failure, answer, loggedIn } = await openServer(await plane({ refusal }));
  await walkBrowser(addressIn(await failure("list_runs")));
  await loggedIn();
  await answer("list_runs");
});

it("is kept for the next process, which asks nobody, in a file for its owner alone", async () => {
  const at = await plane({ metadataKey: "flyte-authorization" });
  const folder = newFolder();
  const first = await openServer(at, {}, { folder });
  await walkBrowser(addressIn(await first.failure("list_runs")));
  await first.loggedIn();
  await first.answer("list_runs");
  expect(statSync(join(folder, "tokens.json")).mode & 0o777).toBe(0o600);
  const calls = at.count("ListRuns");
  const next = await openServer(at, {}, { folder });
  await next.answer("list_runs");
  expect(next.told).toEqual([]);
  expect(at.count("ListRuns") - calls).toBe(1);
});

it("is not kept where the settings say so", async () => {
  const at = await plane();
  const folder = newFolder();
  const { failure, answer, loggedIn } = await openServer(at, { disableKeyring: true }, { folder });
  await walkBrowser(addressIn(await failure("list_runs")));
  await loggedIn();
  await answer("list_runs");
  expect(() => readFileSync(join(folder, "tokens.json"))).toThrow("ENOENT");
});

it.each([true, false])(
  "is renewed without the person, also when the reply names no new refresh token: %s",
  async (rotates) => {
    const at = await plane({ rotates, tokenAgeS: 2 });
    const { failure, answer, loggedIn } = await openServer(at);
    await walkBrowser(addressIn(await failure("list_runs")));
    await loggedIn();
    await answer("list_runs");
    for (const _ of [1, 2]) {
      await sleep(2_100);
      await Promise.all(Array.from({ length: 10 }, () => answer("list_runs")));
    }
    expect(at.grants()).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
  },
);

it("begins anew when what is kept is damaged, with a warning", async () => {
  const at = await plane();
  const folder = newFolder();
  writeFileSync(join(folder, "tokens.json"), '{"version":1,"tok');
  const { failure, answer, told, loggedIn } = await openServer(at, {}, { folder });
  await walkBrowser(addressIn(await failure("list_runs")));
  await loggedIn();
  await answer("list_runs");
  expect(told[0]).toBe(
    `The token file ${folder}/tokens.json is damaged and is ignored; the next login replaces it.`,
  );
});

it("says that it was refused, and begins anew at the call after that", async () => {
  const at = await plane();
  const { failure, answer, loggedIn } = await openServer(at);
  const address = addressIn(await failure("list_runs"));
  expect(await walkBrowser(address, "deny")).toContain("The login was refused.");
  expect(await failure("list_runs")).toBe(
    "The login to Flyte was refused (access_denied). Call the tool again to log in once more. [unauthenticated]",
  );
  await walkBrowser(addressIn(await failure("list_runs")));
  await loggedIn();
  await answer("list_runs");
});

it("is not disturbed by requests that do not belong to it", async () => {
  const at = await plane();
  const { failure, answer, loggedIn } = await openServer(at);
  const address = addressIn(await failure("list_runs"));
  const strays = ["/favicon.ico", "/callback", "/callback?code=x&state=wrong", "/login/000000000000"];
  for (const stray of strays) expect((await fetch(new URL(stray, address))).status).toBe(404);
  expect((await fetch(new URL("/callback", address), { method: "POST" })).status).toBe(404);
  await walkBrowser(address);
  await loggedIn();
  await answer("list_runs");
});

it("says what is in its way when its port is taken", async () => {
  const at = await plane();
  const { failure } = await openServer(at);
  await failure("list_runs");
  const other = await openServer(at);
  expect(await other.failure("list_runs")).toMatch(
    /^The login cannot begin: port \d+, where the browser is to come back to, is in use, maybe by another login\./,
  );
});

it("is not begun where nobody is, and the call says what to set", async () => {
  const at = await plane();
  const said =
    "FLYTE_API_KEY, FLYTE_CLIENT_ID with FLYTE_CLIENT_SECRET, FLYTE_AUTH_COMMAND, or FLYTE_ACCESS_TOKEN or its file";
  const served = await openServer(at, {}, { isInteractive: false });
  expect(await served.failure("list_runs")).toContain(said);
  const contained = await openServer(at, {}, { env: { KUBERNETES_SERVICE_HOST: "10.0.0.1" } });
  expect(await contained.failure("list_runs")).toContain(
    "Flyte asks for a login, and nobody can log in here: no browser can reach a server inside a cluster",
  );
});
