import { fitAnswer } from "./answer.ts";
import type { Json } from "./answer.ts";

interface Fitted {
  [key: string]: unknown;
  truncated: { cuts: { path: string; shown: number; total: number }[]; hint: string };
}

const fit = (answer: { [key: string]: Json }, limit?: number) =>
  fitAnswer(answer, limit) as unknown as Fitted;
const sizeOf = (value: unknown) => JSON.stringify(value).length;
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

const HINT = "Ask for less: a smaller limit, a filter, or the single value by its own tool or link.";

describe("an answer that fits", () => {
  it("is left alone", () => {
    const answer = { rows: many(100, (id) => ({ id })), text: "x".repeat(20_000) };
    expect(fitAnswer(answer)).toBe(answer);
  });

  it("is left alone at the very limit", () => {
    const answer = { text: "x".repeat(40_000 - '{"text":""}'.length) };
    expect(sizeOf(answer)).toBe(40_000);
    expect(fitAnswer(answer)).toBe(answer);
  });
});

describe("an answer that does not fit", () => {
  it("loses the end of its longest list and says so", () => {
    const rows = many(4_000, (id) => ({ id, name: `run-${id}` }));
    const fitted = fit({ rows, next_token: "t", kinds: ["a", "b"] });
    const shown = (fitted["rows"] as unknown[]).length;
    expect(sizeOf(fitted)).toBeLessThanOrEqual(40_000);
    expect(shown).toBeGreaterThan(500);
    expect(fitted).toEqual({
      rows: rows.slice(0, shown),
      next_token: "t",
      kinds: ["a", "b"],
      truncated: { cuts: [{ path: "rows", shown, total: 4_000 }], hint: HINT },
    });
  });

  it("loses the end of a huge text and says how long it was", () => {
    const fitted = fit({ log: "x".repeat(100_000), name: "a" });
    expect(fitted).toEqual({
      log: `${"x".repeat(8_000)}… [cut: 100000 characters]`,
      name: "a",
      truncated: { cuts: [{ path: "log", shown: 8_000, total: 100_000 }], hint: HINT },
    });
  });

  it("does not cut a character in half", () => {
    const fitted = fit({ a: `x${"😀".repeat(30_000)}`, b: many(9, () => "😀".repeat(3_999)) });
    expect(JSON.stringify(fitted)).not.toMatch(/\\ud[89a-f]/);
    expect(fitted["a"]).toMatch(/^x(😀)+…/u);
  });

  it("loses texts in lists, by their path", () => {
    const fitted = fit({ items: [{ log: "short" }, { log: "y".repeat(50_000) }] });
    expect(fitted.truncated.cuts).toEqual([{ path: "items[1].log", shown: 8_000, total: 50_000 }]);
  });

  it("loses the largest part inside nested objects first", () => {
    const fitted = fit({
      outputs: { o0: { frame: many(20_000, (i) => i), columns: ["a", "b"] }, o1: "small" },
    });
    expect(fitted["outputs"]).toMatchObject({ o0: { columns: ["a", "b"] }, o1: "small" });
    expect(fitted.truncated.cuts).toHaveLength(1);
    expect(fitted.truncated.cuts[0]).toMatchObject({ path: "outputs.o0.frame", total: 20_000 });
  });

  it("does not change what it was given", () => {
    const answer = { rows: many(10_000, (id) => ({ id })) };
    fitAnswer(answer);
    expect(answer.rows).toHaveLength(10_000);
  });

  it("tells of ten cuts at the most", () => {
    const fitted = fit(Object.fromEntries(many(30, (i) => [`log_${i}`, "x".repeat(20_000)])));
    expect(fitted.truncated.cuts).toHaveLength(10);
  });
});

/** A value in a list of one in a list of one ... */
function nest(depth: number, value: Json): Json {
  return many(depth, () => 0).reduce<Json>((inner) => [inner], value);
}

// Shapes that leave little to cut by; each must come out below the limit all the same.
const SHAPES: [string, { [key: string]: Json }][] = [
  ["many long texts", Object.fromEntries(many(40, (i) => [`t${i}`, "x".repeat(9_000)]))],
  ["many short texts", Object.fromEntries(many(10_000, (i) => [`key_${i}`, "short"]))],
  ["many numbers", Object.fromEntries(many(20_000, (i) => [`key_${i}`, i]))],
  ["many lists of one", Object.fromEntries(many(10_000, (i) => [`key_${i}`, [i]]))],
  ["many short lists below one key", { rows: Object.fromEntries(many(10_000, (i) => [`key_${i}`, [i, i]])) }],
  ["a wide object in a list of one", { rows: [Object.fromEntries(many(10_000, (i) => [`key_${i}`, i]))] }],
  ["a list of lists", { rows: many(300, () => many(300, (i) => i)) }],
  [
    "a deep nest",
    many(200, (i) => i).reduce<{ [key: string]: Json }>((n) => ({ n, t: "x".repeat(400) }), {}),
  ],
  ["lists of one in lists of one", { rows: nest(500, "x".repeat(50_000)) }],
  ["many lists of one in lists of one", { rows: many(100, () => nest(500, "x")) }],
  ["long keys", { rows: Object.fromEntries(many(20, (i) => [`${i}${"k".repeat(5_000)}`, "x".repeat(200)])) }],
  ["a path of long keys", { ["k".repeat(9_000)]: { ["l".repeat(9_000)]: "x".repeat(90_000) } }],
  ["long keys at the top", Object.fromEntries(many(20, (i) => [`${i}${"k".repeat(5_000)}`, i]))],
  ["texts that double when escaped", { log: '"'.repeat(100_000), rows: many(50, () => '"'.repeat(7_000)) }],
  ["texts of three bytes a character", { rows: many(50, () => "語".repeat(7_000)) }],
  ["texts of wide characters", { rows: many(20, () => "😀".repeat(6_000)) }],
];

describe("an answer of any shape", () => {
  it.each(SHAPES)("fits: %s", (_what, answer) => {
    for (const limit of [40_000, 10_000, 4_000]) {
      const fitted = fit(answer, limit);
      expect(sizeOf(fitted)).toBeLessThanOrEqual(limit);
      expect(fitted.truncated.hint).toBe(HINT);
      expect(fitted.truncated.cuts.length).toBeGreaterThan(0);
    }
  });
});
