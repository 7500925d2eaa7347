import type { AddressInfo, Server, Socket } from "node:net";

/** Servers of one test on free loopback ports, closed together with every connection to them. */
export interface OpenServers {
  /** Its port. */
  listen(server: Server): Promise<number>;
  close(): Promise<void>;
}

export function createOpenServers(): OpenServers {
  const open: Server[] = [];
  const sockets = new Set<Socket>();
  return {
    async listen(server) {
      open.push(server);
      server.on("connection", (socket) => {
        sockets.add(socket);
        // A client that is gone is no fault of a test's server.
        socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return (server.address() as AddressInfo).port;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
