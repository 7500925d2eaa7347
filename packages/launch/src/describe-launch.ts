import { clone, create, toJson } from "@bufbuild/protobuf";
import { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import type { Launch } from "./launch-run.ts";

/**
 * What a dry run shows: inputs as JSON, or null where only their place is known, and the options as Flyte gets them.
 * Of environment variables that the call did not give itself only the names.
 */
export function describeLaunch(
  { inputs, runSpec }: Pick<Launch, "inputs" | "runSpec">,
  envGiven: Readonly<Record<string, string>> = {},
) {
  // A copy: what is sent keeps its values.
  const spec = clone(RunSpecSchema, create(RunSpecSchema, runSpec));
  for (const env of spec.envs?.values ?? []) if (!Object.hasOwn(envGiven, env.key)) env.value = "***";
  const sent = toJson(RunSpecSchema, spec) as Record<string, unknown>;
  return {
    dry_run: true,
    inputs: "literals" in inputs ? fromNamedLiterals(inputs.literals).values : null,
    run_spec: sent,
  };
}
