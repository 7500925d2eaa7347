import type { DescMessage, Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";

// An answer wraps the id of what was made in this many messages.
const DEEPEST = 3;
// Who made something is not what it is.
const NO_TARGETS = ["UserIdentifier", "ApplicationIdentifier"];
// In the order in which people write them; a version last.
const PARTS = ["project", "domain", "taskName", "name", "version"];
const PARTS_OF_PROJECT = ["name", "domain"];
const PLAIN = ["project", "domain", "id", "name", "filename"];

/** What a message names, for people to read: `run flytesnacks/development/r1`, `secret token`. */
export function nameTargets(schema: DescMessage, message: Message): string[] {
  const found = new Set<string>();
  walk(reflect(schema, message), 0, found);
  return [...found];
}

function walk(node: ReflectMessage, depth: number, found: Set<string>): void {
  const { name } = node.desc;
  if (NO_TARGETS.includes(name)) return;
  if (/(Identifier|Name)$/.test(name)) return void found.add(describe(node));
  for (const inner of childrenOf(node)) if (depth < DEEPEST) walk(inner, depth + 1, found);
  // Projects, domains and files are named by plain fields.
  if (depth < 2 && found.size === 0) {
    const parts = textsOf(node, PLAIN);
    if (parts.length > 0) found.add(parts.join("/"));
  }
}

function childrenOf(node: ReflectMessage): ReflectMessage[] {
  return node.fields.flatMap((field) => {
    if (!node.isSet(field)) return [];
    if (field.fieldKind === "message") return isOurs(field.message) ? [node.get(field)] : [];
    if (field.fieldKind !== "list" || field.listKind !== "message") return [];
    return [...node.get(field)] as ReflectMessage[];
  });
}

const isOurs = ({ typeName }: DescMessage) => !typeName.startsWith("google.");

function describe(node: ReflectMessage): string {
  const kind = node.desc.name.replace(/(Identifier|Name)$/, "").toLowerCase();
  // An action names its run, a version of an artifact its name, by a message.
  const owners = childrenOf(node).map((inner) => describe(inner).replace(/^\S+ /, ""));
  const parts = textsOf(node, kind === "project" ? PARTS_OF_PROJECT : PARTS);
  return `${kind || ownerOf(node)} ${[...owners, ...parts].join("/")}`;
}

/** `app` of `flyteidl2.app.Identifier`; `flyteidl2.core.Identifier` is that of tasks. */
function ownerOf({ desc }: ReflectMessage): string {
  const owner = desc.typeName.split(".").at(-2) ?? "";
  return owner === "core" ? "task" : owner;
}

function textsOf(node: ReflectMessage, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const field = node.fields.find(({ localName }) => localName === name);
    const value: unknown = field && node.isSet(field) ? node.get(field) : "";
    return typeof value === "string" && value !== "" ? [value] : [];
  });
}
