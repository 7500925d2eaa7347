import { fromJson } from "@bufbuild/protobuf";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import type { ListSecretsRequest } from "@flyte-mcp/idl/secret/payload";
import { ListSecretsResponseSchema } from "@flyte-mcp/idl/secret/payload";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { createSandbox } from "@flyte-mcp/sandbox";
import { secret } from "./index.ts";

const status = {
  overallStatus: "FULLY_PRESENT",
  clusterStatus: [{ cluster: { name: "flyte-devbox" }, presenceStatus: "PRESENT" }],
};
const row = (name: string) => ({
  id: { name, domain: "development", project: "flytesnacks" },
  secretMetadata: { createdTime: "2026-11-23T04:57:47Z", secretStatus: status },
});

// From a recorded conversation with a real control plane.
const TOKEN =
  "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NjI5LCJzdGFydCI6Ii8xMmVmOTcwOTNkNmYzYjlhMDI3OGFjZjQ5MmI1MWU1N1x1MDAwMCJ9";
const RECORDED: Record<string, object> = {
  "": { secrets: [row("second")], token: TOKEN },
  [TOKEN]: { secrets: [row("db-password")] },
};

async function play(answer: (request: ListSecretsRequest) => object) {
  const requests: ListSecretsRequest[] = [];
  const flyte = playFlyte(
    (router) =>
      router.service(SecretService, {
        listSecrets(request) {
          requests.push(request);
          return fromJson(ListSecretsResponseSchema, answer(request) as never);
        },
      }),
    { org: "acme" },
  );
  return { ...(await connectClient({ groups: [secret()], flyte })), requests };
}

describe("list_secrets", () => {
  it("lists what a real control plane answered, page by page", async () => {
    const { answer, requests } = await play(({ token }) => RECORDED[token] ?? {});
    const second = {
      name: "second",
      type: "regular",
      scope: "project",
      status: "fully_present",
      created_at: "2026-11-23T04:57:47.000Z",
    };
    expect(await answer("list_secrets", { limit: 1 })).toEqual({ secrets: [second], next_token: TOKEN });
    expect(await answer("list_secrets", { limit: 1, token: TOKEN })).toEqual({
      secrets: [{ ...second, name: "db-password" }],
    });
    expect(requests[0]).toMatchObject({
      organization: "acme",
      project: "flytesnacks",
      domain: "development",
      limit: 1,
      includeSystemSecrets: false,
    });
  });

  it("tells image pull secrets, wider scopes and types that it does not know", async () => {
    const { answer } = await play(() => ({
      secrets: [
        {
          id: { name: "pull", domain: "development" },
          secretMetadata: { type: "SECRET_TYPE_IMAGE_PULL_SECRET" },
        },
        { id: { name: "odd" }, secretMetadata: { type: 7 } },
      ],
    }));
    expect(await answer("list_secrets")).toEqual({
      secrets: [
        { name: "pull", type: "image_pull", scope: "domain" },
        { name: "odd", type: "unknown", scope: "organization" },
      ],
    });
  });

  it("says of a plane without secrets that it has none to offer", async () => {
    const flyte = playFlyte(() => undefined);
    const { failure } = await connectClient({ groups: [secret()], flyte });
    expect(await failure("list_secrets")).toMatch(
      /^This control plane does not offer what the tool needs.*\[unimplemented\]$/,
    );
  });

  it("says that there is no such project", async () => {
    const sandbox = createSandbox();
    const { answer, failure } = await connectClient({
      groups: [secret()],
      flyte: playFlyte(sandbox.routes),
    });
    expect(await answer("list_secrets")).toEqual({ secrets: [] });
    expect(await failure("list_secrets", { project: "flytesnack" })).toContain(
      'There is no project "flytesnack". Did you mean "flytesnacks"?',
    );
    await sandbox.close();
  });

  it.each([0, -1, 1e9])("refuses a limit of %d", async (limit) => {
    const { failure } = await play(() => ({}));
    expect(await failure("list_secrets", { limit })).toMatch(/limit: must be at (least 1|most 500)/);
  });
});
