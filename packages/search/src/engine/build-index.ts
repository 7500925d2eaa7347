import { setImmediate as turn } from "node:timers/promises";
import { splitWords } from "./split-words.ts";
import { textOf } from "./snapshot.ts";
import type { Entry, Snapshot } from "./snapshot.ts";

/** Which entry has which term, and how much of it. */
export interface TextIndex {
  terms: readonly string[];
  /** Of term `i`, the places in `entries` and `impacts` are from `starts[i]` to `starts[i + 1]`. */
  starts: Uint32Array;
  entries: Uint32Array;
  /** 0 to 255: how much the term says of the entry, against the entry's length. */
  impacts: Uint8Array;
}

/** What a word counts, by where it is; in the body it counts 1. */
const WEIGHTS = { path: 6, title: 4, name: 2 };
/** A word's second use says less than its first, and a word of a long text less than one of a short one. */
const SATURATION = 1.6;
const LENGTH_SHARE = 0.55;
const TURN_EVERY_MS = 12;

const NAME = /^[ \t]*(?:async def|def|class|import|from|#{1,4})[ \t]+([^\n]+)$/gm;

/** Indexes a snapshot; gives way to other work while it does. */
export async function buildIndex(snapshot: Snapshot): Promise<TextIndex> {
  const postings = new Map<string, { entries: number[]; counts: number[] }>();
  const lengths: number[] = [];
  let turned = performance.now();
  for (const [id, entry] of snapshot.entries.entries()) {
    if (performance.now() - turned > TURN_EVERY_MS) {
      await turn();
      turned = performance.now();
    }
    const { counts, length } = countTerms(entry, textOf(snapshot, entry));
    lengths.push(length);
    for (const [term, count] of counts) {
      const posting = postings.get(term);
      if (posting) {
        posting.entries.push(id);
        posting.counts.push(count);
      } else postings.set(term, { entries: [id], counts: [count] });
    }
  }
  return pack(postings, lengths);
}

function countTerms({ path, title }: Entry, text: string): { counts: Map<string, number>; length: number } {
  const counts = new Map<string, number>();
  const add = (terms: readonly string[], weight: number) => {
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  const body = splitWords(text);
  add(body, 1);
  add(splitWords(path.replace(/\.\w+$/, "")), WEIGHTS.path);
  add(splitWords(title), WEIGHTS.title);
  for (const [, name = ""] of text.matchAll(NAME)) add(splitWords(name), WEIGHTS.name);
  return { counts, length: body.length };
}

function pack(
  postings: ReadonlyMap<string, { entries: number[]; counts: number[] }>,
  lengths: number[],
): TextIndex {
  const terms = [...postings.keys()];
  const size = [...postings.values()].reduce((sum, posting) => sum + posting.entries.length, 0);
  const starts = new Uint32Array(terms.length + 1);
  const [entries, impacts] = [new Uint32Array(size), new Uint8Array(size)];
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  let place = 0;
  for (const [index, posting] of [...postings.values()].entries()) {
    for (const [nth, id] of posting.entries.entries()) {
      const count = posting.counts[nth] ?? 0;
      const norm = 1 - LENGTH_SHARE + (LENGTH_SHARE * (lengths[id] ?? 0)) / Math.max(1, average);
      entries[place] = id;
      impacts[place] = Math.max(1, Math.round((255 * count) / (count + SATURATION * norm)));
      place++;
    }
    starts[index + 1] = place;
  }
  return { terms, starts, entries, impacts };
}
