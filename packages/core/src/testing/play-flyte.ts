import { createRouterTransport } from "@connectrpc/connect";
import type { ConnectRouter } from "@connectrpc/connect";
import { createGetBytes } from "../client/get-bytes.ts";
import { createPutBytes } from "../client/put-bytes.ts";
import type { Flyte } from "../client/flyte.ts";
import type { Scope } from "../contract.ts";
import { createConsoleUrl } from "../flyte/console-url.ts";

/** A Flyte played in this process by Connect routes: the sandbox's, or a few lines of a test. */
export function playFlyte(routes: (router: ConnectRouter) => void, defaults: Partial<Scope> = {}): Flyte {
  const transport = createRouterTransport(routes);
  return {
    transport,
    unsigned: transport,
    putBytes: createPutBytes(),
    getBytes: createGetBytes(),
    endpoint: "http://flyte.test",
    auth: "none",
    defaults: { project: "flytesnacks", domain: "development", ...defaults },
    consoleUrl: createConsoleUrl("http://console.test"),
    warnings: [],
    secrets: [],
  };
}
