import { isoTime } from "@flyte-mcp/core";
import type { ContainerIdentifier, LogLine } from "@flyte-mcp/idl/logs/dataplane/payload";
import { LogLineOriginator } from "@flyte-mcp/idl/logs/dataplane/payload";
import { cutText, readMessage } from "./clean-log-text.ts";
import { createRing } from "./ring.ts";

/** One line of a log, cleaned and cut. */
export interface TailLine {
  text: string;
  /** RFC 3339 in UTC. */
  at?: string | undefined;
  pod?: string | undefined;
  container?: string | undefined;
}

/** Which lines are wanted. */
export interface LineFilter {
  /** How many of the last lines to keep (default 100, at most 2,000). */
  most?: number | undefined;
  /** Text that a line must hold, in any case; plain, for a pattern could take for ever. */
  grep?: string | undefined;
  /** Lines before this time are left out, in milliseconds since the epoch; those without a time are kept. */
  sinceMs?: number | undefined;
  /** Left out where the plane says that a line is of another one. */
  container?: string | undefined;
  /** Also what the platform itself prints (default false). */
  withSystem?: boolean | undefined;
}

export interface LineBatch {
  lines: LogLine[];
  container?: ContainerIdentifier | undefined;
}

export interface LineCollector {
  take(batch: LineBatch): void;
  /** The last lines that were wanted, and what was counted on the way. */
  result(): CollectedLines;
  /** The time of the newest line, in milliseconds since the epoch. */
  newestMs(): number;
}

export interface CollectedLines {
  lines: TailLine[];
  /** How many lines were wanted; more than there are lines when earlier ones had to go. */
  matched: number;
  /** How many messages were read. */
  read: number;
  /** How many were left out for being the platform's own. */
  system: number;
  /** Whether the plane said of which container lines are; the open-source one gives the primary container alone. */
  isSourced: boolean;
}

/** Only the few that are left at the end are worth a formatted time. */
type KeptLine = Omit<TailLine, "at"> & Pick<LogLine, "timestamp">;

const DEFAULT_LINES = 100;
const MOST_LINES = 2_000;

/** Keeps the last lines that pass the filter, in memory bounded by their number. */
export function createLineCollector(filter: LineFilter): LineCollector {
  const ring = createRing<KeptLine>(Math.min(filter.most ?? DEFAULT_LINES, MOST_LINES));
  const counts = { read: 0, system: 0, isSourced: false };
  let newestMs = 0;
  const isWanted = createMatcher(filter);
  let open: KeptLine | undefined;
  const close = () => {
    if (open) ring.push(open);
    open = undefined;
  };
  const takeLine = (line: LogLine, container: ContainerIdentifier | undefined) => {
    counts.read += 1;
    const ms = timeOf(line);
    if (ms !== undefined) newestMs = Math.max(newestMs, ms);
    if (ms !== undefined && filter.sinceMs !== undefined && ms < filter.sinceMs) return;
    const isSystem = isPlatform(line);
    if (isSystem && !filter.withSystem) return void (counts.system += 1);
    const source = sourceOf(line, container);
    if (open && open.pod === source.pod && open.container === source.container) open = undefined;
    close();
    const { texts, isOverwritten } = readMessage(line.message);
    for (const text of texts) {
      close();
      if (isWanted(text)) open = { text: cutText(text), timestamp: line.timestamp, ...source };
    }
    if (!isOverwritten) close();
  };
  return {
    take({ lines, container }) {
      if (container?.kubernetesContainerName) counts.isSourced = true;
      if (isOther(container?.kubernetesContainerName, filter.container)) return;
      lines.forEach((line) => takeLine(line, container));
    },
    result() {
      close();
      const lines = ring.items().map(({ timestamp, ...line }) => ({ ...line, at: isoTime(timestamp) }));
      return { lines, matched: ring.pushed(), ...counts };
    },
    newestMs: () => newestMs,
  };
}

function createMatcher({ grep }: LineFilter): (text: string) => boolean {
  if (grep === undefined) return () => true;
  const wanted = grep.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}

function isOther(name: string | undefined, wanted: string | undefined): boolean {
  return wanted !== undefined && name !== undefined && name !== "" && name !== wanted;
}

/** The SDK's notices count as the platform's, but an error never does. */
function isPlatform({ originator, message }: LogLine): boolean {
  if (originator === LogLineOriginator.SYSTEM) return true;
  return /\[flyte\] (?!ERROR|CRITICAL)/.test(message) && !message.includes("flyte.errors");
}

function timeOf({ timestamp }: LogLine): number | undefined {
  return timestamp && Number(timestamp.seconds) * 1000 + timestamp.nanos / 1e6;
}

function sourceOf({ shortPodName }: LogLine, container: ContainerIdentifier | undefined) {
  return {
    pod: container?.kubernetesPodName || shortPodName || undefined,
    container: container?.kubernetesContainerName || undefined,
  };
}
