import { Writable } from "node:stream";

/** Takes stdout for the protocol alone: what anything else writes there goes to stderr from now on. */
export function keepStdout(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  // A client that is gone cannot be answered.
  process.stdout.on("error", () => process.exit());
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      write(chunk, done);
    },
  });
}
