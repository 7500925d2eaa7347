import { createHash } from "node:crypto";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ArtifactType, DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { InternalRunService } from "@flyte-mcp/idl/workflow/internal_run_service";
import { createSandbox } from "../create.ts";
import type { SandboxServer } from "../start.ts";
import { startSandbox } from "../start.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const actionId = { run: { ...SCOPE, name: "demo-add-1" }, name: "a0" };
const REPORT = Buffer.from("<h1>42</h1>");

let server: SandboxServer;
let wallClock = Date.parse("2026-11-23T04:45:47Z");
beforeAll(async () => {
  server = await startSandbox({ execute: false, now: () => new Date(wallClock) });
});
afterAll(() => server.close());

const connect = () => createConnectTransport({ baseUrl: server.url, httpVersion: "1.1" });
const data = () => createClient(DataProxyService, connect());

const ask = (attempt: number, more: object = {}, name = "a0") =>
  data().createDownloadLink({
    artifactType: ArtifactType.REPORT,
    source: { case: "actionAttemptId", value: { actionId: { ...actionId, name }, attempt } },
    ...more,
  });

/** Uploads a report and tells the plane that it is that of the attempt. */
async function report(attempt: number): Promise<void> {
  const contentMd5 = createHash("md5").update(REPORT).digest();
  const request = { ...SCOPE, filename: "report.html", contentMd5 };
  const { signedUrl, nativeUrl, headers } = await data().createUploadLocation(request);
  const uploaded = await fetch(signedUrl, {
    method: "PUT",
    headers: { "Content-MD5": headers["Content-MD5"] ?? "" },
    body: new Uint8Array(REPORT),
  });
  expect(uploaded.status).toBe(200);
  const updatedTime = { seconds: BigInt(wallClock / 1000), nanos: 0 };
  const outputs = { outputUri: "s3://flyte-data/o/outputs.pb", reportUri: nativeUrl };
  await createClient(InternalRunService, connect()).recordActionEvents({
    events: [{ id: actionId, attempt, phase: ActionPhase.SUCCEEDED, updatedTime, outputs }],
  });
}

it("links to the report of an attempt until the link expires", async () => {
  await report(2);
  const { preSignedUrls } = await ask(2, { expiresIn: { seconds: 60n } });
  const [url = ""] = preSignedUrls?.signedUrl ?? [];
  expect(url.startsWith(`${server.url}/flyte-data/uploads/flytesnacks/development/`)).toBe(true);
  expect(Number(preSignedUrls?.expiresAt?.seconds) * 1000 - wallClock).toBe(60_000);
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([200, "<h1>42</h1>"]);
  expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(403);
  wallClock += 61_000;
  const late = await fetch(url);
  expect(late.status).toBe(403);
  expect(await late.text()).toContain("<Message>Request has expired</Message>");
});

it("has nothing where a task wrote no report", async () => {
  await expect(ask(1)).rejects.toThrow(
    /^\[not_found\] artifact not found at \[s3:\/\/flyte-data\/.*\/demo-add-1\/a0\/1\/report\.html\]$/,
  );
  await expect(ask(7)).rejects.toThrow(
    '[not_found] attempt 7 not found for action [run:{project:"flytesnacks"  domain:"development"  name:"demo-add-1"}  name:"a0"]',
  );
  await expect(ask(1, {}, "a9")).rejects.toThrow(
    "[not_found] failed to get action details: not_found: action not found: action not found",
  );
});

it("links to nothing else", async () => {
  await expect(ask(1, { artifactType: ArtifactType.CODE_BUNDLE })).rejects.toThrow(
    "[invalid_argument] artifact_type is required",
  );
  const source = { case: "taskId", value: { ...SCOPE, name: "seed.add", version: "v1" } };
  await expect(ask(1, { source })).rejects.toThrow("[invalid_argument] unsupported source type");
});

it("answers without a host in the same process", async () => {
  const sandbox = createSandbox({ history: false });
  const client = createClient(DataProxyService, createRouterTransport(sandbox.routes));
  const { signedUrl } = await client.createUploadLocation({ ...SCOPE, filename: "x", filenameRoot: "r" });
  expect(signedUrl).toMatch(/^\/flyte-data\/uploads\/flytesnacks\/development\/r\/x\?.*X-Amz-Signature=/);
  await sandbox.close();
});
