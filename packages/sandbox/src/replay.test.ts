import { setTimeout as pause } from "node:timers/promises";
import { callUnary, openStream, readRecording, recordedOutcome } from "./replay/call-plane.ts";
import type { Call, Json, Step } from "./replay/call-plane.ts";
import type { SandboxServer } from "./start.ts";
import { startSandbox } from "./start.ts";

/** What may differ from the recording, and why; an entry that is not needed fails the test. */
const DIFFERENCES = [
  {
    step: 146,
    path: "messages[0].taskGroups",
    unordered: "taskName",
    reason: "the plane collects them in a Go map",
  },
] as const;

const steps = readRecording<Step>("plane.jsonl");

/** Calls that must have been made before a step, though they are not recorded: later answers tell of them. */
const unrecorded = readRecording<Call & { before: number }>("plane-unrecorded.jsonl");

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const GENERATED_NAME = /^r[a-z0-9]{19}$/;
const QUIET_MS = 100;

let server: SandboxServer;
let wallClock = Date.parse("2026-11-23T04:45:47.500Z");
const counterparts = new Map<string, string>();
const sentTimes = new Set<string>();
const usedDifferences = new Set<object>();

beforeAll(async () => {
  server = await startSandbox({ execute: false, history: false, now: () => new Date(wallClock) });
});
afterAll(() => server.close());

/** Executors report times of their own; the plane's clock must not be behind them. */
function turnClock({ rpc, request }: Call): void {
  if (!rpc.startsWith("workflow.InternalRunService/")) return;
  const times = JSON.stringify(request).match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
  times.forEach((time) => sentTimes.add(time.replace(/\.?0*Z$/, "Z")));
  wallClock = Math.max(wallClock, ...times.map((time) => Date.parse(time) + 1));
}

/** Makes a call when the plane's clock is where the call puts it. */
function call(recorded: Call): Promise<Json> {
  turnClock(recorded);
  return callUnary(server.url, recorded);
}

async function untilQuiet(messages: Json[]): Promise<void> {
  for (let count = -1; count !== messages.length;) {
    count = messages.length;
    await pause(QUIET_MS);
  }
}

const phaseIn = (json: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (at as Record<string, Json> | undefined)?.[key], json);

/** Makes the calls of a stream; a change of the row goes out with its event where the recorder saw both at once. */
async function callMeanwhile(step: Step, messages: Json[], compare: Compare): Promise<void> {
  const calls = [...(step.meanwhile ?? [])];
  while (calls.length > 0) {
    await untilQuiet(messages);
    const next = phaseIn(step.messages?.[messages.length]?.message, "details", "status", "phase");
    const isSeenAtOnce =
      calls[1]?.rpc.endsWith("UpdateActionStatus") && phaseIn(calls[1].request, "status", "phase") === next;
    const now = calls.splice(0, isSeenAtOnce ? 2 : 1);
    const answers = await Promise.all(now.map(call));
    now.forEach((call, index) =>
      compare(recordedOutcome(call), answers[index] as Json, `meanwhile ${call.rpc}`),
    );
  }
}

async function callStream(step: Step, compare: Compare): Promise<Json> {
  const { seen, reading, leave } = await openStream(server.url, step);
  await callMeanwhile(step, seen.messages, compare);
  if (typeof step.end === "object") await reading;
  else await untilQuiet(seen.messages);
  leave();
  await reading;
  const end = seen.end === undefined ? "still open" : { end_of_stream: seen.end };
  return { messages: seen.messages, end };
}

type Compare = (recorded: Json, played: Json, path: string) => void;

/** Lists where an answer differs from the recorded one, after what differs from plane to plane is set equal. */
function createCompare(n: number, found: string[]): Compare {
  const compare: Compare = (recorded, played, path) => {
    const [left, right] = arrange(n, path, recorded, played);
    if (isBranch(left) && isBranch(right) && Array.isArray(left) === Array.isArray(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
        const below = Array.isArray(left) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
        compare(left[key] as Json, right[key] as Json, below);
      }
    } else if (!isSame(left, right, path)) {
      found.push(`${path}: recorded ${JSON.stringify(left)}, played ${JSON.stringify(right)}`);
    }
  };
  return compare;
}

function isBranch(json: Json): json is { [key: string]: Json } {
  return typeof json === "object" && json !== null;
}

function arrange(n: number, path: string, recorded: Json, played: Json): [Json, Json] {
  const known = DIFFERENCES.find((difference) => difference.step === n && difference.path === path);
  if (!known || !Array.isArray(recorded) || !Array.isArray(played)) return [recorded, played];
  const name = (item: Json) => String((item as Record<string, Json>)[known.unordered]);
  const sorted = (items: Json[]) => [...items].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  if (recorded.map(name).join() !== played.map(name).join()) usedDifferences.add(known);
  return [sorted(recorded), sorted(played)];
}

function isSame(recorded: Json, played: Json, path: string): boolean {
  if (recorded === played) return true;
  if (typeof recorded !== "string" || typeof played !== "string") return false;
  if (TIME.test(recorded)) return TIME.test(played) && isSameTime(recorded, played);
  if (path.endsWith(".durationMs")) return /^\d+$/.test(played);
  if (GENERATED_NAME.test(recorded) && GENERATED_NAME.test(played)) return isCounterpart(recorded, played);
  return withoutPort(recorded) === withoutPort(played);
}

/** What executors report comes back as it is; what the plane sets itself is always the same instant. */
function isSameTime(recorded: string, played: string): boolean {
  const [left, right] = [recorded, played].map((time) => time.replace(/\.?0*Z$/, "Z")) as [string, string];
  return sentTimes.has(left) ? left === right : isCounterpart(left, right);
}

/** A value that every plane makes anew stands for the same recorded one throughout. */
function isCounterpart(recorded: string, played: string): boolean {
  if (!counterparts.has(recorded)) counterparts.set(recorded, played);
  return counterparts.get(recorded) === played;
}

const withoutPort = (url: string) =>
  url.startsWith("http://127.0.0.1:") ? url.replace(/:\d+/, "").replace(/\?.*$/, "") : url;

it.each(steps)("answers step $n as recorded: $rpc", async (step) => {
  for (const earlier of unrecorded.filter(({ before }) => before === step.n))
    expect(await call(earlier)).toHaveProperty("response");
  const found: string[] = [];
  const compare = createCompare(step.n, found);
  const end = typeof step.end === "string" ? "still open" : (step.end as Json);
  const messages = step.messages?.map(({ message }) => message) ?? [];
  if (step.stream) compare({ messages, end }, await callStream(step, compare), "");
  else compare(recordedOutcome(step), await call(step), "");
  expect(found).toEqual([]);
});

it("needs every difference that it allows", () => {
  expect(DIFFERENCES.filter((difference) => !usedDifferences.has(difference))).toEqual([]);
});
