import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary, ScalarType } from "@bufbuild/protobuf";
import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { nameTargets } from "./name-targets.ts";
import { rpcEffect } from "./rpc-effect.ts";

const bytes = readFileSync(new URL("../../../idl/flyteidl2.binpb", import.meta.url));
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));

const writes = [...registry]
  .flatMap((type) => (type.kind === "service" ? type.methods : []))
  .filter((method) => ["write", "destructive"].includes(rpcEffect(method) ?? ""));

/** A message whose texts are the names of their fields; of each oneof the first member. */
function fill(schema: DescMessage, depth = 0): ReflectMessage {
  const node = reflect(schema);
  for (const field of node.fields) {
    if (field.oneof?.fields.find((each) => node.isSet(each))) continue;
    if (field.fieldKind === "scalar" && field.scalar === ScalarType.STRING) node.set(field, field.name);
    if (depth > 3) continue;
    if (field.fieldKind === "message") node.set(field, fill(field.message, depth + 1));
    if (field.fieldKind === "list" && field.listKind === "message") {
      node.get(field).add(fill(field.message, depth + 1));
    }
  }
  return node;
}

const targetsOf = (method: DescMethod) => nameTargets(method.input, fill(method.input).message);

it("names what each RPC that writes is about", () => {
  const named = writes.map((method) => [`${method.parent.name}.${method.name}`, targetsOf(method)] as const);
  expect(Object.fromEntries(named)).toMatchInlineSnapshot(`
   {
     "AppService.Create": [
       "app project/domain/name",
     ],
     "AppService.Delete": [
       "app project/domain/name",
     ],
     "AppService.Update": [
       "app project/domain/name",
     ],
     "ArtifactService.CreateArtifact": [
       "artifact project/domain/name/version",
     ],
     "ArtifactService.DeclareArtifact": [
       "artifact project/domain/name",
     ],
     "ArtifactService.DeleteArtifact": [
       "artifact project/domain/name/version",
     ],
     "DataProxyService.CreateUploadLocation": [
       "project/domain/filename",
     ],
     "DataProxyService.UploadInputs": [
       "run project/domain/name",
       "task project/domain/name/version",
     ],
     "DomainService.CreateDomain": [
       "id",
     ],
     "DomainService.DeleteDomain": [
       "id",
     ],
     "DomainService.UpdateDomain": [
       "id",
     ],
     "ProjectService.CreateProject": [
       "id/name",
     ],
     "ProjectService.UpdateProject": [
       "id/name",
     ],
     "RunService.AbortAction": [
       "action project/domain/name/name",
     ],
     "RunService.AbortRun": [
       "run project/domain/name",
     ],
     "RunService.CreateRun": [
       "run project/domain/name",
       "task project/domain/name/version",
     ],
     "RunService.SignalEvent": [
       "action project/domain/name/name",
     ],
     "SecretService.CreateSecret": [
       "secret project/domain/name",
     ],
     "SecretService.DeleteSecret": [
       "secret project/domain/name",
     ],
     "SecretService.UpdateSecret": [
       "secret project/domain/name",
     ],
     "SettingsService.CreateSettings": [
       "project/domain",
     ],
     "SettingsService.UpdateSettings": [
       "project/domain",
     ],
     "TaskService.DeployTask": [
       "task project/domain/name/version",
     ],
     "TrackedRunService.AbortRun": [
       "run project/domain/name",
     ],
     "TrackedRunService.CreateRun": [
       "run project/domain/name",
       "task project/domain/name/version",
     ],
     "TrackedRunService.ReportActions": [
       "run project/domain/name",
       "action project/domain/name/name",
       "task project/domain/name/version",
     ],
     "TriggerService.DeleteTriggers": [
       "trigger project/domain/task_name/name",
     ],
     "TriggerService.DeployTrigger": [
       "trigger project/domain/task_name/name",
       "run project/domain/name",
     ],
     "TriggerService.UpdateTriggers": [
       "trigger project/domain/task_name/name",
     ],
   }
  `);
});
