import { closeSync, openSync, writeSync } from "node:fs";
import { createSettingsError } from "@flyte-mcp/core";
import type { WatchedRpc } from "@flyte-mcp/core";
import { createLog } from "./log.ts";
import type { LogOptions } from "./log.ts";
import type { Trail, Watcher } from "./trail.ts";

/** Who did what to what, and what came of it: one record a call that may write. */
export interface Audit {
  watch: Watcher;
  /** Opens its file anew, after somebody moved it away; undefined where there is none. Throws where that fails, and stays in the old one. */
  reopen: (() => void) | undefined;
}

/** Records to a file, or with the log where none is named. Throws a settings error on a file that cannot be opened. */
export function createAudit(file: string | undefined, options: Omit<LogOptions, "level" | "write">): Audit {
  const target = file === undefined ? undefined : openFile(file);
  // Records are made whatever is logged beside them.
  const where = target ? { format: "json" as const, write: target.write } : {};
  const log = createLog({ ...options, ...where, level: "info" });
  return {
    watch(call, trail) {
      if (call.effect === "read") return undefined;
      const startedAt = Date.now();
      const writes: WatchedRpc[] = [];
      return {
        rpc: (rpc) => void (rpc.effect === "read" || writes.push(rpc)),
        end({ code, text }) {
          const targets = [...new Set(writes.flatMap((rpc) => rpc.targets))];
          const outcome = outcomeOf(code);
          log.info(
            {
              kind: "audit",
              request_id: trail.id,
              ...whoOf(trail),
              tool: call.name,
              effect: call.effect,
              outcome,
              ...(code !== "ok" && { code, message: text }),
              targets,
              rpcs: writes.map((rpc) => `${rpc.service}/${rpc.method} ${rpc.code}`),
              ms: Date.now() - startedAt,
            },
            `audit: ${call.name} ${outcome}`,
          );
        },
      };
    },
    reopen: target?.reopen,
  };
}

function whoOf({ caller, address }: Trail) {
  return { caller: caller?.id, ...(caller?.subject !== undefined && { subject: caller.subject }), address };
}

function outcomeOf(code: string): string {
  if (code === "ok" || code === "canceled") return code;
  return code === "permission_denied" || code === "unauthenticated" ? "refused" : "failed";
}

function openFile(path: string) {
  const open = () => openSync(path, "a", 0o600);
  let file: number;
  try {
    file = open();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw createSettingsError(
      `The audit log ${path} cannot be opened (${code}); give another by --audit-log.`,
    );
  }
  return {
    // At once and in order: a record that is lost with the process is none.
    write: (line: string) => void writeSync(file, line),
    reopen() {
      const next = open();
      closeSync(file);
      file = next;
    },
  };
}
