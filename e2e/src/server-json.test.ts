import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { flyteSettings, policySettings } from "@flyte-mcp/core";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import type { JsonSchemaType } from "@modelcontextprotocol/sdk/validation/types.js";

const SERVER_JSON = new URL("../../server.json", import.meta.url);
const SCHEMA = "2025-12-11";
/** The registry's own program, which carries its schemas. */
const REGISTRY = "github.com/modelcontextprotocol/registry@v1.8.9";

interface Manifest {
  version: string;
  mcpName: string;
  repository: { url: string };
}

const manifestOf = (app: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../apps/${app}/package.json`, import.meta.url)), "utf8"),
  ) as Manifest;

const VARIABLES = {
  FLYTE_ENDPOINT: flyteSettings.endpoint,
  FLYTE_PROJECT: flyteSettings.project,
  FLYTE_DOMAIN: flyteSettings.domain,
  FLYTE_API_KEY: flyteSettings.apiKey,
  FLYTE_MCP_READ_ONLY: policySettings.readOnly,
};

function createServerJson() {
  const { version, mcpName, repository } = manifestOf("stdio");
  const environmentVariables = Object.entries(VARIABLES).map(([name, schema]) => {
    const { description, secret } = schema.meta() as { description?: string; secret?: boolean };
    return { name, description, ...(secret ? { isSecret: true } : {}) };
  });
  const npm = { registryType: "npm", version, environmentVariables };
  return {
    $schema: `https://static.modelcontextprotocol.io/schemas/${SCHEMA}/server.schema.json`,
    name: mcpName,
    title: "Flyte",
    description: "Run Flyte 2 tasks, follow the runs, read results and logs, find out why a run failed.",
    version,
    repository: { url: repository.url.replace(/^git\+|\.git$/g, ""), source: "github" },
    packages: [{ ...npm, identifier: "flyte-mcp", transport: { type: "stdio" } }],
  };
}

it("server.json is what the packages and settings say (npm run docs writes it)", () => {
  const expected = `${JSON.stringify(createServerJson(), null, 2)}\n`;
  if (process.env["UPDATE_DOCS"]) writeFileSync(SERVER_JSON, expected);
  expect(readFileSync(SERVER_JSON, "utf8")).toBe(expected);
});

/** The folder of the registry's schemas, or undefined where no Go is there to fetch it. */
function findSchemas(): string | undefined {
  try {
    const said = execFileSync("go", ["mod", "download", "-json", REGISTRY], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return join((JSON.parse(said) as { Dir: string }).Dir, "internal/validators/schemas");
  } catch {
    return undefined;
  }
}

const schemas = findSchemas();

(schemas === undefined ? it.skip : it)(
  "server.json is valid by the registry's schema, the newest there is (skipped where Go cannot fetch it)",
  () => {
    const folder = schemas ?? "";
    const released = readdirSync(folder).filter((file) => /^\d{4}-\d\d-\d\d\.json$/.test(file));
    expect(released.sort().at(-1)).toBe(`${SCHEMA}.json`);
    const schema = JSON.parse(readFileSync(join(folder, `${SCHEMA}.json`), "utf8")) as JsonSchemaType;
    const validate = new AjvJsonSchemaValidator().getValidator(schema);
    expect(validate(createServerJson())).toMatchObject({ valid: true });
    expect(validate({ ...createServerJson(), description: "x".repeat(101) })).toMatchObject({ valid: false });
  },
);
