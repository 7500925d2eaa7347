/** As Kubernetes makes them: the name to go on after, which ends in a zero byte. */
export function writeContinueToken(name: string): string {
  const token = JSON.stringify({ v: "meta.k8s.io/v1", rv: 1, start: `/${name}\0` });
  return Buffer.from(token).toString("base64url");
}

/** The name to go on after, empty for an empty token; undefined for a text that is none. */
export function readContinueToken(token: string): string | undefined {
  if (token === "") return "";
  try {
    const { start } = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as { start: string };
    return start.slice(1, -1);
  } catch {
    return undefined;
  }
}
