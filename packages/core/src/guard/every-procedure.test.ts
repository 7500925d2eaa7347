import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary, ScalarType } from "@bufbuild/protobuf";
import type {
  DescField,
  DescMessage,
  DescMethod,
  DescMethodStreaming,
  DescMethodUnary,
  Message,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import type { Policy } from "../policy.ts";
import { guard } from "./guard.ts";
import { rpcEffect } from "./rpc-effect.ts";

const set = fromBinary(
  FileDescriptorSetSchema,
  readFileSync(new URL("../../../idl/flyteidl2.binpb", import.meta.url)),
);
const registry = createFileRegistry(set);

/** The message types that name a task, run, app or trigger; targets.test.ts decides which. */
const NAMING = [
  "app.Identifier",
  "common.RunIdentifier",
  "common.TriggerName",
  "core.Identifier",
  "task.TaskIdentifier",
  "task.TaskName",
].map((name) => `flyteidl2.${name}`);

const methods = [...registry]
  .flatMap((type) => (type.kind === "service" ? type.methods : []))
  .filter((method) => method.parent.typeName.startsWith("flyteidl2.") && rpcEffect(method) !== undefined);

/** RPCs whose requests name a place, an artifact or a secret at most; lists among them are filtered by rows. */
const NAMELESS: Record<string, string> = {
  AppService: "List",
  ArtifactService:
    "GetArtifact ListArtifacts ListArtifactNames ListArtifactMetadataKeys DeleteArtifact DeclareArtifact GetArtifactSchema ListPartitionValues",
  AuthMetadataService: "GetOAuth2Metadata GetPublicClientConfig",
  IdentityService: "UserInfo",
  DataProxyService: "CreateUploadLocation",
  ImageService: "GetImage",
  DomainService: "ListDomains CreateDomain GetDomain UpdateDomain DeleteDomain",
  ProjectService: "CreateProject UpdateProject GetProject ListProjects",
  SecretService: "CreateSecret UpdateSecret GetSecret DeleteSecret ListSecrets",
  SettingsService: "GetSettings GetSettingsForEdit CreateSettings UpdateSettings",
  TaskService: "ListTasks",
  RunService: "WatchGroups",
  TranslatorService: "LaunchFormJsonToLiterals JsonValuesToLiterals",
};

function spread(table: Record<string, string>): string[] {
  return Object.entries(table).flatMap(([service, names]) =>
    names.split(" ").map((name) => `${service}.${name}`),
  );
}

/** Every way from a request to a message that names something, through any oneof, list or map. */
function pathsOf(message: DescMessage, above: readonly DescMessage[] = []): DescField[][] {
  if (above.includes(message)) return [];
  const here = [...above, message];
  return message.fields.flatMap((field) => {
    const below = messageOf(field);
    if (!below) return [];
    const deeper = pathsOf(below, here).map((path) => [field, ...path]);
    return NAMING.includes(below.typeName) ? [[field], ...deeper] : deeper;
  });
}

function messageOf(field: DescField): DescMessage | undefined {
  if (field.fieldKind === "message") return field.message;
  if (field.fieldKind === "list") return field.listKind === "message" ? field.message : undefined;
  return field.fieldKind === "map" && field.mapKind === "message" ? field.message : undefined;
}

/** A request that names something forbidden at the end of a path, and nothing else. */
function forbid(schema: DescMessage, [field, ...rest]: readonly DescField[]): ReflectMessage {
  const node = reflect(schema);
  const below = field && messageOf(field);
  if (!field || !below) return nameIt(node);
  const child = forbid(below, rest);
  if (field.fieldKind === "message") node.set(field, child);
  if (field.fieldKind === "list") node.get(field).add(child);
  if (field.fieldKind === "map") node.get(field).set(field.mapKey === ScalarType.STRING ? "key" : 1, child);
  return node;
}

function nameIt(node: ReflectMessage): ReflectMessage {
  for (const field of node.fields)
    if (field.fieldKind === "scalar" && field.scalar === ScalarType.STRING) node.set(field, "forbidden");
  return node;
}

const ONE_ALLOWED = { tasks: ["allowed"], apps: ["allowed"], triggers: ["allowed"] };

/** What comes of a request that a tool with every right sends, and how often something left. */
async function send(method: DescMethod, message: Message, policy: Policy = ONE_ALLOWED) {
  let left = 0;
  const count = async () => {
    left += 1;
    throw new Error("it left");
  };
  const sent = guard({ unary: count, stream: count } as Transport, {
    effect: "destructive",
    policy,
    signal: new AbortController().signal,
    findRootTask: async () => ({ project: "p", domain: "d", name: "forbidden" }),
  });
  const call =
    method.methodKind === "unary"
      ? sent.unary(method as DescMethodUnary, undefined, undefined, undefined, message as never)
      : sent.stream(
          method as DescMethodStreaming,
          undefined,
          undefined,
          undefined,
          createAsyncIterable([message]) as never,
        );
  const outcome = await call.then(
    () => "answered",
    (error: unknown) => ConnectError.from(error).code,
  );
  return { outcome, left };
}

const cases = methods.flatMap((method) =>
  pathsOf(method.input).map((path) => ({ method, path, rpc: `${method.parent.name}.${method.name}` })),
);
const nameless = methods.filter((method) => pathsOf(method.input).length === 0);

it("knows of every RPC that is open to tools whether a request can name something", () => {
  expect(cases).toHaveLength(93);
  expect(nameless.map((method) => `${method.parent.name}.${method.name}`)).toEqual(spread(NAMELESS));
});

it.each([...new Set(cases.map(({ rpc }) => rpc))])("lets nothing forbidden leave by %s", async (rpc) => {
  for (const { method, path } of cases.filter((one) => one.rpc === rpc)) {
    const { message } = forbid(method.input, path);
    const way = path.map(({ name }) => name).join(".");
    expect([way, await send(method, message)]).toEqual([way, { outcome: Code.PermissionDenied, left: 0 }]);
  }
});

it("lets every RPC that is open to tools leave where nothing is limited", async () => {
  for (const method of methods) {
    const rpc = `${method.parent.name}.${method.name}`;
    const { left } = await send(method, reflect(method.input).message, {});
    expect([rpc, left]).toEqual([rpc, 1]);
  }
});
