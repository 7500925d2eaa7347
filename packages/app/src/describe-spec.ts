import { redact } from "@flyte-mcp/core";
import type { Input, Spec } from "@flyte-mcp/idl/app/app_definition";
import { z } from "zod";
import { isSecretLike, MASK, maskEnv, maskWords } from "./mask.ts";
import { readContainer } from "./read-container.ts";

/** What an app is made of, as far as it helps to understand it. */
export const specOutput = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  ports: z.array(z.number()).optional(),
  env: z.record(z.string(), z.string()).optional().describe(`Values are ${MASK} unless asked for.`),
  resources: z.record(z.string(), z.string()).optional(),
  replicas: z.object({ min: z.number(), max: z.number() }).optional(),
  secrets: z.array(z.string()).optional().describe("Keys of the secrets it mounts, never their values."),
  service_account: z.string().optional(),
  allow_anonymous: z.boolean().optional(),
  inputs: z.record(z.string(), z.string()).optional(),
  links: z.array(z.object({ title: z.string(), path: z.string() })).optional(),
  request_timeout_s: z.number().optional(),
});

/** The spec of an app; environment values and texts of inputs are masked unless `showEnv`, what looks like a secret always. */
export function describeSpec(spec: Spec, showEnv: boolean): z.input<typeof specOutput> {
  const { profile, autoscaling, securityContext: security, links, timeouts } = spec;
  const { replicas } = autoscaling ?? {};
  const { seconds } = timeouts?.requestTimeout ?? {};
  return {
    type: profile?.type || undefined,
    description: profile?.shortDescription || undefined,
    ...describeContainer(spec, showEnv),
    replicas: replicas && { min: replicas.min, max: replicas.max },
    secrets: filled((security?.secrets ?? []).map(({ group, key }) => (group ? `${group}/${key}` : key))),
    service_account: security?.runAs?.k8sServiceAccount || undefined,
    allow_anonymous: security?.allowAnonymous,
    inputs: describeInputs(spec.inputs?.items ?? [], showEnv),
    links: filled(links.map(({ title, path }) => ({ title, path: redact(path) }))),
    request_timeout_s: seconds === undefined ? undefined : Number(seconds),
  };
}

function describeContainer(spec: Spec, showEnv: boolean) {
  const container = readContainer(spec);
  if (container === undefined) return {};
  const { image, command, args, ports, env, resources } = container;
  return {
    image,
    command: filled(maskWords(command)),
    args: filled(maskWords(args)),
    ports: filled([...ports]),
    env: env.length === 0 ? undefined : maskEnv(env, showEnv),
    resources: Object.keys(resources).length === 0 ? undefined : resources,
  };
}

function describeInputs(inputs: readonly Input[], showEnv: boolean): Record<string, string> | undefined {
  if (inputs.length === 0) return undefined;
  return Object.fromEntries(inputs.map((input) => [input.name, describeInput(input, showEnv)] as const));
}

function describeInput({ name, value }: Input, showEnv: boolean): string {
  if (value.case === "appId") return `app ${value.value.name}`;
  if (value.case === "artifactId") return `artifact ${value.value.key?.name ?? ""}`;
  return showEnv && !isSecretLike(name) ? redact(value.value ?? "") : MASK;
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}
