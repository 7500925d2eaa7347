import { existsSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { clientPrograms, createDeepLink, createSnippet } from "@flyte-mcp/clients";
import { errorCodes } from "@flyte-mcp/core/testing";
import { HTTP, STDIO, runToEnd, startHttp } from "./built-apps.ts";
import { expectBlock } from "./generated-block.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const listed = ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"];
const pages = execFileSync("git", listed, { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
const page = (name: string) => new URL(`../../docs/${name}`, import.meta.url);

it("lists what each error code means (npm run docs writes it)", () => {
  const rows = Object.entries(errorCodes).map(
    ([code, { means, help }]) => `| \`${code}\` | ${means} | ${help} |`,
  );
  expectBlock(
    page("troubleshooting.md"),
    "codes",
    ["| code | what it means | what helps |", "| --- | --- | --- |", ...rows].join("\n"),
  );
});

it("shows the entry of each client (npm run docs writes it)", () => {
  const local = { command: "npx", args: ["-y", "flyte-mcp"] };
  const remote = { url: "https://mcp.example.com/flyte-mcp/mcp" };
  const places = { platform: "linux" as const, home: "~", env: {} };
  const shown = clientPrograms.map((client) => {
    const fence = "```" + client.format;
    const blocks = [local, remote].map(
      (launch) => `${fence}\n${createSnippet(client, "flyte", launch)}\n\`\`\``,
    );
    const place = `\`flyte-mcp setup ${client.id}\`, or in \`${client.files(places)[0]}\` (on Linux):`;
    return [`### ${client.name}`, place, ...blocks, client.then, ...describeLink(client, local)].join("\n\n");
  });
  expectBlock(page("clients.md"), "clients", shown.join("\n\n"));
});

/** GitHub links to https alone. */
function describeLink(
  client: (typeof clientPrograms)[number],
  launch: { command: string; args: string[] },
): string[] {
  const link = createDeepLink(client, "flyte", launch);
  if (link === undefined) return [];
  if (link.startsWith("https:")) return [`[Add it to ${client.name}](${link}) by one click.`];
  return ["Opened as an address, this does it by one click:", `\`\`\`text\n${link}\n\`\`\``];
}

/** Headings become anchors as on GitHub. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );

describe("links", () => {
  it.each(pages)("of %s lead somewhere", (name) => {
    const text = readFileSync(join(ROOT, name), "utf8").replace(/```.*?```/gs, "");
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const dead = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [file = "", anchor] = link.split("#", 2);
      const target = file === "" ? join(ROOT, name) : join(ROOT, dirname(name), file);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
    });
    expect(dead).toEqual([]);
  });
});

/** Commands that no test can run here, and why. */
const ELSEWHERE: readonly [RegExp, string][] = [
  [
    /^npm (ci|install|init|run|pkg|test|start)\b|^npm ci && /,
    "the checks of the workspace and of e2e/install run it",
  ],
  [/^npx (nx|tsc)\b|^FLYTE_TEST_ENDPOINT=|^bash \.ci\/run/, "the checks of the workspace run it"],
  [/^mkdir |^npx flyte-mcp --group /, "e2e/install follows that page by the letter"],
  [/^claude mcp add /, "a program of somebody else's"],
  [
    /^npx @modelcontextprotocol\/inspector@/,
    "src/client-programs.test.ts runs it, at the version that it pins",
  ],
  [/^docker (build|run) /, "tools/image runs the stages of the images by hand"],
  [/^helm install flyte-mcp deploy\/helm\/flyte-mcp /, "src/chart renders the chart"],
];

const commands = pages.flatMap((name) => {
  const blocks = readFileSync(join(ROOT, name), "utf8").matchAll(/^ *```sh\n(.*?)^ *```/gms);
  const lines = [...blocks].flatMap(([, block = ""]) => block.replaceAll("\\\n", " ").trim().split("\n"));
  return lines.filter((line) => /^[^#\s]/.test(line)).map((line): [string, string] => [line.trim(), name]);
});
const ours = commands.filter(([line]) => /^(npx -y )?flyte-mcp(-http)? /.test(line));

describe("commands", () => {
  it("are all run by a test, or it is known why not", () => {
    const others = commands.filter((command) => !ours.includes(command));
    const unknown = others.filter(([line]) => !ELSEWHERE.some(([pattern]) => pattern.test(line)));
    expect(unknown).toEqual([]);
  });

  it.each(ours)("%s (%s) is one that the program takes", async (line) => {
    const words = line.replace(/^npx -y /, "").replace(/\s+#.*$/, "");
    const [program = "", ...args] = words.split(/\s+/);
    const file = program === "flyte-mcp-http" ? HTTP : STDIO;
    if (file === HTTP && args[0]?.startsWith("--")) return (await startHttp(args)).stop();
    const { code, stderr } = await runToEnd(file, args);
    // 2 is a command line or a setting that is wrong; 1 may be an answer, such as "refused".
    expect({ code, stderr }).not.toMatchObject({ code: 2 });
  });
});
