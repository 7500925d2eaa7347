import { integer, list, readInteger, string } from "../literals.ts";
import type { Script, ScriptContext } from "../script.ts";
import { createSystemError } from "../task-error.ts";

const DEFAULT_B = 2n;

function addChild({ runChild }: ScriptContext, index: number) {
  return runChild(`c${index}`, "seed.add", { a: integer(BigInt(index)), b: integer(DEFAULT_B) });
}

// All children are kept, and the plane lives in the server that a client waits for.
const MOST_CHILDREN = 1_000n;

function readCount({ args }: ScriptContext): bigint {
  const n = readInteger(args, "n");
  if (n > MOST_CHILDREN) throw createSystemError(`the sandbox starts at most ${MOST_CHILDREN} children`);
  return n;
}

/** `seed.fan_out`: one child after the other, and the list of what they return. */
export const fanOut: Script = async (context) => {
  const n = readCount(context);
  const sums = [];
  for (let index = 0; index < n; index++) sums.push(await addChild(context, index));
  return list(sums.filter((sum) => sum !== undefined));
};

/** `seed.fan_fail`: children at once, then one that fails, and its failure travels up. */
export const fanFail: Script = async (context) => {
  const n = readCount(context);
  await Promise.all(Array.from({ length: Number(n) }, (_, index) => addChild(context, index)));
  await context.runChild(`c${n}`, "seed.fail", { message: string("inner cause") });
  return integer(n);
};
