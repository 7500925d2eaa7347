import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { secret } from "./index.ts";

const sandbox = createSandbox({ paceMs: 5 });
const flyte = playFlyte(sandbox.routes);
afterAll(() => sandbox.close());

const connect = (policy = {}) => connectClient({ groups: [secret()], flyte, policy });

/** The RPCs of the secret service since a count of calls. */
const callsSince = (count: number) =>
  sandbox
    .calls()
    .slice(count)
    .map(({ procedure }) => procedure.replace("flyteidl2.secret.SecretService/", ""));

it("lists what was created, and no more once it is deleted", async () => {
  const { answer } = await connect();
  for (const name of ["db-password", "api-key"]) await answer("create_secret", { name, value: "canary" });
  const { secrets } = (await answer("list_secrets")) as { secrets: { name: string }[] };
  expect(secrets.map(({ name }) => name).sort()).toEqual(["api-key", "db-password"]);
  expect(await answer("delete_secret", { name: "api-key" })).toEqual({ name: "api-key", deleted: true });
  expect(await answer("list_secrets")).toMatchObject({ secrets: [{ name: "db-password" }] });
});

it("deletes nothing where nothing is, and names what is near", async () => {
  const { answer } = await connect();
  const before = sandbox.calls().length;
  expect(await answer("delete_secret", { name: "db-pasword" })).toEqual({
    name: "db-pasword",
    deleted: false,
    reason:
      'not found: there is no secret "db-pasword" in flytesnacks/development. Did you mean "db-password"?',
  });
  expect(callsSince(before)).not.toContain("DeleteSecret");
});

it("takes a secret that was deleted meanwhile for one that is not there", async () => {
  const { answer } = await connect();
  await answer("create_secret", { name: "fleeting", value: "canary" });
  const both = await Promise.all([1, 2].map(() => answer("delete_secret", { name: "fleeting" })));
  expect(both.map(({ deleted }) => deleted).sort()).toEqual([false, true]);
});

it("says that there is no such project", async () => {
  const { failure } = await connect();
  expect(await failure("delete_secret", { name: "x", project: "flytesnack" })).toContain(
    'There is no project "flytesnack". Did you mean "flytesnacks"?',
  );
});

it("refuses what can be no name", async () => {
  const { failure } = await connect();
  expect(await failure("delete_secret", { name: "bad name!" })).toContain(
    "name: a secret's name has letters, digits, - and _ only",
  );
});

it("says which tools change what", async () => {
  const { client } = await connect();
  const { tools } = await client.listTools();
  const hints = tools.map(({ name, annotations }) => [
    name,
    annotations?.readOnlyHint,
    annotations?.destructiveHint,
    annotations?.idempotentHint,
  ]);
  expect(hints).toEqual([
    ["list_secrets", true, false, true],
    ["create_secret", false, false, false],
    ["delete_secret", false, true, true],
  ]);
});
