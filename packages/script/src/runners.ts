import { create } from "@bufbuild/protobuf";
import type { VariableMap } from "@flyte-mcp/idl/core/interface";
import { VariableMapSchema } from "@flyte-mcp/idl/core/interface";
import type { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { packBundle } from "./pack-bundle.ts";
import { RUNNER, RUNNER_SOURCE, TIMEOUT_VARIABLE } from "./runner-source.ts";
import type { Runner } from "./script-task.ts";

const DEFAULT_RESOLVER = "flyte._internal.resolvers.default.DefaultTaskResolver";
const INTERNAL_RESOLVER = "flyte._internal.resolvers.internal.InternalTaskResolver";
const SDK_BUILDER = "flyte._run_python_script._build_script_runner_task";
const SCRIPT_FILE = "main.py";

type TypeInit = Exclude<MessageInitShape<typeof LiteralTypeSchema>, { $typeName: string }>;

const STRING = simple(SimpleType.STRING);
const ARGS: TypeInit = { type: { case: "collectionType", value: STRING } };
const SCRIPT_OUTPUT: TypeInit = {
  ...simple(SimpleType.STRUCT),
  structure: { tag: "Object-Dataclass-Transformer" },
};

/** Runs a script by uv, from our own bundle; what the script is comes with the inputs. */
export function uvRunner(timeoutS: number): Runner {
  return {
    bundle: packBundle(`${RUNNER.module}.py`, RUNNER_SOURCE),
    resolver: [DEFAULT_RESOLVER, "mod", RUNNER.module, "instance", RUNNER.task],
    inputs: variables({ args: ARGS, script: STRING }),
    outputs: variables({ o0: STRING }),
    env: { [TIMEOUT_VARIABLE]: String(timeoutS) },
  };
}

/** Runs a script by the Python of its image, as the SDK's own runner does; the script is the bundle. */
export function imageRunner(script: string, timeoutS: number): Runner {
  const named = ["task_builder", SDK_BUILDER, "script_name", SCRIPT_FILE, "timeout", String(timeoutS)];
  return {
    bundle: packBundle(SCRIPT_FILE, script),
    resolver: [INTERNAL_RESOLVER, ...named],
    inputs: variables({ args: ARGS, task_timeout: simple(SimpleType.INTEGER) }),
    outputs: variables({ o0: SCRIPT_OUTPUT }),
    env: {},
  };
}

function simple(value: SimpleType): TypeInit {
  return { type: { case: "simple", value } };
}

function variables(types: Record<string, TypeInit>): VariableMap {
  const entries = Object.entries(types).map(([key, type]) => ({ key, value: { type } }));
  return create(VariableMapSchema, { variables: entries });
}
