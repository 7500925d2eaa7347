const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** The hash to send with inputs that only lie at a URI: FNV-1a of 64 bits over it, as the Python SDK makes it. */
export function hashOfUri(uri: string): string {
  const hash = Buffer.from(uri, "utf8").reduce(
    (sum, byte) => BigInt.asUintN(64, (sum ^ BigInt(byte)) * PRIME),
    OFFSET,
  );
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(hash);
  return bytes.toString("base64url");
}
