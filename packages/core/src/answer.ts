export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** No client shows more than this; most cut far below. */
export const ANSWER_LIMIT = 40_000;
const TEXT_LIMIT = 8_000;

interface Cut {
  path: string;
  shown: number;
  total: number;
}

/** Cuts an answer to what a model can read and says in `truncated` what was cut and how to get the rest. */
export function fitAnswer(answer: { [key: string]: Json }, limit = ANSWER_LIMIT): { [key: string]: Json } {
  if (sizeOf(answer) <= limit) return answer;
  const cuts: Cut[] = [];
  const shortened = cutTexts(answer, "", cuts) as { [key: string]: Json };
  const fitted = cutLists(shortened, limit - 1_000, cuts);
  const hint = "Ask for less: a smaller limit, a filter, or the single value by its own tool or link.";
  return { ...fitted, truncated: { cuts: cuts.slice(0, 10).map((cut) => ({ ...cut })), hint } };
}

function sizeOf(value: Json): number {
  return JSON.stringify(value).length;
}

function cutTexts(value: Json, path: string, cuts: Cut[]): Json {
  if (typeof value === "string") {
    if (value.length <= TEXT_LIMIT) return value;
    cuts.push({ path, shown: TEXT_LIMIT, total: value.length });
    return `${value.slice(0, TEXT_LIMIT)}… [cut: ${value.length} characters]`;
  }
  if (Array.isArray(value)) return value.map((item, index) => cutTexts(item, `${path}[${index}]`, cuts));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, cutTexts(item, join(path, key), cuts)] as const,
  );
  return Object.fromEntries(entries);
}

/** Halves the largest list or object until the whole fits. */
function cutLists(answer: { [key: string]: Json }, limit: number, cuts: Cut[]): { [key: string]: Json } {
  const rest = structuredClone(answer);
  while (sizeOf(rest) > limit) {
    const largest = findLargest(rest, "");
    if (!largest) break;
    const { holder, key, path } = largest;
    const value = holder[key] ?? null;
    const total = lengthOf(value);
    const shown = Math.floor(total / 2);
    holder[key] = Array.isArray(value) ? value.slice(0, shown) : shortened(value, shown);
    noteCut(cuts, { path, shown, total });
  }
  return rest;
}

interface Holder {
  holder: { [key: string]: Json };
  key: string;
  path: string;
}

function findLargest(node: { [key: string]: Json }, path: string): Holder | undefined {
  const candidates = Object.entries(node)
    .filter(([, value]) => lengthOf(value) > 0)
    .sort(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  const [key, value] = candidates[0] ?? [];
  if (key === undefined || value === undefined) return undefined;
  const own = { holder: node, key, path: join(path, key) };
  if (Array.isArray(value) && value.length === 1)
    return findLargest(value as unknown as typeof node, own.path) ?? own;
  const isNarrow =
    typeof value === "object" && value !== null && !Array.isArray(value) && lengthOf(value) <= 8;
  return isNarrow ? (findLargest(value as { [key: string]: Json }, own.path) ?? own) : own;
}

function lengthOf(value: Json): number {
  if (typeof value === "string") return value.length > 100 ? value.length : 0;
  if (value === null || typeof value !== "object") return 0;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function shortened(value: Json, shown: number): Json {
  if (typeof value === "string") return `${value.slice(0, shown)}…`;
  return Object.fromEntries(Object.entries(value as { [key: string]: Json }).slice(0, shown));
}

function noteCut(cuts: Cut[], cut: Cut): void {
  const earlier = cuts.find(({ path }) => path === cut.path);
  if (earlier) earlier.shown = cut.shown;
  else cuts.push(cut);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
