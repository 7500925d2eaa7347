import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import type { CallHeader } from "./call-trace.ts";
import { chooseCluster } from "./choose-cluster.ts";
import { scopeOf } from "./cluster-need.ts";
import type { ClusterNeed } from "./cluster-need.ts";

/** Where a call goes: a cluster's address, or undefined for the control plane. */
type Place = string | undefined;

export interface ClusterFinder {
  find(need: ClusterNeed, header: CallHeader, timeoutMs: number | undefined): Promise<Place>;
  /** Keeps to the control plane for this operation and project, as its answer leads nowhere. */
  forget(need: ClusterNeed): void;
}

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 1_000;
const LONGEST_MS = 10_000;
const NO_CLUSTERS = "no clusters";

/** Asks SelectCluster once for each operation and resource, once for each project on a plane that names itself, and once on one without it. */
export function createClusterFinder(
  home: Transport,
  homeUrl: string,
  now = () => performance.now(),
): ClusterFinder {
  const kept = new Map<string, { place: Place; until: number }>();
  const asked = new Map<string, Promise<Place>>();
  const keep = (key: string, place: Place) => {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { place, until: now() + KEPT_MS });
  };
  const known = (keys: string[]) =>
    keys.map((key) => kept.get(key)).find((entry) => entry && entry.until > now());
  async function ask(need: ClusterNeed, key: string, header: CallHeader, timeoutMs: number) {
    try {
      const place = chooseCluster(await select(home, need, header, timeoutMs), homeUrl);
      keep(place === undefined ? scopeKey(need) : key, place);
      return place;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      if (error.code === Code.Unimplemented) keep(NO_CLUSTERS, undefined);
      if (error.code === Code.Unimplemented || error.code === Code.NotFound) return undefined;
      throw error;
    }
  }
  return {
    async find(need, header, timeoutMs = LONGEST_MS) {
      const key = await resourceKey(need);
      const entry = known([NO_CLUSTERS, scopeKey(need), key]);
      if (entry) return entry.place;
      const question = `${key} ${identityOf(header)}`;
      const pending =
        asked.get(question) ??
        ask(need, key, header, Math.min(timeoutMs, LONGEST_MS)).finally(() => asked.delete(question));
      asked.set(question, pending);
      return pending;
    },
    forget: (need) => keep(scopeKey(need), undefined),
  };
}

/** Who asks: a refusal is meant for that caller alone. */
function identityOf(header: CallHeader): string {
  const headers = new Headers(header);
  headers.delete("x-request-id");
  return JSON.stringify([...headers]);
}

function scopeKey(need: ClusterNeed): string {
  return `${need.operation} ${scopeOf(need)}`;
}

/** Loaded at the first need: no start pays for it. */
const loadService = () => import("@flyte-mcp/idl/cluster/service");
const loadPayload = () => import("@flyte-mcp/idl/cluster/payload");

async function resourceKey(need: ClusterNeed): Promise<string> {
  const { SelectClusterRequestSchema } = await loadPayload();
  return Buffer.from(toBinary(SelectClusterRequestSchema, create(SelectClusterRequestSchema, need))).toString(
    "latin1",
  );
}

async function select(
  home: Transport,
  need: ClusterNeed,
  header: CallHeader,
  timeoutMs: number,
): Promise<string> {
  const { ClusterService } = await loadService();
  // No caller's signal: others wait for the same answer.
  const { message } = await home.unary(
    ClusterService.method.selectCluster,
    undefined,
    timeoutMs,
    header,
    need,
  );
  return message.clusterEndpoint;
}
