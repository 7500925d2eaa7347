import { Code, ConnectError } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { startSandbox } from "@flyte-mcp/sandbox";
import { identity } from "./index.ts";

const claims = { sub: "user-1", email: "ada@example.com", given_name: "Ada", family_name: "L" };
const JWT = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.canary-signature-77`;
const PLACE = { endpoint: "http://flyte.test", project: "flytesnacks", domain: "development" };

function playIdentity(userInfo: () => Record<string, string>, org = "") {
  const flyte = playFlyte(({ service }) => service(IdentityService, { userInfo }), { org });
  return connectClient({ groups: [identity], flyte });
}

/** What a sandbox answers over HTTP to a server with this token. */
async function askSandbox(accessToken: string | undefined) {
  const { url, close } = await startSandbox({ execute: false });
  const flyte = createFlyte({ endpoint: url, accessToken, project: "flytesnacks" });
  const { client } = await connectClient({ groups: [identity], flyte });
  const answer = await client.callTool({ name: "whoami", arguments: {} });
  await close();
  return { answer, url };
}

describe("whoami", () => {
  it("says who the credential stands for, and never the credential", async () => {
    const { answer, url } = await askSandbox(JWT);
    expect(answer.structuredContent).toEqual({
      subject: "user-1",
      name: "Ada L",
      email: "ada@example.com",
      endpoint: url,
      project: "flytesnacks",
      auth: "token",
    });
    expect(JSON.stringify(answer)).not.toContain("canary");
  });

  it("still says where calls go when there is no credential", async () => {
    const { answer, url } = await askSandbox(undefined);
    expect(answer.structuredContent).toEqual({
      identity_error:
        "Calls carry no credential, so Flyte knows nobody; a plane without login, such as a local one, needs none.",
      endpoint: url,
      project: "flytesnacks",
      auth: "none",
    });
  });

  it("tells a credential that names nobody from none", async () => {
    const { answer } = await askSandbox("canary-nonsense");
    expect(answer.structuredContent).toMatchObject({
      identity_error: expect.stringMatching(/^Flyte finds nobody in the credential/),
      auth: "token",
    });
    expect(JSON.stringify(answer)).not.toContain("canary");
  });

  it("still says where calls go when the plane has no such service", async () => {
    const { answer } = await connectClient({ groups: [identity], flyte: playFlyte(() => undefined) });
    expect(await answer("whoami")).toEqual({
      ...PLACE,
      identity_error: "This control plane has no identity service.",
      auth: "none",
    });
  });

  it("names the organization and the user name where they are known", async () => {
    const { answer } = await playIdentity(() => ({ subject: "s", preferredUsername: "ada" }), "acme");
    expect(await answer("whoami")).toEqual({
      ...PLACE,
      subject: "s",
      preferred_username: "ada",
      org: "acme",
      auth: "none",
    });
  });

  it("fails when Flyte cannot be asked", async () => {
    const { failure } = await playIdentity(() => {
      throw new ConnectError("down", Code.Unavailable);
    });
    expect(await failure("whoami")).toContain("Flyte is unavailable.");
  });

  it("says what to set when no endpoint is configured, and takes no scope", async () => {
    const { failure } = await connectClient({ groups: [identity], flyte: createFlyte({}) });
    expect(await failure("whoami")).toContain("No Flyte endpoint is configured");
    expect(await failure("whoami", { project: "p" })).toContain('unknown argument "project"');
  });
});
