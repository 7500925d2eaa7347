import { IMAGE, openPlane } from "./deploy-plane.ts";
import type { DeployPlane } from "./deploy-plane.ts";
import { DEPLOY } from "./deploy-plane.ts";
import { HTTP, runToEnd } from "./built-apps.ts";

const image = ["--image", IMAGE];
const NONE = ["--", "--auth", "none"];

let plane: DeployPlane;
let hosted: DeployPlane;
let locked: DeployPlane;
const login = { clientId: "robot", clientSecret: "canary-client-secret-01" };
const LOGIN = { FLYTE_CLIENT_ID: login.clientId, FLYTE_CLIENT_SECRET: login.clientSecret };
beforeAll(async () => {
  plane = await openPlane();
  hosted = await openPlane({ hosted: "already_exists" });
  locked = await openPlane({}, { login });
});
afterAll(() => Promise.all([plane.close(), hosted.close(), locked.close()]));

type Case = [what: string, args: string[], sentence: string];

const WRONG: Case[] = [
  ["no image", [], "--image REF is missing"],
  ["an image that is none", ["--image", "a b"], "--image is not a reference of an image"],
  ["a digest that is none", ["--image", "x@sha256:123"], "--image is not a reference of an image"],
  ["a name in capitals", [...image, "--name", "Flyte"], "--name: must be lower-case letters"],
  ["a long name", [...image, "--name", "a".repeat(31)], "--name: must be at most 30 characters"],
  ["a name that ends in a dash", [...image, "--name", "a-"], "no dash last"],
  ...["8012", "8022", "8112", "9090", "9091"].map((port): Case => [
    `port ${port}`,
    [...image, "--container-port", port],
    "must not be one of 8012, 8022",
  ]),
  ["a variable without a value", [...image, "--env", "A"], "--env is given as NAME=VALUE."],
  ["a variable that is none", [...image, "--env", "1-A=x"], "--env needs a name of letters"],
  ["the plane's own variable", [...image, "--env", "PORT=1"], "the plane sets it itself"],
  ["a file of this machine", [...image, "--env", "FLYTECTL_CONFIG=/x"], "would name a file"],
  ["a secret that is none", [...image, "--secret", "a b"], "--secret is the name of a secret of the plane"],
  ["a secret's variable that is none", [...image, "--secret", "a:b-c"], "KEY or KEY:ENV"],
  [
    "a variable twice",
    [...image, "--env", "A=1", "--secret", "k:A"],
    "The variable A of the app is given twice",
  ],
  ["more replicas at least than at most", [...image, "--min-replicas", "2"], "is more than --max-replicas 1"],
  ["no replicas", [...image, "--max-replicas", "0"], "--max-replicas must be at least 1"],
  [
    "sessions over two replicas",
    [...image, "--max-replicas", "2", "--", "--transport", "sse", "--auth", "none", "--read-only"],
    "leave --max-replicas at 1",
  ],
  ...["", "one", "-1", "0", "1Gi", "1 "].map((cpu): Case => [
    `"${cpu}" CPU`,
    [...image, `--cpu=${cpu}`],
    "--cpu is",
  ]),
  ...["512MB", "0.5m", "1e"].map((size): Case => [
    `${size} of memory`,
    [...image, "--memory", size],
    "such as 512Mi or 1Gi",
  ]),
  ["a subdomain with a dot", [...image, "--subdomain", "a.b"], "--subdomain is"],
  ["a subdomain of unknown parts", [...image, "--subdomain", "{name}-{org}"], "--subdomain is"],
  ["a cluster and a pool", [...image, "--cluster", "a", "--cluster-pool", "b"], "give one of them"],
  ["an option of nobody", [...image, "--iamge", "x"], 'Unknown option --iamge. Did you mean "--image"'],
  ["callers' credentials", [...image, "--auth-type", "Passthrough"], "here is no caller"],
  ["an option of the server before the dashes", [...image, "--read-only"], "Unknown option --read-only."],
];

const WRONG_SERVER: Case[] = [
  ["an unknown option", ["--raed-only"], 'Did you mean "--read-only"?'],
  ["an unknown group", ["--tool-groups", "tsk"], 'Unknown tool group "tsk"'],
  ["an unknown tool", ["--tools", "get_rnu"], 'Did you mean "get_run"?'],
  ["an unknown way", ["--auth", "oauth"], "must be one of passthrough"],
  ["tokens without an issuer", ["--auth", "jwt"], "needs --jwt-issuer and --jwt-audience"],
  ["a shared secret that is missing", ["--auth", "shared-secret"], "needs FLYTE_MCP_SHARED_SECRET"],
  ["a secret's file", ["--shared-secret-file", "/x"], "give --secret KEY:FLYTE_MCP_SHARED_SECRET"],
  ["another port", ["--port", "9000"], "--container-port says"],
  ["another host", ["--host=127.0.0.1"], "all addresses of its container"],
  ["a config file", ["--config", "/x"], "no Flyte config file of this machine is in the app"],
  ["a word too many", ["word"], 'Unexpected argument "word"'],
];

describe("is refused before anything is sent:", () => {
  it.each([
    ...WRONG,
    ...WRONG_SERVER.map(([what, args, said]): Case => [`server: ${what}`, [...image, "--", ...args], said]),
  ])("%s", async (_what, args, sentence) => {
    const { code, stdout, stderr } = await plane.deploy(args);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(plane.count("Get") + plane.count("List") + plane.count("Create")).toBe(0);
  });

  it("a plane or a place that nobody named", async () => {
    const nowhere = await runToEnd(HTTP, ["deploy", ...image]);
    expect(nowhere).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("No Flyte endpoint is configured"),
    });
    const placeless = await runToEnd(HTTP, ["deploy", "--endpoint", plane.url, "--project", "p", ...image]);
    expect(placeless).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Give --domain or FLYTE_DOMAIN"),
    });
  });
});

describe("tools that write and no question who calls", () => {
  const OPEN = "Anybody could use this server's tools that write";

  it.each<[string, () => DeployPlane, string[], string]>([
    ["on an open-source plane", () => plane, [...image, ...NONE], "an open-source plane guards no app"],
    [
      "when callers' credentials go to a plane without a login",
      () => plane,
      image,
      "this plane has no login",
    ],
    ["on an open-source plane, only tried", () => plane, [...image, "--dry-run", ...NONE], "guards no app"],
    [
      "with --public",
      () => hosted,
      [...image, "--public", ...NONE],
      "--public lets requests without a login",
    ],
    [
      "with --public, only tried",
      () => hosted,
      [...image, "--public", "--dry-run", ...NONE],
      "--public lets",
    ],
  ])("are refused %s", async (_what, on, args, why) => {
    const { code, stderr, stdout } = await on().deploy(args);
    expect(stderr).toContain(OPEN);
    expect(stderr).toContain(why);
    expect(stderr).toContain("--anyone-may-call");
    expect({ code, stdout, created: on().count("Create") }).toEqual({ code: 2, stdout: "", created: 0 });
  });

  it.each<[string, () => DeployPlane, string[], Record<string, string>?]>([
    ["when they only read", () => plane, [...image, ...NONE, "--read-only"]],
    ["when the tools that are named only read", () => plane, [...image, ...NONE, "--tools", "get_run"]],
    ["when it is said in so many words", () => plane, [...image, "--anyone-may-call", ...NONE]],
    ["where the plane has a login before its apps", () => hosted, [...image, ...NONE]],
    [
      "when the server asks itself",
      () => plane,
      [...image, "--secret", "k:FLYTE_MCP_SHARED_SECRET", "--", "--auth", "shared-secret"],
    ],
    ["when callers' own credentials go to a plane that checks them", () => locked, image, LOGIN],
  ])("are let through %s", async (_what, on, args, env = {}) => {
    const { code, stderr } = await on().deploy([...args.slice(0, 2), "--dry-run", ...args.slice(2)], env);
    expect(stderr).not.toContain(OPEN);
    expect(code).toBe(0);
  });
});

describe("a warning", () => {
  it.each<[string, string[], string]>([
    ["of an image without a tag", ["--image", "registry.example:5000/mcp"], "has no tag"],
    ["of the tag latest", ["--image", "registry.example/mcp:latest"], "has the tag latest"],
    ["of an address that the app cannot reach", image, "is an address of this machine"],
    [
      "of a file that is not looked at",
      [...image, "--", "--policy", "/etc/policy.yaml"],
      "was not looked at here",
    ],
  ])("%s is given", async (_what, args, sentence) => {
    const tried = ["--dry-run", "--anyone-may-call"];
    const { code, stderr } = await plane.deploy([...args.slice(0, 2), ...tried, ...args.slice(2)]);
    expect(stderr).toContain(sentence);
    expect(code).toBe(0);
  });

  it("of credentials that nobody checks is given where the plane has no login", async () => {
    const { stderr } = await plane.deploy([...image, "--no-wait", "--", "--read-only"]);
    expect(stderr).toContain("This plane has no login");
    const digest = `registry.example/mcp@sha256:${"a".repeat(64)}`;
    const { stderr: quiet } = await hosted.deploy([
      "--image",
      digest,
      "--no-wait",
      "--env",
      "FLYTE_ENDPOINT=h",
    ]);
    expect(quiet.trim().split("\n")).toEqual([
      "flyte-mcp-http deploy: The app flytesnacks/development/flyte-mcp is created.",
    ]);
  });
});

it("asks for the credential of a server that calls Flyte as itself", async () => {
  const shared = ["--secret", "k:FLYTE_MCP_SHARED_SECRET", "--no-wait"];
  const server = ["--", "--auth", "shared-secret"];
  const given = [...image, ...shared];
  const without = await locked.deploy([...given, ...server], LOGIN);
  const mounted = await locked.deploy([...given, "--secret", "key:FLYTE_API_KEY", ...server], LOGIN);
  expect(without.stderr).toContain("give --secret KEY:FLYTE_API_KEY");
  expect(mounted.stderr).not.toContain("give --secret KEY:FLYTE_API_KEY");
  expect([without.code, mounted.code]).toEqual([0, 0]);
});

it("says what is missing on a plane without apps", async () => {
  const small = await openPlane({}, { execute: false });
  const { code, stderr } = await small.deploy(image);
  await small.close();
  expect(stderr).toContain("This control plane has no app service. Whoever runs it can switch it on");
  expect(code).toBe(1);
});

it("says where nothing answers", async () => {
  const { code, stderr } = await runToEnd(HTTP, [...DEPLOY, "--endpoint", "http://127.0.0.1:9", ...image]);
  expect(stderr).toContain("Nothing listens at http://127.0.0.1:9.");
  expect(code).toBe(1);
});
