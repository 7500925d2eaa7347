import { Code, ConnectError } from "@connectrpc/connect";
import { assertProjectExists, createToolError, defineTool, scopeInput } from "@flyte-mcp/core";
import type { Scope } from "@flyte-mcp/core";
import { SecretType } from "@flyte-mcp/idl/secret/definition";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { z } from "zod";
import { hideValue } from "./hide-value.ts";
import { readValue } from "./read-value.ts";
import type { ValueSources } from "./read-value.ts";
import { secretName } from "./secret-name.ts";
import type { SecretOptions } from "./secret-options.ts";
import { SECRET_PREFIX } from "./secret-settings.ts";

/** `create_secret` with the sources that the options open; a source that is not open is not in its schema. */
export function createSecretTool(options: SecretOptions) {
  return defineTool({
    name: "create_secret",
    title: "Create secret",
    description: describeTool(options),
    effect: "write",
    input: z
      .object({
        name: secretName,
        ...valueInputs(options),
        type: z.enum(["regular"]).default("regular").describe("No other is made here."),
      })
      .extend(scopeInput.shape),
    output: z.object({
      name: z.string(),
      created: z.boolean(),
      env_var: z.string().describe("The variable that holds it in a task that asks for it by name alone."),
    }),

    async run({ name, type: _type, project, domain, ...sources }, { flyte, scope }) {
      const place = scope({ project, domain });
      const value = await readValue(sources, options);
      // The open-source plane would keep a secret of a project that does not exist.
      await assertProjectExists(flyte, place);
      const { org: organization, ...home } = place;
      const secretSpec = { type: SecretType.GENERIC, value };
      await flyte(SecretService)
        .createSecret({ id: { organization, ...home, name }, secretSpec })
        .catch((error: unknown) => {
          throw isKnown(error) ? alreadyThere(name, place) : hideValue(error, value.value);
        });
      return { name, created: true, env_var: name.toUpperCase().replaceAll("-", "_") };
    },
  });
}

function describeTool({ plain = true }: SecretOptions): string {
  const advice = plain
    ? " Prefer value_from to value: then it never passes through this conversation."
    : " Its value never passes through this conversation.";
  return `Create a secret for tasks.${advice} Nobody can read it back; an existing one is not replaced.`;
}

const ENV_ONLY = "takes env only; files need a server with --secret-dir";

interface ValueInputs {
  value_from: z.ZodType<ValueSources["value_from"]>;
  value: z.ZodType<ValueSources["value"]>;
}

/** The arguments that give a value, as far as they are open; a single one is not optional. */
function valueInputs({ dir, plain = true }: SecretOptions): ValueInputs {
  const env = z
    .string()
    .min(1)
    .optional()
    .describe(`Variable of the server, ${SECRET_PREFIX}* or opened by its operator.`);
  const file = z.string().min(1).optional().describe("File in the server's folder of secrets.");
  const wrong = dir === undefined ? ENV_ONLY : "takes env or file, nothing else";
  const error = ({ code }: { code: string }) => (code === "unrecognized_keys" ? wrong : undefined);
  const open =
    dir === undefined ? z.strictObject({ env }, { error }) : z.strictObject({ env, file }, { error });
  const source = open.describe("Where the server takes it from.");
  if (!plain) return { value_from: source } as unknown as ValueInputs;
  const value = z.string().min(1).describe("The value itself.");
  return { value_from: source.optional(), value: value.optional() };
}

function isKnown(error: unknown): boolean {
  return ConnectError.from(error).code === Code.AlreadyExists;
}

function alreadyThere(name: string, { project, domain }: Scope) {
  return createToolError({
    code: "already_exists",
    message: `There is a secret "${name}" in ${project}/${domain} already; it was left as it is.`,
    hint: "Choose another name, or remove it with delete_secret first.",
  });
}
