export type Json = null | boolean | number | string | Json[] | JsonObject;

interface JsonObject {
  [key: string]: Json;
}

/** No client shows more than this; most cut far below. */
export const ANSWER_LIMIT = 40_000;
const TEXT_LIMIT = 8_000;
/** What the note on the cuts may take. */
const NOTE_LIMIT = 1_500;
/** No value is made smaller than this: any number fits, and a text still says something. */
const VALUE_MIN = 50;
const HINT = "Ask for less: a smaller limit, a filter, or the single value by its own tool or link.";

/** How much of a text, list or object is shown, by its path. */
type Cuts = Map<string, { shown: number; total: number }>;

/** Cuts an answer to what a model can read and says in `truncated` what was cut and how to get the rest. */
export function fitAnswer(answer: JsonObject, limit = ANSWER_LIMIT): JsonObject {
  if (sizeOf(answer) <= limit) return answer;
  const cuts: Cuts = new Map();
  const shortened = cutTexts(answer, "", cuts) as JsonObject;
  const fitted = shrinkObject(shortened, limit - NOTE_LIMIT, "", cuts);
  return { ...fitted, truncated: describeCuts(cuts) };
}

/** The first `limit` characters of a text, and how many it has. */
export function fitText(text: string, limit = ANSWER_LIMIT): string {
  return text.length <= limit ? text : `${headOf(text, limit)}… [cut: ${text.length} characters]`;
}

function describeCuts(cuts: Cuts): JsonObject {
  const told = [...cuts].slice(0, 10).map(([path, cut]) => ({ path: path.slice(-60), ...cut }));
  // Escapes can make a path six times as long.
  while (sizeOf({ cuts: told, hint: HINT }) > NOTE_LIMIT - 20) told.pop();
  return { cuts: told, hint: HINT };
}

function sizeOf(value: Json): number {
  return JSON.stringify(value).length;
}

function cutTexts(value: Json, path: string, cuts: Cuts): Json {
  if (typeof value === "string") {
    if (value.length <= TEXT_LIMIT) return value;
    noteCut(cuts, path, TEXT_LIMIT, value.length);
    return fitText(value, TEXT_LIMIT);
  }
  if (Array.isArray(value)) return value.map((item, index) => cutTexts(item, `${path}[${index}]`, cuts));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, cutTexts(item, join(path, key), cuts)] as const,
  );
  return Object.fromEntries(entries);
}

/** Makes a value fit `budget`, at least VALUE_MIN: texts and lists lose their end, objects their largest fields. */
function shrink(value: Json, budget: number, path: string, cuts: Cuts): Json {
  if (sizeOf(value) <= budget) return value;
  if (typeof value === "string") return shrinkText(value, budget, path, cuts);
  if (Array.isArray(value)) return shrinkList(value, budget, path, cuts);
  return value === null || typeof value !== "object" ? value : shrinkObject(value, budget, path, cuts);
}

function shrinkText(text: string, budget: number, path: string, cuts: Cuts): string {
  let shown = Math.min(text.length, budget);
  // Characters that JSON escapes take more room than they count.
  while (shown > 0 && sizeOf(`${headOf(text, shown)}…`) > budget) shown = Math.floor(shown * 0.9);
  noteCut(cuts, path, shown, text.length);
  return `${headOf(text, shown)}…`;
}

/** The first characters of a text, without half of one at the end: strict readers refuse it. */
function headOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

function shrinkList(list: Json[], budget: number, path: string, cuts: Cuts): Json[] {
  const whole = countFitting(
    list.map((item) => sizeOf(item)),
    budget - 2,
  );
  const isFirstCut = whole === 0 && budget > VALUE_MIN;
  const shown = isFirstCut ? 1 : whole;
  if (shown < list.length) noteCut(cuts, path, shown, list.length);
  if (!isFirstCut) return list.slice(0, whole);
  return list.slice(0, 1).map((item) => shrink(item, budget - 3, `${path}[0]`, cuts));
}

function shrinkObject(object: JsonObject, budget: number, path: string, cuts: Cuts): JsonObject {
  const entries = Object.entries(object).map(([key, value]) => ({ key, value, size: sizeOf(value) }));
  const least = entries.map(({ key, size }) => sizeOf(key) + 1 + Math.min(size, VALUE_MIN));
  const kept = entries.slice(0, countFitting(least, budget - 2));
  if (kept.length < entries.length) noteCut(cuts, path || "answer", kept.length, entries.length);
  const room = budget - 2 - kept.reduce((sum, { key }) => sum + sizeOf(key) + 2, 0);
  const cap = capOf(
    kept.map(({ size }) => size),
    room,
  );
  return Object.fromEntries(kept.map(({ key, value }) => [key, shrink(value, cap, join(path, key), cuts)]));
}

/** How many of the first sizes fit, with a comma after each. */
function countFitting(sizes: readonly number[], budget: number): number {
  let used = 0;
  const misfit = sizes.findIndex((size) => (used += size + 1) > budget);
  return misfit === -1 ? sizes.length : misfit;
}

/** The size to which each value may grow so that all together fit: small ones stay whole, large ones share the rest. */
function capOf(sizes: readonly number[], room: number): number {
  let left = room;
  const ascending = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return Math.max(share, VALUE_MIN);
    left -= size;
  }
  return room;
}

function noteCut(cuts: Cuts, path: string, shown: number, total: number): void {
  cuts.set(path, { shown, total: cuts.get(path)?.total ?? total });
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
