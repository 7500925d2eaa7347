import { clientPrograms } from "../clients.ts";
import { isSame, withEntry, withoutEntry } from "./change.ts";
import type { Spot } from "./change.ts";

const spotOf = (id: string): Spot => {
  const client = clientPrograms.find((candidate) => candidate.id === id);
  if (!client) throw new Error(id);
  return { client, name: "flyte" };
};
const cursor = spotOf("cursor");
const codex = spotOf("codex");
const entry = { command: "npx", args: ["-y", "flyte-mcp"] };
const ONE_LINE = `"flyte": {"command":"npx","args":["-y","flyte-mcp"]}`;
/** JSON without the spaces that only make it readable. */
const dense = (text: string) => text.replace(/\s+(?=([^"]*"[^"]*")*[^"]*$)/g, "");

describe("in JSON", () => {
  it.each([
    ["nothing", "", `{"mcpServers":{${ONE_LINE}}}`],
    ["an empty object", "{}", `{"mcpServers":{${ONE_LINE}}}`],
    ["other settings", `{"a":[1,{}]}`, `{"mcpServers":{${ONE_LINE}},"a":[1,{}]}`],
    ["an empty list of servers", `{"mcpServers":{}}`, `{"mcpServers":{${ONE_LINE}}}`],
    ["another server", `{"mcpServers":{"x":{}}}`, `{"mcpServers":{${ONE_LINE},"x":{}}}`],
  ])("joins %s", (_what, before, after) => {
    expect(dense(withEntry(before, cursor, entry))).toBe(dense(after));
  });

  it.each([
    ["comments", '{\n  // top\n  "mcpServers": { // these\n    /* x */ "x": {}, // last\n  }, // end\n}\n'],
    [
      "tabs and Windows line ends",
      '{\r\n\t"b": "it\'s // no comment",\r\n\t"mcpServers": {\r\n\t\t"x": {}\r\n\t}\r\n}\r\n',
    ],
    ["a single line", '{ "mcpServers": { "x": { "env": { "TOKEN": "t" } } }, "z": 1 }'],
    ["a comment in an empty list", '{\n    "mcpServers": {\n        // none yet\n    }\n}'],
    ["no list yet, and a comment", '{ // mine\n  "theme": "dark", // yes\n}\n'],
  ])("adds to %s without moving a byte", (_what, before) => {
    const after = withEntry(before, cursor, entry);
    const begin = [...before].findIndex((character, index) => character !== after[index]);
    const length = after.length - before.length;
    const at = [...Array(begin + 2).keys()].find(
      (index) => after.slice(0, index) + after.slice(index + length) === before,
    );
    expect(at).toBeDefined();
    expect(isSame(withoutEntry(after, cursor), before, cursor)).toBe(true);
  });

  it("writes in the style of the file", () => {
    const after = withEntry('{\n\t"mcpServers": {}\n}\n', cursor, entry);
    expect(after).toBe(
      '{\n\t"mcpServers": {\n\t\t"flyte": {\n\t\t\t"command": "npx",\n\t\t\t"args": [\n\t\t\t\t"-y",\n\t\t\t\t"flyte-mcp"\n\t\t\t]\n\t\t}\n\t}\n}\n',
    );
  });

  it("keeps what else a person gave the entry", () => {
    const before = '{ "mcpServers": { "flyte": { "command": "old", "env": { "A": "b" }, "args": [] } } }';
    const after = JSON.parse(withEntry(before, cursor, entry)) as unknown;
    expect(after).toEqual({ mcpServers: { flyte: { ...entry, env: { A: "b" } } } });
  });

  it("lets a command make way for an address, and back", () => {
    const launched = withEntry("{}", cursor, entry);
    const remote = withEntry(launched, cursor, { url: "https://x.example/mcp" });
    expect(JSON.parse(remote)).toEqual({ mcpServers: { flyte: { url: "https://x.example/mcp" } } });
    expect(JSON.parse(withEntry(remote, cursor, entry))).toEqual({ mcpServers: { flyte: entry } });
  });

  it("changes nothing where all is as it should be", () => {
    const before = `{ "mcpServers": { ${ONE_LINE} } }`;
    expect(withEntry(before, cursor, entry)).toBe(before);
  });

  it.each([
    ['{ "mcpServers": ', /value expected at line 1, column 17/],
    ["{\n  'a': 1\n}", /at line 2, column 3/],
    ["[]", /does not hold an object/],
    ['{ "mcpServers": [] }', /"mcpServers" is not a table/],
    ['{ "mcpServers": { "flyte": "x" } }', /"mcpServers.flyte" is not a table/],
    ['{ "mcpServers": { "x": 1 }, "mcpServers": {} }', /cannot be changed without touching more/],
  ])("refuses %s", (text, reason) => {
    expect(() => withEntry(text, cursor, entry)).toThrow(reason);
  });
});

describe("in TOML", () => {
  const OWN = '[mcp_servers.flyte]\ncommand = "npx"\nargs = [ "-y", "flyte-mcp" ]\n';

  it.each([
    ["", OWN],
    ['# mine\nmodel = "x"\n', `# mine\nmodel = "x"\n\n${OWN}`],
    ['model = "x"', `model = "x"\n\n${OWN}`],
    [
      '[mcp_servers.x]\nargs = [\n  "[mcp_servers.flyte]",\n]\n',
      `[mcp_servers.x]\nargs = [\n  "[mcp_servers.flyte]",\n]\n\n${OWN}`,
    ],
  ])("adds a table at the end of %j", (before, after) => {
    expect(withEntry(before, codex, entry)).toBe(after);
  });

  it("keeps the comments and the other keys of its own table", () => {
    const before =
      '[mcp_servers.flyte] # ours\ncommand = "old"\n# why\nstartup_timeout_sec = 9\nargs = [\n  "a",\n]\n\n[mcp_servers.flyte.env]\nA = "b"\n\n[tui]\nx = 1\n';
    expect(withEntry(before, codex, entry)).toBe(
      '[mcp_servers.flyte] # ours\ncommand = "npx"\n# why\nstartup_timeout_sec = 9\nargs = [ "-y", "flyte-mcp" ]\n\n[mcp_servers.flyte.env]\nA = "b"\n\n[tui]\nx = 1\n',
    );
  });

  it("takes the table out with those below it, and nothing else", () => {
    const before = `a = 1\n\n${OWN}\n[mcp_servers.flyte.env]\nA = "b"\n\n[mcp_servers.flyte2]\ncommand = "y"\n`;
    expect(withoutEntry(before, codex)).toBe('a = 1\n\n[mcp_servers.flyte2]\ncommand = "y"\n');
  });

  it.each([
    ['a = "', /at line 1/],
    ['mcp_servers = { flyte = { command = "x" } }', /not under a header of its own/],
    ["mcp_servers = 1", /"mcp_servers" is not a table/],
    ["mcp_servers = { x = { command = 'y' } }", /cannot be changed|at line/],
    ['[mcp_servers]\nflyte.command = "x"', /not under a header of its own/],
  ])("refuses %s", (text, reason) => {
    expect(() => withEntry(text, codex, entry)).toThrow(reason);
  });
});
