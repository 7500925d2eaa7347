import { setTimeout as pause } from "node:timers/promises";
import { asSeen, linesOf } from "./replay/as-seen.ts";
import { callUnary, openStream, readRecording, recordedOutcome } from "./replay/call-plane.ts";
import type { Json, Step } from "./replay/call-plane.ts";
import type { SandboxServer } from "./start.ts";
import { startSandbox } from "./start.ts";

/** A run that the recorder had made before, and no step tells of. */
const EARLIER_RUN = "rt7pl6jktgcnnnxrbndl";
const QUIET_MS = 250;
const LONGEST_MS = 2_000;
const CHILD = /^[a-z0-9]{25}$/;

const steps = readRecording<Step>("executing-plane.jsonl").map(hurry);
/** Recorded names of children, and those that stand for them here. */
const names = new Map<string, string>();

let server: SandboxServer;
beforeAll(async () => {
  server = await startSandbox({ history: false, paceMs: 30 });
});
afterAll(() => server.close());

/** The task that prints took 12 s to do so. */
function hurry(step: Step): Step {
  return JSON.parse(JSON.stringify(step).replace('"floatValue":12', '"floatValue":3')) as Step;
}

function rename<T>(json: T): T {
  const text = [...names].reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(json));
  return JSON.parse(text) as T;
}

/** Every plane names children itself; they come in the same order. */
function learnNames(recorded: Json, played: Json): void {
  if (typeof recorded === "string" && typeof played === "string" && CHILD.test(recorded))
    names.set(recorded, names.get(recorded) ?? played);
  if (typeof recorded !== "object" || typeof played !== "object" || !recorded || !played) return;
  for (const [key, value] of Object.entries(recorded))
    learnNames(value, (played as Record<string, Json>)[key] ?? null);
}

async function readStream(step: Step): Promise<{ messages: Json[]; end: Json }> {
  const { seen, reading, leave } = await openStream(server.url, step);
  for (const call of step.meanwhile ?? []) {
    await untilQuiet(seen.messages);
    expect(asSeen(await callUnary(server.url, call))).toEqual(asSeen(recordedOutcome(call)));
  }
  if (typeof step.end === "object") await reading;
  else await untilQuiet(seen.messages);
  leave();
  await reading;
  return { messages: seen.messages, end: seen.end === undefined ? "open" : { end_of_stream: seen.end } };
}

async function untilQuiet(messages: Json[]): Promise<void> {
  let count = -1;
  for (let waited = 0; count !== messages.length && waited < LONGEST_MS; waited += QUIET_MS) {
    count = messages.length;
    await pause(QUIET_MS);
  }
}

const withoutEarlier = (json: Json) =>
  JSON.parse(JSON.stringify(json), (_key, value: Json) =>
    Array.isArray(value) ? value.filter((item) => !JSON.stringify(item).includes(EARLIER_RUN)) : value,
  ) as Json;

async function answer(step: Step): Promise<void> {
  const recorded = recordedOutcome(step);
  const played = await callUnary(server.url, rename(step));
  learnNames(recorded, played);
  expect(asSeen(played)).toEqual(withoutEarlier(asSeen(rename(recorded))));
}

/** How many messages a stream has depends on time; how it begins to be, what it says last and how it ends does not. */
async function followStream(step: Step): Promise<void> {
  const played = await readStream(rename(step));
  const messages = rename(step.messages?.map(({ message }) => message) ?? []);
  expect(played.end).toEqual(typeof step.end === "string" ? "open" : rename(step.end as Json));
  if (!step.rpc.endsWith("TailLogs")) return expectLast(played.messages, messages);
  const [left, right] = [linesOf(played.messages), linesOf(messages)];
  const both = typeof step.end === "object" ? Infinity : Math.min(left.length, right.length);
  expect(left.slice(0, both)).toEqual(right.slice(0, both));
}

function expectLast(played: readonly Json[], recorded: readonly Json[]): void {
  expect(asRead(played.at(-1) ?? null)).toEqual(asRead(recorded.at(-1) ?? null));
}

/** An action's row follows its last attempt within 100 ms: whether a watch ends before is a race, so the row is not compared. */
function asRead(message: Json): Json {
  const seen = asSeen(message) as { details?: Record<string, Json> };
  if (seen.details?.["attempts"] === undefined) return seen as Json;
  const { status: _status, errorInfo: _error, ...details } = seen.details;
  return { details };
}

it.each(steps.filter(({ n }) => n <= 60 || n >= 74))(
  "answers step $n as recorded: $rpc",
  async (step) => {
    // The recorder, too, took its time between one call and the next, but not to follow a run or to answer a gate.
    if (!/Watch|SignalEvent/.test(step.rpc)) await pause(QUIET_MS);
    return step.stream ? followStream(step) : answer(step);
  },
  20_000,
);
