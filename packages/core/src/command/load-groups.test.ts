import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isSettingsError } from "../settings/settings-error.ts";
import { loadGroups } from "./load-groups.ts";

const GROUP = `{ name: "acme", description: "Acme.", tools: [
  { name: "greet", title: "Greet", description: "Greets.", effect: "read", input: {}, output: {}, run: () => ({}) },
] }`;

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "flyte-mcp-groups-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A package below `place` with the given manifest and files. */
function write(place: string, name: string, manifest: object, files: Record<string, string>): void {
  const root = join(folder, place, "node_modules", name);
  const all = { "package.json": JSON.stringify({ name, type: "module", ...manifest }), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

const load = (...names: string[]) =>
  loadGroups(names, {
    command: pathToFileURL(join(folder, "command/dist/main.js")).href,
    cwd: join(folder, "work/project"),
  });

async function refuse(name: string): Promise<string> {
  const error: unknown = await load(name).catch((thrown: unknown) => thrown);
  expect(isSettingsError(error)).toBe(true);
  return (error as Error).message;
}

describe("loadGroups", () => {
  it("gives nothing where nothing is named", async () => {
    expect(await loadGroups(undefined, { command: import.meta.url })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["main", { main: "lib/group.js" }, "lib/group.js"],
    ["no entry at all", {}, "index.js"],
    ["a single export", { exports: "./lib/group.js" }, "lib/group.js"],
    [
      "conditions",
      { exports: { types: "./x.d.ts", import: "./lib/group.js", default: "./x.cjs" } },
      "lib/group.js",
    ],
    [
      "subpaths",
      { exports: { "./more": "./x.js", ".": { node: { import: "./lib/group.js" } } } },
      "lib/group.js",
    ],
    ["a list", { exports: { ".": [{ browser: "./x.js" }, "./lib/group.js"] } }, "lib/group.js"],
  ])("finds a package that says where it begins by %s", async (_what, manifest, file) => {
    write("command", "@acme/group", manifest, { [file]: `export const acme = ${GROUP};` });
    expect((await load("@acme/group")).map(({ name }) => name)).toEqual(["acme"]);
  });

  it("takes every group that is exported, each once, and a package named twice once", async () => {
    const source = `export const a = ${GROUP}; export const b = { ...a, name: "other" }; export default a; export const n = 1;`;
    write("work", "acme-group", {}, { "index.js": source });
    const groups = await load("acme-group", "acme-group");
    expect(groups.map(({ name }) => name).sort()).toEqual(["acme", "other"]);
  });

  it("prefers what is installed beside the command to what the working directory brings along", async () => {
    write("command", "acme-group", {}, { "index.js": `export const acme = ${GROUP};` });
    write(
      "work/project",
      "acme-group",
      {},
      { "index.js": `export const acme = { ...${GROUP}, name: "planted" };` },
    );
    expect((await load("acme-group")).map(({ name }) => name)).toEqual(["acme"]);
  });

  it("says that a package is missing, and how to get it", async () => {
    expect(await refuse("@acme/none")).toMatch(
      /^The package @acme\/none of --group is not found from .*; install it with npm install @acme\/none\.$/,
    );
  });

  it.each(["../evil", "./group", "/etc/group", "@acme/group/lib/x.js", "..", "acme group"])(
    "looks for no package named %s",
    async (name) => {
      write("command", "@acme/group", {}, { "lib/x.js": `export const acme = ${GROUP};` });
      expect(await refuse(name)).toContain("is not found");
    },
  );

  it.each([
    ["export const x = 1;", "exports no tool group; it must export what defineToolGroup returns."],
    ["export const x = { name: 'x', description: 'x', tools: [{ name: 'y' }] };", "exports no tool group"],
    [`export const acme = { ...${GROUP}, prompts: [{ name: "y" }] };`, "exports no tool group"],
    ["throw new Error('broken inside\\nmore');", "cannot be loaded from"],
    ["import 'no-such-package-anywhere';", "cannot be loaded from"],
  ])("refuses a package whose code is %j", async (source, sentence) => {
    write("command", "acme-group", {}, { "index.js": source });
    expect(await refuse("acme-group")).toContain(sentence);
  });
});
