import { readFileSync } from "node:fs";
import { create, createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import type { DescMessage } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { GetRequestSchema } from "@flyte-mcp/idl/app/app_payload";
import { DeployTaskRequestSchema } from "@flyte-mcp/idl/task/task_service";
import { DeleteTriggersRequestSchema } from "@flyte-mcp/idl/trigger/trigger_service";
import { CreateRunRequestSchema } from "@flyte-mcp/idl/workflow/run_service";
import { rpcEffect } from "./rpc-effect.ts";
import { readTargets } from "./targets.ts";

// Message types that name a resource a policy can forbid, with the kinds of target they yield.
const TARGETS: Record<string, string[]> = {
  "app.Identifier": ["app"],
  "app.ReplicaIdentifier": ["app"],
  "common.ActionAttemptIdentifier": ["run"],
  "common.ActionIdentifier": ["run"],
  "common.RunIdentifier": ["run"],
  "common.TriggerIdentifier": ["trigger", "task"],
  "common.TriggerName": ["trigger", "task"],
  "core.Identifier": ["task"],
  "core.TaskExecutionIdentifier": ["task"],
  "task.TaskIdentifier": ["task"],
  "task.TaskName": ["task"],
};

// Message types that name something no policy speaks of.
const NEUTRAL = [
  // A place, not a resource in it.
  "common.ClusterConfigIdentifier",
  "common.ClusterIdentifier",
  "common.ClusterNodepoolIdentifier",
  "common.ClusterPoolIdentifier",
  "common.Domain",
  "common.DomainIdentifier",
  "common.ManagedClusterIdentifier",
  "common.OrgIdentifier",
  "common.Project",
  "common.ProjectIdentifier",
  "common.QueueIdentifier",
  "logs.dataplane.ContainerIdentifier",
  "org.CreateDomainRequest",
  "org.DeleteDomainRequest",
  "org.Domain",
  "org.GetDomainRequest",
  "org.UpdateDomainRequest",
  "project.GetProjectRequest",
  "project.Project",
  // Who may do what.
  "common.AppSpec",
  "common.ApplicationIdentifier",
  "common.LaunchPlan",
  "common.PolicyIdentifier",
  "common.RoleIdentifier",
  "common.UserIdentifier",
  "common.Workflow",
  // Resources without an allowlist.
  "app.ConsumedArtifactFilter",
  "artifact.ArtifactIdentifier",
  "artifact.ArtifactName",
  "cacheservice.v2.Identifier",
  "core.ArtifactKey",
  "imagebuilder.GetImageRequest",
  "imagebuilder.ImageIdentifier",
  "secret.SecretIdentifier",
];

// Names of Flyte 1, neutral because no RPC that tools may call takes them.
const UNREACHABLE = [
  "core.NodeExecutionIdentifier",
  "core.SignalIdentifier",
  "core.WorkflowExecutionIdentifier",
];

function readIdl() {
  const bytes = readFileSync(new URL("../../../idl/flyteidl2.binpb", import.meta.url));
  return [...createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes))];
}

function messagesOfIdl(): DescMessage[] {
  return readIdl().filter(
    (type): type is DescMessage => type.kind === "message" && type.typeName.startsWith("flyteidl2."),
  );
}

function messagesOfOpenRequests(): string[] {
  const seen = new Set<string>();
  const visit = (message: DescMessage) => {
    if (seen.has(message.typeName)) return;
    seen.add(message.typeName);
    for (const field of message.fields) if (field.message) visit(field.message);
  };
  const methods = readIdl().flatMap((type) => (type.kind === "service" ? type.methods : []));
  for (const method of methods) if (rpcEffect(method)) visit(method.input);
  return [...seen].map((name) => name.replace("flyteidl2.", ""));
}

function namesResource(message: DescMessage): boolean {
  const fields = message.fields.map((field) => field.name);
  const hasName = fields.includes("name") || fields.includes("id");
  const hasPlace = ["org", "organization", "project", "domain"].some((place) => fields.includes(place));
  return /(Identifier|Name)$/.test(message.name) || (hasName && hasPlace);
}

/** An instance with every message field set, two levels deep. */
function fill(message: DescMessage, depth = 2): Record<string, unknown> {
  const fields = message.fields.filter((field) => field.fieldKind === "message" && !field.oneof);
  return depth === 0
    ? {}
    : Object.fromEntries(
        fields.map((field) => [field.localName, field.message ? fill(field.message, depth - 1) : {}]),
      );
}

function kindsOf(message: DescMessage): string[] {
  return readTargets(message, create(message, fill(message))).map(({ kind }) => kind);
}

describe("the messages that name resources", () => {
  it("are each a target or neutral on purpose", () => {
    const found = messagesOfIdl().filter(namesResource);
    const kinds = found.map((message) => [message.typeName.replace("flyteidl2.", ""), kindsOf(message)]);
    const neutral = [...NEUTRAL, ...UNREACHABLE].map((name): [string, string[]] => [name, []]);
    expect(Object.fromEntries(kinds)).toEqual({ ...TARGETS, ...Object.fromEntries(neutral) });
  });

  it("of Flyte 1 are in no request that a tool may send", () => {
    const reachable = messagesOfOpenRequests();
    expect(reachable).toContain("task.TaskIdentifier");
    expect(reachable.filter((name) => UNREACHABLE.includes(name))).toEqual([]);
  });
});

describe("the targets of a request", () => {
  it("are found in lists and in what their items hold", () => {
    const names = ["nightly", "hourly"].map((name) => ({
      org: "",
      project: "p",
      domain: "d",
      name,
      taskName: "etl.load",
    }));
    const task = { kind: "task", task: { project: "p", domain: "d", name: "etl.load" } };
    expect(readTargets(DeleteTriggersRequestSchema, create(DeleteTriggersRequestSchema, { names }))).toEqual([
      { kind: "trigger", taskName: "etl.load", name: "nightly" },
      task,
      { kind: "trigger", taskName: "etl.load", name: "hourly" },
      task,
    ]);
  });

  it("are found deep in a oneof", () => {
    const id = { project: "p", domain: "d", name: "etl.load", version: "v1" };
    const request = create(CreateRunRequestSchema, {
      task: { case: "taskSpec", value: { taskTemplate: { id } } },
    });
    expect(readTargets(CreateRunRequestSchema, request)).toEqual([
      { kind: "task", task: { project: "p", domain: "d", name: "etl.load" } },
    ]);
  });

  it("have an inline task without a name as one that is on no list", () => {
    const request = create(CreateRunRequestSchema, {
      task: { case: "taskSpec", value: { taskTemplate: {} } },
    });
    expect(readTargets(CreateRunRequestSchema, request)).toEqual([
      { kind: "task", task: { project: "", domain: "", name: "" } },
    ]);
  });

  it("have the triggers that are deployed with a task", () => {
    const request = create(DeployTaskRequestSchema, {
      taskId: { project: "p", domain: "d", name: "etl.load", version: "v1" },
      triggers: [{ name: "nightly" }],
    });
    expect(readTargets(DeployTaskRequestSchema, request)).toEqual([
      { kind: "trigger", taskName: "etl.load", name: "nightly" },
      { kind: "task", task: { project: "p", domain: "d", name: "etl.load" } },
    ]);
  });

  it("have the app that is asked for by its address", () => {
    const request = create(GetRequestSchema, {
      identifier: { case: "ingress", value: { publicUrl: "https://app.example" } },
    });
    expect(readTargets(GetRequestSchema, request)).toEqual([{ kind: "app", name: "https://app.example" }]);
  });
});
