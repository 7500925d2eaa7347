import { randomInt } from "node:crypto";
import { z } from "zod";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const RANDOM_LENGTH = 19;

/** A run name as Flyte makes them; made on our side, so that it is known before anything is sent and nothing can make two runs of it. */
export function createRunName(): string {
  const letters = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `r${letters.join("")}`;
}

/** Flyte takes DNS-1035 labels of at most 30 characters. */
export const runNameInput = z
  .string()
  .max(30, "a run name has at most 30 characters")
  .regex(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    "a run name has a-z, 0-9 and -, begins with a letter and ends without -",
  )
  .optional()
  .describe("a-z, 0-9, -; at most 30. Default: made up.");
