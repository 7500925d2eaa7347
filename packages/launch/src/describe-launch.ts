import { create, toJson } from "@bufbuild/protobuf";
import { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import type { Launch } from "./launch-run.ts";

/** What a dry run shows: inputs as JSON, or null where only their place is known, and the options as Flyte gets them. */
export function describeLaunch({ inputs, runSpec }: Pick<Launch, "inputs" | "runSpec">) {
  const sent = toJson(RunSpecSchema, create(RunSpecSchema, runSpec)) as Record<string, unknown>;
  return {
    dry_run: true,
    inputs: "literals" in inputs ? fromNamedLiterals(inputs.literals).values : null,
    run_spec: sent,
  };
}
