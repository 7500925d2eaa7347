import type { MessageInitShape } from "@bufbuild/protobuf";
import type { SecretSchema } from "@flyte-mcp/idl/core/security";
import { Secret_MountType as MountType } from "@flyte-mcp/idl/core/security";
import { pythonRepr } from "./python-repr.ts";

/** A secret by name; the SDK hashes a name and an object that says no more in different ways. */
export type SecretRef =
  | string
  | {
      key: string;
      group?: string | undefined;
      /** Left out: made of group and key. */
      env_var?: string | undefined;
      /** The folder where it lies as a file, instead of a variable. */
      mount?: string | undefined;
    };

export type SecretInit = Exclude<MessageInitShape<typeof SecretSchema>, { $typeName: string }>;

/** The text that stands for a secret in an image's tag: the `repr` of the SDK's object, or the name alone. */
export function hashedSecret(ref: SecretRef): string {
  if (typeof ref === "string") return ref;
  const { key, group, mount } = ref;
  const place = mount === undefined ? "None" : `PosixPath(${pythonRepr(mount)})`;
  return `Secret(key=${pythonRepr(key)}, group=${pythonRepr(group)}, mount=${place}, as_env_var=${pythonRepr(variableOf(ref))})`;
}

/** How a layer is given a secret. */
export function secretMount(ref: SecretRef): SecretInit {
  const { key, group } = readRef(ref);
  const envVar = variableOf(ref);
  if (envVar === undefined) return { key, group: group ?? "", mountRequirement: MountType.FILE };
  return { key, group: group ?? "", envVar, mountRequirement: MountType.ENV_VAR };
}

/** The secrets that the run of a build mounts as files, each once. */
export function buildSecrets(refs: readonly SecretRef[]): SecretInit[] {
  const distinct = new Map(
    refs.map(readRef).map(({ key, group = "" }) => [JSON.stringify([group, key]), { key, group }]),
  );
  return [...distinct.values()].map((secret) => ({ ...secret, mountRequirement: MountType.FILE }));
}

function readRef(ref: SecretRef): Exclude<SecretRef, string> {
  return typeof ref === "string" ? { key: ref } : ref;
}

function variableOf(ref: SecretRef): string | undefined {
  const { key, group, env_var, mount } = readRef(ref);
  if (env_var !== undefined || mount !== undefined) return env_var;
  return [group, key]
    .filter((part) => part !== undefined)
    .join("_")
    .toUpperCase()
    .replaceAll("-", "_");
}
