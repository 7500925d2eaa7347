import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { Plane } from "../plane.ts";
import { createAction } from "../state/actions.ts";
import { isTerminal } from "../state/phases.ts";
import type { ActionRow } from "../state/state.ts";
import { sleep } from "../watch/sleep.ts";
import { createConditionRow, createTaskRow } from "./children.ts";
import { toArguments } from "./literals.ts";
import { reportStatus } from "./phases.ts";
import type { ScriptContext } from "./script.ts";
import { readInputs, readOutput } from "./storage.ts";
import { createUserError, isTaskError } from "./task-error.ts";
import { listAttempts } from "../state/attempts.ts";

/** Thrown inside of a script to leave it when its action is aborted. */
const STOP = new Error("the action has been aborted");

/** What the script of an attempt works with; `run` runs a child to its end. */
export function createContext(
  plane: Plane,
  row: ActionRow,
  attempt: number,
  run: (child: ActionRow) => Promise<void>,
  signal: AbortSignal,
): ScriptContext {
  return {
    // Read inside of the script, so that inputs which are none fail the attempt.
    get args() {
      return toArguments(readInputs(plane, row));
    },
    log(message) {
      row.logs.push({ attempt, at: plane.clock(), message });
      plane.logChanges.publish(row);
    },
    async wait(ms) {
      if (!(await sleep(ms, signal))) throw STOP;
    },
    async runChild(name, taskName, args) {
      const child = addChild(plane, row, createTaskRow(plane, row, name, taskName, args));
      if (!isTerminal(child.phase)) await run(child);
      if (signal.aborted) throw STOP;
      return readResult(plane, child);
    },
    readBlob: (uri) => plane.state.blobs[uri],
    keepImage(name, fqin) {
      plane.state.images.push({ name, fqin, buildRun: row.id.run });
      plane.changed();
    },
    async awaitSignal(name, question) {
      const child = addChild(plane, row, createConditionRow(plane, row, name, question));
      reportStatus(plane, child, { attempt: 0, phase: ActionPhase.PAUSED, at: plane.clock() });
      const answer = await nextSignal(plane, child, signal);
      reportStatus(plane, child, { attempt: 0, phase: ActionPhase.SUCCEEDED, at: plane.clock() });
      return answer;
    },
  };
}

/** A plane forgets how often the parent was tried, until the parent ends. */
function addChild(plane: Plane, parent: ActionRow, child: ActionRow): ActionRow {
  parent.attempts = 0;
  return createAction(plane, child);
}

/** What a child returned; its failure is thrown as its own. */
function readResult(plane: Plane, child: ActionRow): Literal | undefined {
  if (child.phase === ActionPhase.SUCCEEDED) return readOutput(plane, child);
  const info = listAttempts(child).at(-1)?.errorInfo;
  const fallback = createUserError("RuntimeError", `action ${child.id.name} was aborted`, child.id.name);
  if (!info) throw fallback;
  const error = Object.assign(new Error(info.message), {
    kind: info.kind,
    exception: "RuntimeUserError",
    traceback: [info.message],
  });
  throw isTaskError(error) ? error : fallback;
}

async function nextSignal(plane: Plane, child: ActionRow, signal: AbortSignal): Promise<Literal> {
  const changes = plane.actionChanges.subscribe(signal);
  try {
    while (!child.signal) {
      if (isTerminal(child.phase))
        throw createUserError(
          "RuntimeError",
          `condition ${child.condition?.name} was aborted`,
          child.id.name,
        );
      if ((await changes.next()).done) throw STOP;
    }
    return child.signal;
  } finally {
    await changes.return?.();
  }
}
