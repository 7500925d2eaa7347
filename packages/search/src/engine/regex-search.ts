import { setImmediate as turn } from "node:timers/promises";
import { createToolError } from "@flyte-mcp/core";
import type { Hits } from "./hits.ts";
import type { Library } from "./library.ts";
import { linesWith } from "./literal-search.ts";
import { requiredTexts } from "./required-texts.ts";

export interface RegexHits {
  hits: Hits;
  /** Whether the pattern matches in a text, such as a path. */
  isIn(text: string): boolean;
  /** The time was over before all was seen. */
  stoppedEarly: boolean;
}

/** What one search may take of the one thread that all calls share. */
const MOST_MS = 700;
const TURN_EVERY_MS = 15;
const BLOCK = 4_096;
const LONGEST_LINE = 2_000;
/** Each costs time for each character in the worst case. */
const MOST_INSTRUCTIONS = 2_500;
const MOST_LINES = 20_000;

/** Whether a pattern is a regular expression that the engine takes; loads the engine. */
export async function compileRegex(pattern: string) {
  const { RE2JS } = await import("re2js");
  const flags =
    RE2JS.MULTILINE | (/\p{Lu}/u.test(pattern.replaceAll(/\\./g, "")) ? 0 : RE2JS.CASE_INSENSITIVE);
  const regex = compile();
  if (regex.programSize() > MOST_INSTRUCTIONS)
    throw refuse("The pattern repeats too much.", "Use smaller counts in {}.");
  return regex;

  function compile() {
    try {
      return RE2JS.compile(pattern, flags);
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "";
      throw refuse(
        `The pattern is no regular expression of the RE2 kind: ${why}.`,
        'RE2 has no look-around and no back-references; mode "literal" takes any text as it is.',
      );
    }
  }
}

function refuse(message: string, hint: string) {
  return createToolError({ code: "invalid_argument", message, hint });
}

type Regex = Awaited<ReturnType<typeof compileRegex>>;

/** The lines in which a pattern matches, in time that grows with the text alone; throws a tool error for a pattern that is none. */
export async function searchRegex(
  pattern: string,
  library: Library,
  isOpen: (id: number) => boolean,
  signal: AbortSignal,
): Promise<RegexHits> {
  const regex = await compileRegex(pattern);
  signal.throwIfAborted();
  const isIn = (text: string) => regex.test(text);
  const ends = performance.now() + MOST_MS;
  const texts = requiredTexts(pattern);
  const few = texts && linesWith(texts, true, library, isOpen);
  const hits = new Map<number, number[]>();
  let [turned, found] = [performance.now(), 0];
  for (const [id, blocks] of few ? linesOf(few, library) : blocksOf(library, isOpen)) {
    for (const { text, from } of blocks) {
      const now = performance.now();
      if (now > ends || found > MOST_LINES) return { hits, isIn, stoppedEarly: true };
      if (now - turned > TURN_EVERY_MS) {
        await turn();
        signal.throwIfAborted();
        turned = performance.now();
      }
      const places = matchesIn(regex, text).map((line) => from + line);
      found += places.length;
      if (places.length > 0) hits.set(id, [...(hits.get(id) ?? []), ...places]);
    }
  }
  return { hits, isIn, stoppedEarly: false };
}

interface Block {
  text: string;
  /** Where it begins in the bytes of the snapshot. */
  from: number;
}

function* linesOf(hits: Hits, { snapshot }: Library): Generator<[number, Iterable<Block>]> {
  for (const [id, places] of hits) {
    const lines = places.map((from) => {
      const end = snapshot.bytes.indexOf(10, from);
      const to = Math.min(end === -1 ? snapshot.bytes.length : end, from + LONGEST_LINE);
      return { text: snapshot.bytes.toString("utf8", from, to), from };
    });
    yield [id, lines];
  }
}

function* blocksOf(
  { snapshot }: Library,
  isOpen: (id: number) => boolean,
): Generator<[number, Iterable<Block>]> {
  for (const [id, { from, to }] of snapshot.entries.entries())
    if (isOpen(id)) yield [id, cutBlocks(snapshot.bytes, from, to)];
}

/** Whole lines of about BLOCK bytes: small enough that the clock is looked at between them. */
function* cutBlocks(bytes: Buffer, from: number, to: number): Generator<Block> {
  let begin = from;
  while (begin < to) {
    const newline = bytes.indexOf(10, Math.min(begin + BLOCK, to));
    const end = newline === -1 || newline >= to ? to : newline + 1;
    // A line that no one reads, such as a picture in text, is looked at as far as it would be shown.
    const isLong = end - begin > 2 * BLOCK;
    yield { text: bytes.toString("utf8", begin, isLong ? begin + 2 * BLOCK : end), from: begin };
    begin = end;
  }
}

/** Where the lines begin, in bytes of the block, in which the pattern matches. */
function matchesIn(regex: Regex, text: string): number[] {
  if (!regex.test(text)) return [];
  const places: number[] = [];
  let place = 0;
  for (const line of text.split("\n")) {
    if (regex.test(line.slice(0, LONGEST_LINE))) places.push(place);
    place += Buffer.byteLength(line) + 1;
  }
  return places;
}
