import { internal } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { secretObject } from "../state/secrets.ts";
import type { SecretRow } from "../state/state.ts";

interface Request {
  project: string;
  domain: string;
  limit: number;
  token: string;
}

/** A page of the secrets of exactly that place, in the order of their Kubernetes names. */
export function listSecrets(plane: Plane, request: Request): { rows: SecretRow[]; token: string } {
  const { project, domain, limit } = request;
  const after = readToken(request.token);
  const rest = plane.state.secrets
    .filter((row) => row.project === project && row.domain === domain)
    .map((row) => ({ row, object: secretObject(row) }))
    .filter(({ object }) => object > after)
    .sort((a, b) => (a.object < b.object ? -1 : 1));
  const page = limit === 0 ? rest : rest.slice(0, limit);
  const last = page.at(-1);
  const token = last && page.length < rest.length ? writeToken(last.object) : "";
  return { rows: page.map(({ row }) => row), token };
}

/** As Kubernetes makes them: the name to go on after, which ends in a zero byte. */
function writeToken(object: string): string {
  const token = JSON.stringify({ v: "meta.k8s.io/v1", rv: 1, start: `/${object}\0` });
  return Buffer.from(token).toString("base64url");
}

function readToken(token: string): string {
  if (token === "") return "";
  try {
    const { start } = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as { start: string };
    return start.slice(1, -1);
  } catch {
    throw internal(`continue key is not valid: ${token}`);
  }
}
