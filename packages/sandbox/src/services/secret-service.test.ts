import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { createSandbox } from "../create.ts";
import { asSeen } from "../replay/as-seen.ts";
import { callUnary, readRecording, recordedOutcome } from "../replay/call-plane.ts";
import type { Step } from "../replay/call-plane.ts";
import type { SandboxServer } from "../start.ts";
import { startSandbox } from "../start.ts";

const steps = readRecording<Step>("executing-plane.jsonl").filter(({ rpc }) => rpc.startsWith("secret."));

describe("a recorded conversation about secrets", () => {
  let server: SandboxServer;

  beforeAll(async () => {
    server = await startSandbox();
    // It was there before the recording began.
    const id = { project: "flytesnacks", domain: "development", name: "api-key" };
    const request = { id, secretSpec: { stringValue: "z" } };
    await callUnary(server.url, { rpc: "secret.SecretService/CreateSecret", request });
  });
  afterAll(() => server.close());

  it.each(steps)("is repeated at step $n: $rpc", async (step) => {
    const answer = await callUnary(server.url, step);
    expect(asSeen(answer)).toEqual(asSeen(recordedOutcome(step)));
  });

  it("is that of the recording", () => {
    expect(steps).toHaveLength(13);
  });
});

describe("what a secret holds", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-secrets-"));
  const bytes = new TextEncoder().encode("canary-bytes");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is in no answer, no log of calls and no state file, while its name is kept", async () => {
    const file = join(folder, "state.json");
    const first = createSandbox({ file });
    const secrets = createClient(SecretService, createRouterTransport(first.routes));
    const id = { project: "flytesnacks", domain: "development", name: "token" };
    const value = { case: "stringValue", value: "canary-value" } as const;
    await secrets.createSecret({ id, secretSpec: { value } });
    await secrets.updateSecret({ id, secretSpec: { value: { case: "binaryValue", value: bytes } } });
    const { secret } = await secrets.getSecret({ id });
    expect(JSON.stringify([secret?.id, secret?.secretMetadata?.secretStatus])).not.toContain("canary");
    expect(JSON.stringify(first.calls())).not.toContain("canary");
    await first.close();
    const kept = readFileSync(file, "utf8");
    expect(kept).toContain('"name":"token"');
    expect(kept).not.toMatch(/canary|Y2FuYXJ5/);

    const second = createSandbox({ file });
    const again = createClient(SecretService, createRouterTransport(second.routes));
    expect((await again.listSecrets(id)).secrets.map((row) => row.id?.name)).toEqual(["token"]);
    await second.close();
  });
});

it("keeps the secrets of projects, domains and of all apart, and lists each place exactly", async () => {
  const sandbox = createSandbox();
  const secrets = createClient(SecretService, createRouterTransport(sandbox.routes));
  const places = [
    { project: "flytesnacks", domain: "development" },
    { project: "", domain: "development" },
    { project: "", domain: "" },
  ];
  for (const place of places) await secrets.createSecret({ id: { ...place, name: "token" } });
  for (const place of places) {
    const { secrets: rows } = await secrets.listSecrets(place);
    expect(rows.map(({ id }) => [id?.project, id?.domain])).toEqual([[place.project, place.domain]]);
    expect(rows[0]?.secretMetadata?.createdTime?.nanos).toBe(0);
  }
  await expect(secrets.listSecrets({ project: "flytesnacks" })).rejects.toThrow("must also specify a domain");
  await expect(secrets.listSecrets({ token: "?" })).rejects.toThrow("[internal] continue key is not valid");
  await sandbox.close();
});

it("is not served by a plane that does not execute", async () => {
  const sandbox = createSandbox({ execute: false });
  const secrets = createClient(SecretService, createRouterTransport(sandbox.routes));
  await expect(secrets.listSecrets({})).rejects.toThrow("[unimplemented]");
  await sandbox.close();
});
