import { createGroups } from "@flyte-mcp/composition";
import { openFlyte, readPolicy, selectTools } from "@flyte-mcp/core";
import type { Settings } from "@flyte-mcp/core";
import { runDoctor } from "@flyte-mcp/core/doctor";
import type { settings } from "./settings.ts";

/** Prints what the settings lead to, as the server itself would start with them, and ends the process. */
export async function doctor(
  version: string,
  given: Settings<typeof settings>,
  asJson: boolean,
): Promise<void> {
  selectTools(await createGroups(given.values, import.meta.url), await readPolicy(given.values));
  const about = { version, isInteractive: true, isSilent: true };
  await runDoctor({
    title: `flyte-mcp ${version}`,
    settings: given,
    asJson,
    isTerminal: process.stdout.isTTY,
    print: (text) => new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve())),
    open: () => openFlyte(given.values, () => import("@flyte-mcp/sandbox"), about),
  });
}
