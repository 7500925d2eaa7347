import { createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { HTTP, runToEnd, startHttp } from "../built-apps.ts";
import { IMAGE, openPlane, PLACE } from "../deploy-plane.ts";

const LONG_MS = 700_000;
const { FLYTE_TEST_ENDPOINT: endpoint, FLYTE_TEST_DEPLOY_IMAGE: image, ...env } = process.env;

interface Target {
  endpoint: string;
  place: { project: string; domain: string };
  image: string;
  accessToken?: string | undefined;
  caFile?: string | undefined;
  close(): Promise<void>;
}

/** Its apps are reached where the built server really answers. */
async function openSandbox(): Promise<Target> {
  const server = await startHttp([]);
  const plane = await openPlane({ publicUrl: new URL(server.url).origin, startMs: 200 });
  const close = async () => {
    await plane.close();
    await server.stop();
  };
  return { endpoint: plane.url, place: PLACE, image: IMAGE, close };
}

function openReal(at: string, its: string): Target {
  const { FLYTE_TEST_PROJECT: project = PLACE.project, FLYTE_TEST_DOMAIN: domain = PLACE.domain } = env;
  const { FLYTE_TEST_TOKEN: accessToken, FLYTE_TEST_CA_FILE: caFile } = env;
  const place = { project, domain };
  return { endpoint: at, place, image: its, accessToken, caFile, close: async () => undefined };
}

const targets: [title: string, open: () => Promise<Target>][] = [["the sandbox", openSandbox]];
// A real plane pulls a real image, so it is asked only where one is named.
if (endpoint && image) targets.push([endpoint, async () => openReal(endpoint, image)]);

describe.each(targets)("deploying to %s", (_title, open) => {
  const name = `contract-${Date.now().toString(36)}`;
  let target: Target;
  beforeAll(async () => (target = await open()));
  afterAll(async () => {
    const { endpoint: at, place, accessToken, caFile } = target;
    const flyte = createFlyte({ endpoint: at, ...place, accessToken, caFile });
    const appId = { org: flyte.defaults.org ?? "", ...place, name };
    await createClient(AppService, flyte.transport).delete({ appId });
    await target.close();
  });

  const deploy = (...options: string[]) => {
    const { endpoint: at, place, image: its, accessToken, caFile } = target;
    const where = ["--endpoint", at, "--project", place.project, "--domain", place.domain];
    const trust = caFile === undefined ? [] : ["--ca-file", caFile];
    const login: Record<string, string> =
      accessToken === undefined ? {} : { FLYTE_ACCESS_TOKEN: accessToken };
    return runToEnd(
      HTTP,
      ["deploy", ...where, ...trust, "--image", its, "--name", name, "--timeout", "300", ...options],
      { env: login },
    );
  };

  it(
    "creates an app that becomes active, and finds it again unchanged",
    async () => {
      const made = await deploy("--", "--read-only");
      expect(made.stderr).toContain(`${name} is created.`);
      expect(made.stdout).toContain("/flyte-mcp/mcp");
      expect(made.code).toBe(0);
      const again = await deploy("--", "--read-only");
      expect(again.stderr).toContain("no change");
      expect(again.code).toBe(0);
    },
    LONG_MS,
  );

  it(
    "changes it where something else is asked for",
    async () => {
      const changed = await deploy("--env", "CONTRACT=1", "--", "--read-only");
      expect(changed.stderr).toContain(`${name} is changed.`);
      expect(changed.code).toBe(0);
    },
    LONG_MS,
  );
});
