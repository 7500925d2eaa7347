import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { SecretIdentifier, SecretSchema } from "@flyte-mcp/idl/secret/definition";
import {
  OverallStatus,
  SecretIdentifierSchema,
  SecretPresenceStatus,
} from "@flyte-mcp/idl/secret/definition";
import type { SecretService } from "@flyte-mcp/idl/secret/secret";
import { alreadyExists, internal, invalidArgument, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { findSecret, secretKey, secretObject } from "../state/secrets.ts";
import type { SecretRow } from "../state/state.ts";
import { listSecrets } from "./list-secrets.ts";

const CLUSTER = "flyte-devbox";

/** Secrets as the open-source plane keeps them in Kubernetes; their values are let go of at once. */
export function createSecretService(plane: Plane): ServiceImpl<typeof SecretService> {
  return {
    createSecret({ id }) {
      storeSecret(plane, readPlace(id));
      return {};
    },
    updateSecret({ id }) {
      readSecret(plane, id);
      return {};
    },
    getSecret: ({ id }) => ({ secret: toSecret(readSecret(plane, id)) }),
    listSecrets(request) {
      assertPlace(request);
      const { rows, token } = listSecrets(plane, request);
      return { secrets: rows.map(toSecret), token };
    },
    deleteSecret({ id }) {
      const row = readSecret(plane, id);
      plane.state.secrets = plane.state.secrets.filter((other) => other !== row);
      plane.changed();
      return {};
    },
  };
}

function storeSecret(plane: Plane, id: SecretIdentifier): void {
  const [key, object] = [secretKey(id), secretObject(id)];
  if (findSecret(plane, id)) throw alreadyExists(`secrets "${object}" already exists`);
  if (!/^[-._a-zA-Z0-9]+$/.test(id.name)) {
    throw internal(
      `Secret "${object}" is invalid: data[${key}]: Invalid value: "${key}": a valid config key must consist of ` +
        "alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  }
  const { project, domain, name } = id;
  plane.state.secrets.push({ project, domain, name, createdAt: plane.clock() });
  plane.changed();
}

function readSecret(plane: Plane, id: SecretIdentifier | undefined): SecretRow {
  const row = findSecret(plane, readPlace(id));
  if (!row) throw notFound(`secret ${id?.name} not found`);
  return row;
}

function readPlace(id: SecretIdentifier | undefined): SecretIdentifier {
  const place = id ?? create(SecretIdentifierSchema);
  assertPlace(place);
  return place;
}

function assertPlace({ project, domain }: { project: string; domain: string }): void {
  if (project !== "" && domain === "")
    throw invalidArgument(
      `project-scoped secrets must also specify a domain, got project="${project}" domain="${domain}"`,
    );
}

/** What is shown of a secret: no RPC gives its value, and the open-source plane leaves out its type. */
function toSecret({ project, domain, name, createdAt }: SecretRow): MessageInitShape<typeof SecretSchema> {
  const cluster = { cluster: { name: CLUSTER }, presenceStatus: SecretPresenceStatus.PRESENT };
  return {
    id: { project, domain, name },
    secretMetadata: {
      // Kubernetes keeps whole seconds.
      createdTime: { seconds: createdAt.seconds },
      secretStatus: { overallStatus: OverallStatus.FULLY_PRESENT, clusterStatus: [cluster] },
    },
  };
}
