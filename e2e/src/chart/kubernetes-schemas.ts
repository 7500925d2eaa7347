import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

/** Kubernetes itself, which carries the description of its API. */
const KUBERNETES = "k8s.io/kubernetes@v1.34.1";
const SPEC = "api/openapi-spec/swagger.json";

interface Definition {
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

export interface Manifest {
  apiVersion: string;
  kind: string;
}

/** Says what the API would refuse of a manifest; undefined where no Go is there to fetch the description. */
export function readKubernetesSchemas(): ((manifest: Manifest) => string[]) | undefined {
  const text = download();
  if (text === undefined) return undefined;
  const { definitions } = JSON.parse(text) as { definitions: Record<string, Definition> };
  // As a server does that is asked to be strict: a field that it does not know is a mistake.
  for (const each of Object.values(definitions)) if (each.properties) each.additionalProperties ??= false;
  definitions["io.k8s.apimachinery.pkg.util.intstr.IntOrString"] = { type: ["integer", "string"] } as object;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ definitions }, "kubernetes");
  return (manifest) => {
    const name = Object.keys(definitions).find((key) => isOf(manifest, definitions[key]));
    if (name === undefined) return [`Kubernetes has no ${manifest.apiVersion} ${manifest.kind}`];
    const validate = ajv.compile({ $ref: `kubernetes#/definitions/${name}` });
    validate(manifest);
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      `${manifest.kind}${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
    );
  };
}

function isOf({ apiVersion, kind }: Manifest, definition: Definition | undefined): boolean {
  const kinds = definition?.["x-kubernetes-group-version-kind"] ?? [];
  return kinds.some((each) => {
    const version = each.group === "" ? each.version : `${each.group}/${each.version}`;
    return kinds.length === 1 && version === apiVersion && each.kind === kind;
  });
}

function download(): string | undefined {
  try {
    const said = execFileSync("go", ["mod", "download", "-json", KUBERNETES], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return readFileSync(join((JSON.parse(said) as { Dir: string }).Dir, SPEC), "utf8");
  } catch {
    return undefined;
  }
}
