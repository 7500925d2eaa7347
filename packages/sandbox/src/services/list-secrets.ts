import { internal } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { secretObject } from "../state/secrets.ts";
import type { SecretRow } from "../state/state.ts";
import { readContinueToken, writeContinueToken } from "../wire/continue-token.ts";

interface Request {
  project: string;
  domain: string;
  limit: number;
  token: string;
}

/** A page of the secrets of exactly that place, in the order of their Kubernetes names. */
export function listSecrets(plane: Plane, request: Request): { rows: SecretRow[]; token: string } {
  const { project, domain, limit } = request;
  const after = readContinueToken(request.token);
  if (after === undefined) throw internal(`continue key is not valid: ${request.token}`);
  const rest = plane.state.secrets
    .filter((row) => row.project === project && row.domain === domain)
    .map((row) => ({ row, object: secretObject(row) }))
    .filter(({ object }) => object > after)
    .sort((a, b) => (a.object < b.object ? -1 : 1));
  const page = limit === 0 ? rest : rest.slice(0, limit);
  const last = page.at(-1);
  const token = last && page.length < rest.length ? writeContinueToken(last.object) : "";
  return { rows: page.map(({ row }) => row), token };
}
