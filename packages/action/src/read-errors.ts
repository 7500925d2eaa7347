import type { ToolContext } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { RunId } from "@flyte-mcp/observe";

/** Each is a call, and the messages of the first few say what the others say. */
const MOST_ERRORS = 8;
const LONGEST = 300;

/** The messages of failed actions by their names, as far as Flyte gives them. */
export async function readErrors(
  flyte: ToolContext["flyte"],
  run: RunId,
  names: readonly string[],
): Promise<Map<string, string>> {
  const read = async (name: string): Promise<[string, string][]> => {
    const { details } = await flyte(RunService).getActionDetails({ actionId: { run, name } });
    const message = details?.result.case === "errorInfo" ? details.result.value.message : "";
    return message === "" ? [] : [[name, shorten(message)]];
  };
  // The list is worth more than this addition to it.
  const errors = names.slice(0, MOST_ERRORS).map((name) => read(name).catch(() => []));
  return new Map((await Promise.all(errors)).flat());
}

function shorten(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
}
