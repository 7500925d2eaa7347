import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "@connectrpc/connect";
import { isConflict, statusClass } from "@flyte-mcp/app/lifecycle";
import type { AppId } from "@flyte-mcp/app/lifecycle";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import type { AppService } from "@flyte-mcp/idl/app/app_service";
import type { Addresses } from "./build-app.ts";
import { isSameApp, mergeApp } from "./merge-app.ts";

const MOST_TRIES = 3;

/** What an app needs to be put onto a plane. */
export interface Placing {
  apps: Client<typeof AppService>;
  id: AppId;
  /** Why, as the plane keeps it. */
  reason: string;
  /** The app under the addresses that are known. */
  build(addresses: Addresses | undefined): App;
  /** Throws where something must not be sent. */
  check(app: App): void;
}

/** An app on its plane. */
export interface Placed {
  outcome: "created" | "updated" | "unchanged";
  /** As the plane showed it before the last change, undefined for a new one. */
  before: App | undefined;
  app: App;
}

/** Creates the app or changes the one of its name, and lets it answer to the address that the plane gives it. */
export async function placeApp(placing: Placing): Promise<Placed> {
  const known = await findApp(placing);
  const first = (known ? undefined : await tryCreate(placing)) ?? (await updateApp(placing, known));
  const addresses = addressesOf(first.app);
  if (addresses === undefined || first.outcome === "unchanged") return first;
  const again = await updateApp(placing, (await findApp(placing)) ?? first.app, addresses);
  return again.outcome === "unchanged" ? first : { ...again, outcome: first.outcome };
}

/** The app as the plane tells it, undefined where there is none. */
export async function findApp({ apps, id }: Pick<Placing, "apps" | "id">): Promise<App | undefined> {
  try {
    return (await apps.get({ identifier: { case: "appId", value: id } })).app;
  } catch (error) {
    if (ConnectError.from(error).code === Code.NotFound) return undefined;
    throw error;
  }
}

/** What the app would be, and whether that is a change. A stopped one is to be started. */
export function planUpdate(
  { build }: Pick<Placing, "build">,
  known: App,
  addresses: Addresses | undefined = addressesOf(known),
): { app: App; isChange: boolean } {
  const app = mergeApp(known, build(addresses));
  return { app, isChange: statusClass(known) === "stopped" || !isSameApp(known, app) };
}

/** Undefined where an app of that name turned up meanwhile. */
async function tryCreate({ apps, build, check }: Placing): Promise<Placed | undefined> {
  const asked = build(undefined);
  check(asked);
  try {
    const { app } = await apps.create({ app: asked });
    return { outcome: "created", before: undefined, app: app ?? asked };
  } catch (error) {
    const { code, cause } = ConnectError.from(error);
    if (cause === undefined && (code === Code.AlreadyExists || code === Code.Aborted)) return undefined;
    throw error;
  }
}

async function updateApp(placing: Placing, found: App | undefined, addresses?: Addresses): Promise<Placed> {
  const { apps, reason, check, id } = placing;
  let known = found;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    known ??= await findApp(placing);
    if (known === undefined) break;
    const { app, isChange } = planUpdate(placing, known, addresses);
    if (!isChange) return { outcome: "unchanged", before: known, app: known };
    check(app);
    try {
      const updated = await apps.update({ app, reason });
      return { outcome: "updated", before: known, app: updated.app ?? app };
    } catch (error) {
      if (!isConflict(error)) throw error;
      known = undefined;
    }
  }
  throw new Error(
    `The app ${id.name} was changed by somebody else each time that this was tried; it was left as it is. Try again.`,
  );
}

/** Where the plane says that an app is; of a stopped one only its own settings still tell. */
function addressesOf({ status, spec }: App): Addresses | undefined {
  if (status?.ingress?.publicUrl) return status.ingress;
  const args = spec?.appPayload.case === "container" ? spec.appPayload.value.args : [];
  const index = args.indexOf("--public-url");
  const publicUrl = index === -1 ? undefined : args[index + 1];
  return publicUrl === undefined ? undefined : { publicUrl, cnameUrl: "", vpcUrl: "" };
}
