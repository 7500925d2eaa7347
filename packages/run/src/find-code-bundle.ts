import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { TaskTemplate } from "@flyte-mcp/idl/core/tasks";

/** Where the code of a task lies. */
export interface CodeBundle {
  uri: string;
  /** An archive of files, or one pickled object. */
  kind: "files" | "pickle";
}

/** What a task says of its code: its container's arguments first, then its metadata; undefined where the image holds it. */
export function findCodeBundle(template: TaskTemplate | undefined): CodeBundle | undefined {
  const args = argumentsOf(template);
  const files = valueOf(args, "--tgz");
  if (files) return { uri: files, kind: "files" };
  const pickle = valueOf(args, "--pkl");
  if (pickle) return { uri: pickle, kind: "pickle" };
  const uri = template?.metadata?.codeBundleUri;
  if (!uri) return undefined;
  return { uri, kind: uri.endsWith(".pkl.gz") ? "pickle" : "files" };
}

/** The image of a task's main container. */
export function imageOf(template: TaskTemplate | undefined): string | undefined {
  if (template?.target.case === "container") return template.target.value.image || undefined;
  const image = primaryContainer(template)?.["image"];
  return typeof image === "string" ? image : undefined;
}

function argumentsOf(template: TaskTemplate | undefined): readonly JsonValue[] {
  if (template?.target.case === "container") return template.target.value.args;
  const args = primaryContainer(template)?.["args"];
  return Array.isArray(args) ? args : [];
}

/** By the name that the pod gives, then by that of the task's config, else the first. */
function primaryContainer(template: TaskTemplate | undefined): JsonObject | undefined {
  if (template?.target.case !== "k8sPod") return undefined;
  const { podSpec, primaryContainerName } = template.target.value;
  const wanted = primaryContainerName || template.config["primary_container_name"];
  const listed = podSpec?.["containers"];
  const containers = Array.isArray(listed) ? listed.filter(isObject) : [];
  return containers.find(({ name }) => name === wanted) ?? containers[0];
}

function valueOf(args: readonly JsonValue[], flag: string): string | undefined {
  const at = args.indexOf(flag);
  const value = at === -1 ? undefined : args[at + 1];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
