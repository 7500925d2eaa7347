import { isoTime } from "@flyte-mcp/core";
import { describeError } from "@flyte-mcp/observe";
import type { LogTail, TailLine } from "@flyte-mcp/observe";
import { isPrimary } from "./check-pod.ts";
import type { PodChoice } from "./check-pod.ts";
import type { LogRead } from "./follow-log.ts";
import type { AttemptState } from "./read-attempt.ts";

const MOST_EVENTS = 10;
const MOST_EVENT_CHARACTERS = 300;
const MOST_LINKS = 10;

export interface Shown extends PodChoice {
  grep?: string | undefined;
  timestamps: boolean;
  /** What the lines may take together, in characters of JSON. */
  mostCharacters: number;
}

/** The lines and how they stand to the whole log; where there is none, what else is known of the attempt. */
export function describeLog({ state, tail }: LogRead, shown: Shown) {
  if (!tail || tail.stopped === "no_service" || (tail.stopped === "gone" && tail.read === 0)) {
    return { lines: [], complete: false, message: whyNone(state, tail), ...describeAttempt(state) };
  }
  if (tail.read > 0 && !tail.isSourced && !isPrimary(state.attempt?.logContext, shown)) {
    const message =
      "This control plane gives out the log of the primary container alone: leave pod and container out.";
    return { lines: [], complete: false, message };
  }
  const lines = fitLines(tail.lines, shown);
  return {
    lines,
    earlier_lines: tail.matched - lines.length || undefined,
    platform_lines: tail.system || undefined,
    complete: state.isOver && (tail.stopped === "end" || tail.stopped === "idle"),
    message: whatToKnow(state, tail, shown),
  };
}

function describeAttempt({ attempt, details }: AttemptState) {
  const result = details?.result;
  const error = attempt?.errorInfo ?? (result?.case === "errorInfo" ? result.value : undefined);
  const events = (attempt?.clusterEvents ?? []).slice(-MOST_EVENTS);
  const links = (attempt?.logInfo ?? []).filter(({ uri }) => uri !== "").slice(0, MOST_LINKS);
  return {
    error: error && describeError(error),
    abort_reason: result?.case === "abortInfo" ? result.value.reason : undefined,
    events: events.map(({ occurredAt, message }) =>
      `${isoTime(occurredAt) ?? ""} ${message.slice(0, MOST_EVENT_CHARACTERS)}`.trim(),
    ),
    log_links: links.map(({ name, uri }) => ({ name, uri })),
  };
}

function whyNone({ isOver, phase }: AttemptState, tail: LogTail | undefined): string {
  if (tail?.stopped === "no_service")
    return "This control plane serves no logs; log_links, where there are any, lead to them.";
  if (!isOver)
    return `Nothing is printed yet: the attempt is ${phase}. Call again, or give wait_s to wait for it.`;
  if (tail) return "Flyte has no log of this attempt any more: its pod is gone.";
  return "No container of this attempt was started, so it printed nothing; events say how far it came.";
}

function whatToKnow({ isOver }: AttemptState, tail: LogTail, { grep }: Shown): string | undefined {
  if (tail.stopped === "cut" || tail.stopped === "gone")
    return "The stream broke off; call again to read on.";
  if (tail.stopped === "time")
    return isOver
      ? "The log is too long to be read to its end in time: newer lines may exist."
      : "The attempt prints on: newer lines may exist. Call again, or give a longer wait_s.";
  if (tail.matched > 0) return undefined;
  if (grep !== undefined && tail.read > tail.system)
    return `No line holds ${JSON.stringify(grep)}; ${tail.read} were read.`;
  if (tail.system > 0) return "Only the platform itself printed something; include_system shows it.";
  return tail.read > 0 ? "All lines are older than since." : "It has printed nothing.";
}

/** As many of the last lines as there is room for. */
function fitLines(lines: readonly TailLine[], { timestamps, pod, mostCharacters }: Shown): string[] {
  const texts = lines.map((line) => formatLine(line, timestamps, pod === "all"));
  let room = mostCharacters;
  let first = texts.length;
  while (first > 0 && (room -= JSON.stringify(texts[first - 1]).length + 1) >= 0) first--;
  return texts.slice(first);
}

function formatLine({ text, at, pod, container }: TailLine, hasTime: boolean, hasSource: boolean): string {
  const source = [pod, container].filter((name) => name !== undefined).join("/");
  return [hasTime ? at : "", hasSource && source ? `[${source}]` : "", text].filter(Boolean).join(" ");
}
