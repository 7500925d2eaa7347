import { integer, readInteger, readLiteral, string } from "../literals.ts";
import type { Script } from "../script.ts";

/** `seed.add`: the sum of two integers. */
export const add: Script = async ({ args }) => integer(readInteger(args, "a") + readInteger(args, "b"));

/** `seed.everything`: gives its map back. */
export const everything: Script = async ({ args }) => readLiteral(args, "m");

/** `payroll.pay`: always the same word. */
export const pay: Script = async () => string("paid");
