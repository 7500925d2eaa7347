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
const WEIGHTS = { path: 4, title: 4, name: 0.5 };
/** A word's second use says less than its first, and a word of a long text less than one of a short one. */
const SATURATION = 2;
const LENGTH_SHARE = 0.75;
const TURN_EVERY_MS = 12;

const NAME = /^[ \t]*(?:async def|def|class|import|from|#{1,4})[ \t]+([^\n]+)$/gm;

/** Indexes a snapshot; gives way to other work while it does. */
export async function buildIndex(snapshot: Snapshot): Promise<TextIndex> {
  const counted: Counted[] = [];
  let turned = performance.now();
  for (const entry of snapshot.entries) {
    if (performance.now() - turned > TURN_EVERY_MS) {
      await turn();
      turned = performance.now();
    }
    counted.push(countTerms(entry, textOf(snapshot, entry)));
  }
  return pack(postingsOf(counted));
}

interface Counted {
  /** In the body, which a long text has more of than a short one. */
  body: ReadonlyMap<string, number>;
  /** Where a text says what it is about, weighted; its length says nothing there. */
  about: ReadonlyMap<string, number>;
  length: number;
}

function countTerms({ path, title }: Entry, text: string): Counted {
  const [body, about] = [new Map<string, number>(), new Map<string, number>()];
  const add = (terms: readonly string[], weight: number, counts = about) => {
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  const words = splitWords(text);
  add(words, 1, body);
  add(splitWords(path.replace(/\.\w+$/, "")), WEIGHTS.path);
  add(splitWords(title), WEIGHTS.title);
  for (const [, name = ""] of text.matchAll(NAME)) add(splitWords(name), WEIGHTS.name);
  return { body, about, length: words.length };
}

interface Posting {
  entries: number[];
  impacts: number[];
}

function postingsOf(counted: readonly Counted[]): Map<string, Posting> {
  const postings = new Map<string, Posting>();
  const average = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length);
  for (const [id, { body, about, length }] of counted.entries()) {
    const norm = 1 - LENGTH_SHARE + (LENGTH_SHARE * length) / Math.max(1, average);
    for (const term of new Set([...body.keys(), ...about.keys()])) {
      const count = (body.get(term) ?? 0) / norm + (about.get(term) ?? 0);
      const posting = postings.get(term) ?? { entries: [], impacts: [] };
      posting.entries.push(id);
      posting.impacts.push(Math.max(1, Math.round((255 * count) / (count + SATURATION))));
      if (posting.entries.length === 1) postings.set(term, posting);
    }
  }
  return postings;
}

function pack(postings: ReadonlyMap<string, Posting>): TextIndex {
  const size = [...postings.values()].reduce((sum, posting) => sum + posting.entries.length, 0);
  const starts = new Uint32Array(postings.size + 1);
  const [entries, impacts] = [new Uint32Array(size), new Uint8Array(size)];
  let [place, nth] = [0, 0];
  for (const posting of postings.values()) {
    entries.set(posting.entries, place);
    impacts.set(posting.impacts, place);
    place += posting.entries.length;
    starts[++nth] = place;
  }
  return { terms: [...postings.keys()], starts, entries, impacts };
}
