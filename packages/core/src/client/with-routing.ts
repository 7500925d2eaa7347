import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import { isNeverConnected } from "../errors/network-cause.ts";
import type { CallHeader } from "./call-trace.ts";
import { createClusterFinder } from "./cluster-finder.ts";
import { clusterNeed } from "./cluster-need.ts";
import type { ClusterNeed } from "./cluster-need.ts";
import { startCountdown } from "./countdown.ts";
import { readAll } from "./read-all.ts";

/** Sends calls for secrets, data, images and app logs to the cluster that the plane names; all others go `home`. */
export function withRouting(home: Transport, homeUrl: string, open: (url: string) => Transport): Transport {
  const finder = createClusterFinder(home, homeUrl);
  const opened = new Map<string, Transport>();
  const clusterAt = (url: string) => {
    const cluster = opened.get(url) ?? open(url);
    opened.set(url, cluster);
    return cluster;
  };
  async function send<T>(
    need: ClusterNeed | undefined,
    header: CallHeader,
    timeoutMs: number | undefined,
    call: (transport: Transport, leftMs: number | undefined) => Promise<T>,
  ): Promise<T> {
    if (!need) return call(home, timeoutMs);
    const left = startCountdown(timeoutMs);
    const url = await finder.find(need, header, timeoutMs);
    if (url === undefined) return call(home, left());
    return call(clusterAt(url), left()).catch(async (error: unknown) => {
      // An address that the plane sees and we do not; nothing has happened there.
      if (!(error instanceof ConnectError) || !isNeverConnected(error)) throw error;
      const answer = await call(home, left()).catch((second: unknown) => {
        throw isUnimplemented(second) ? error : second;
      });
      finder.forget(need);
      return answer;
    });
  }
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      send(clusterNeed(method, input), header, timeoutMs, (transport, leftMs) =>
        transport.unary(method, signal, leftMs, header, input, contextValues),
      ),
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      if (!isServerStream(method))
        return home.stream(method, signal, timeoutMs, header, input, contextValues);
      const requests = await readAll(input);
      const need = requests[0] && clusterNeed(method, requests[0]);
      return send(need, header, timeoutMs, (transport, leftMs) =>
        transport.stream(method, signal, leftMs, header, createAsyncIterable(requests), contextValues),
      );
    },
  };
}

function isServerStream(method: DescMethod): boolean {
  return method.methodKind === "server_streaming";
}

function isUnimplemented(error: unknown): boolean {
  return error instanceof ConnectError && error.code === Code.Unimplemented;
}
