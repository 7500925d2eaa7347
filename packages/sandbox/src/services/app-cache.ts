import type { App, Identifier } from "@flyte-mcp/idl/app/app_definition";
import { toMicros } from "../clock.ts";
import type { Plane } from "../plane.ts";
import { readApp, serviceName, toApp } from "../state/apps.ts";

const KEPT_MICROS = 30_000_000n;

/** What Get answers: for half a minute the same, unless the app was changed through the service. */
export interface AppCache {
  /** Throws `not_found` for an app that does not exist. */
  read(id: Identifier): App;
  forget(id: Identifier): void;
}

export function createAppCache(plane: Plane): AppCache {
  const kept = new Map<string, { app: App; until: bigint }>();
  return {
    read(id) {
      const now = toMicros(plane.clock());
      const known = kept.get(serviceName(id));
      if (known && known.until > now) return known.app;
      const app = toApp(plane, readApp(plane, id));
      kept.set(serviceName(id), { app, until: now + KEPT_MICROS });
      return app;
    },
    forget: (id) => void kept.delete(serviceName(id)),
  };
}
