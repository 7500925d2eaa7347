import { leaks, openPlane, openServer } from "./open-plane.ts";
import type { Plane } from "./open-plane.ts";
import { addressIn, codeIn, walkDevice } from "./walk.ts";

const open: Plane[] = [];
const plane = async (...options: Parameters<typeof openPlane>) => {
  open.push(await openPlane(...options));
  return open.at(-1)!;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const DEVICE = { authType: "headless" };

it("shows address and code to the caller and on the server's side, and goes on by itself", async () => {
  const at = await plane();
  const { failure, answer, told, loggedIn } = await openServer(at, DEVICE);
  const said = await failure("list_runs");
  expect(said).toMatch(
    /^Flyte asks for a login: open http:\/\/127\.0\.0\.1:\d+\/oauth2\/device in any browser and enter the code [A-Z]{4}-[A-Z]{4}\. Tell the person /,
  );
  expect(await walkDevice(addressIn(said), codeIn(said))).toContain("let in");
  await loggedIn();
  await answer("list_runs");
  expect(at.grants()).toEqual(["device_code"]);
  const code = codeIn(said);
  expect(told[0]).toBe(
    `To log in to Flyte, open ${addressIn(said)}?user_code=${code} and confirm the code ${code}.`,
  );
  expect(leaks(said + told.join(""))).toBe(false);
});

it.each([
  ["slow_down", 429, 502],
  ["authorization_pending", 503, "slow_down"],
])("keeps asking after %s, %s and %s", async (...pollAnswers) => {
  const at = await plane({ pollAnswers, pollIntervalS: undefined });
  const { failure, answer, loggedIn } = await openServer(at, DEVICE, { secondMs: 5 });
  const said = await failure("list_runs");
  await walkDevice(addressIn(said), codeIn(said));
  await loggedIn();
  await answer("list_runs");
  expect(at.grants()).toEqual(["device_code"]);
});

it("ends when the person refuses, in words of its own", async () => {
  const { failure } = await openServer(await plane(), DEVICE);
  const said = await failure("list_runs");
  await walkDevice(addressIn(said), codeIn(said), "deny");
  expect(await failure("list_runs")).toBe(
    "The login to Flyte was refused by the person who was asked. Call the tool again to log in once more. It may work when tried again. [unauthenticated]",
  );
});

it.each([
  ["the server says so", { pollAnswers: ["expired_token"] }],
  ["its life is over", { deviceAgeS: 1, pollAnswers: Array<string>(500).fill("authorization_pending") }],
])("ends when the code has expired: %s", async (_what, login) => {
  const { failure } = await openServer(await plane(login), DEVICE, { patienceMs: 3_000 });
  expect(await failure("list_runs")).toMatch(
    /^The login to Flyte was not confirmed before its code expired\./,
  );
});

it("ends at once when the server refuses the client", async () => {
  const { failure } = await openServer(await plane(), { ...DEVICE, clientId: "somebody" });
  expect(await failure("list_runs")).toMatch(
    /^The login server 127\.0\.0\.1:\d+ refuses a login by device code: invalid_client\. /,
  );
});
