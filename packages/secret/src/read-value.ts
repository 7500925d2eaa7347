import { didYouMean } from "@flyte-mcp/core";
import { MOST_BYTES, readSecretFile } from "./read-secret-file.ts";
import { refuse } from "./refuse.ts";
import type { SecretOptions } from "./secret-options.ts";
import { SECRET_PREFIX, secretVariables } from "./secret-settings.ts";

export interface ValueSources {
  value?: string | undefined;
  value_from?: { env?: string | undefined; file?: string | undefined } | undefined;
}

export type SecretValue =
  { case: "stringValue"; value: string } | { case: "binaryValue"; value: Uint8Array<ArrayBuffer> };

/** The value that exactly one source gives; throws a tool error that never holds it. */
export async function readValue(sources: ValueSources, options: SecretOptions): Promise<SecretValue> {
  const { value, value_from: { env, file } = {} } = sources;
  if ([value, env, file].filter((source) => source !== undefined).length !== 1)
    throw refuse("Give exactly one source of the value.", `It can be ${describeSources(options)}.`);
  if (file !== undefined) return readText(await readSecretFile(file, options.dir));
  const text = value ?? readVariable(env ?? "", options.env ?? []);
  if (Buffer.byteLength(text) > MOST_BYTES) throw refuse("The value is larger than 1 MiB.");
  return { case: "stringValue", value: text };
}

function describeSources({ dir, plain = true }: SecretOptions): string {
  const sources = [
    "value_from.env",
    ...(dir === undefined ? [] : ["value_from.file"]),
    ...(plain ? ["value"] : []),
  ];
  return sources.join(" or ");
}

function readVariable(name: string, named: readonly string[]): string {
  const isOwn = name.startsWith(SECRET_PREFIX) && !secretVariables.includes(name);
  if (!isOwn && !named.includes(name)) {
    const more = named.length === 0 ? "" : `, and ${named.join(", ")}`;
    throw refuse(
      "That variable is not open to secrets.",
      `Open are variables named ${SECRET_PREFIX}*${more}; the operator opens others by --secret-env.`,
    );
  }
  const text = process.env[name];
  if (text) return text;
  const present = Object.keys(process.env).filter(
    (key) => (key.startsWith(SECRET_PREFIX) && !secretVariables.includes(key)) || named.includes(key),
  );
  throw refuse(
    `The variable ${name} is not set in the environment of this server, or is empty.${didYouMean(name, present)}`,
  );
}

/** Bytes as they are, as a text where they are one. */
function readText(bytes: Uint8Array<ArrayBuffer>): SecretValue {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { case: "stringValue", value: text };
  } catch {
    return { case: "binaryValue", value: bytes };
  }
}
