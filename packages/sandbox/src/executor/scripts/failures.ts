import { readString } from "../literals.ts";
import type { Script } from "../script.ts";
import { createUserError } from "../task-error.ts";

/** `seed.fail`: raises what it was told. */
export const fail: Script = async ({ args }) => {
  throw createUserError("ValueError", readString(args, "message"), "fail");
};

/** `seed.flaky`: fails at every attempt. */
export const flaky: Script = async () => {
  throw createUserError("RuntimeError", "flaky failed", "flaky");
};
