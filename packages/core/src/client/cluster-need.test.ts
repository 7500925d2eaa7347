import type { DescMethodUnary, DescMethodStreaming } from "@bufbuild/protobuf";
import { AppLogsService } from "@flyte-mcp/idl/app/app_logs_service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ImageService } from "@flyte-mcp/idl/imagebuilder/service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { clusterNeed, scopeOf } from "./cluster-need.ts";

const data = DataProxyService.method;
const secrets = SecretService.method;

const run = { org: "o", project: "p", domain: "d", name: "r" };
const actionId = { run, name: "a0" };
const appId = { org: "o", project: "p", domain: "d", name: "app" };
const taskId = { ...appId, name: "t", version: "v" };
const projectId = { organization: "o", domain: "d", name: "p" };
const project = { case: "projectId", value: projectId };
const secret = { organization: "o", domain: "d", project: "p", name: "s" };

describe("what decides on the cluster", () => {
  it.each<[DescMethodUnary | DescMethodStreaming, object, number, object]>([
    [data.createUploadLocation, { org: "o", project: "p", domain: "d" }, 1, project],
    [data.uploadInputs, { id: { case: "projectId", value: projectId } }, 2, project],
    [data.uploadInputs, { id: { case: "runId", value: run } }, 2, project],
    [data.getActionData, { actionId }, 3, { case: "actionId", value: actionId }],
    [
      data.createDownloadLink,
      { source: { case: "actionAttemptId", value: { actionId, attempt: 1 } } },
      5,
      { case: "actionAttemptId", value: { actionId, attempt: 1 } },
    ],
    [
      data.createDownloadLink,
      { source: { case: "taskId", value: taskId } },
      5,
      { case: "taskId", value: taskId },
    ],
    [data.tailLogs, { actionId, attempt: 1 }, 6, { case: "actionId", value: actionId }],
    [
      AppLogsService.method.tailLogs,
      { target: { case: "appId", value: appId } },
      6,
      { case: "appId", value: appId },
    ],
    [
      AppLogsService.method.tailLogs,
      { target: { case: "replicaId", value: { appId, name: "x" } } },
      6,
      { case: "appId", value: appId },
    ],
    [secrets.createSecret, { id: secret }, 8, project],
    [secrets.listSecrets, { organization: "o", domain: "d", project: "p" }, 8, project],
    [
      secrets.deleteSecret,
      { id: { ...secret, project: "" } },
      8,
      { case: "domainId", value: { organization: "o", name: "d" } },
    ],
    [secrets.getSecret, { id: { organization: "o", name: "s" } }, 8, { case: "orgId", value: { name: "o" } }],
    [ImageService.method.getImage, { projectId, organization: "o" }, 10, project],
    [ImageService.method.getImage, { organization: "o" }, 10, { case: "orgId", value: { name: "o" } }],
  ])("of $name is its operation and resource", (method, input, operation, resource) => {
    expect(clusterNeed(method, input as never)).toMatchObject({ operation, resource });
  });

  it.each<[DescMethodUnary, object]>([
    [RunService.method.listRuns, {}],
    [RunService.method.createRun, { id: { case: "runId", value: run } }],
    [data.getActionData, {}],
    [data.createDownloadLink, {}],
  ])("is nothing for $name", (method, input) => {
    expect(clusterNeed(method, input as never)).toBeUndefined();
  });

  it("is one place for all that lies in a project", () => {
    const first = clusterNeed(data.getActionData, { actionId });
    const second = clusterNeed(data.getActionData, { actionId: { run: { ...run, name: "r2" }, name: "a1" } });
    const other = clusterNeed(data.getActionData, {
      actionId: { run: { ...run, project: "q" }, name: "a0" },
    });
    const texts = [first, second, other].map((need) => scopeOf(need!));
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });
});
