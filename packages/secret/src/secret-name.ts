import { z } from "zod";

/** A Kubernetes secret holds the name within a key of at most 253 characters. */
const MOST_CHARACTERS = 200;

/** Names one secret; Flyte takes no other characters. */
export const secretName = z
  .string()
  .regex(/^[-a-zA-Z0-9_]+$/, "a secret's name has letters, digits, - and _ only")
  .max(MOST_CHARACTERS)
  .describe("The secret's name.");
