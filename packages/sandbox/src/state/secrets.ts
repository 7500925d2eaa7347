import { createHash } from "node:crypto";
import type { SecretIdentifier } from "@flyte-mcp/idl/secret/definition";
import type { Plane } from "../plane.ts";
import type { SecretRow } from "./state.ts";

// The open-source plane puts its one organisation here, whatever a request says.
const ORGANISATION = "flyte";

type Place = Pick<SecretIdentifier, "project" | "domain" | "name">;

export function findSecret(plane: Plane, id: Place | undefined): SecretRow | undefined {
  return plane.state.secrets.find(
    ({ project, domain, name }) => project === id?.project && domain === id.domain && name === id.name,
  );
}

/** The key under which a Kubernetes secret holds the value. */
export function secretKey({ project, domain, name }: Place): string {
  return `u__org__${ORGANISATION}__domain__${domain}__project__${project}__key__${name}`;
}

/** The name of the Kubernetes secret: the MD5 of its key. */
export function secretObject(place: Place): string {
  return createHash("md5").update(secretKey(place)).digest("hex");
}
