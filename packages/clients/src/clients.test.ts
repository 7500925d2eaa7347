import { clientPrograms } from "./clients.ts";
import type { Places } from "./places.ts";
import { createDeepLink, createSnippet } from "./snippet.ts";

const linux: Places = { platform: "linux", home: "/home/ada", env: {} };
const mac: Places = { platform: "darwin", home: "/Users/ada", env: {} };
const windows: Places = {
  platform: "win32",
  home: "C:\\Users\\ada",
  env: { APPDATA: "C:\\Users\\ada\\AppData\\Roaming" },
};

const filesOf = (places: Places) =>
  Object.fromEntries(clientPrograms.map(({ id, files }) => [id, files(places)[0]]));

it("knows where each client keeps its servers on Linux", () => {
  expect(filesOf(linux)).toEqual({
    "claude-code": "/home/ada/.claude.json",
    "claude-desktop": "/home/ada/.config/Claude/claude_desktop_config.json",
    opencode: "/home/ada/.config/opencode/opencode.json",
    codex: "/home/ada/.codex/config.toml",
    "gemini-cli": "/home/ada/.gemini/settings.json",
    "copilot-cli": "/home/ada/.copilot/mcp-config.json",
    cursor: "/home/ada/.cursor/mcp.json",
    vscode: "/home/ada/.config/Code/User/mcp.json",
    zed: "/home/ada/.config/zed/settings.json",
  });
});

it("knows where desktop programs keep them elsewhere", () => {
  expect(filesOf(mac)).toMatchObject({
    "claude-desktop": "/Users/ada/Library/Application Support/Claude/claude_desktop_config.json",
    vscode: "/Users/ada/Library/Application Support/Code/User/mcp.json",
    zed: "/Users/ada/.config/zed/settings.json",
  });
  expect(filesOf(windows)).toMatchObject({
    "claude-desktop": "C:\\Users\\ada\\AppData\\Roaming\\Claude\\claude_desktop_config.json",
    vscode: "C:\\Users\\ada\\AppData\\Roaming\\Code\\User\\mcp.json",
    zed: "C:\\Users\\ada\\AppData\\Roaming\\Zed\\settings.json",
    cursor: "C:\\Users\\ada\\.cursor\\mcp.json",
  });
});

it("goes by the variables that move a client's folder", () => {
  const env = { XDG_CONFIG_HOME: "/x", CODEX_HOME: "/c", CLAUDE_CONFIG_DIR: "/d" };
  expect(filesOf({ ...linux, env })).toMatchObject({
    opencode: "/x/opencode/opencode.json",
    codex: "/c/config.toml",
    "claude-code": "/d/.claude.json",
  });
});

it("carries the same entry in a link as in the settings", () => {
  const launches = [
    { command: "npx", args: ["-y", "flyte-mcp", "--project=a b&c"] },
    { url: "https://x.example/mcp?a=b&c" },
  ];
  for (const launch of launches) {
    const read = clientPrograms.flatMap((client) => {
      const link = createDeepLink(client, "my flyte", launch);
      if (link === undefined) return [];
      const { searchParams } = new URL(link);
      const config = searchParams.get("config") ?? "";
      const text = client.id === "cursor" ? Buffer.from(config, "base64").toString() : config;
      expect(searchParams.get("name")).toBe("my flyte");
      expect(JSON.parse(text)).toEqual(client.entry(launch));
      return [client.id];
    });
    expect(read).toEqual(["cursor", "vscode"]);
  }
});

it("shows what to paste for a command, client by client", () => {
  const launch = { command: "npx", args: ["-y", "flyte-mcp"] };
  const snippets = clientPrograms.map(
    (client) => `${client.name}\n${createSnippet(client, "flyte", launch)}`,
  );
  expect(snippets.join("\n\n")).toMatchSnapshot();
});

it("shows what to paste for an address, client by client", () => {
  const launch = { url: "https://mcp.example.com/flyte-mcp/mcp" };
  const snippets = clientPrograms.map(
    (client) => `${client.name}\n${createSnippet(client, "flyte", launch)}`,
  );
  expect(snippets.join("\n\n")).toMatchSnapshot();
});

it("knows the command of each client that has one for an address", () => {
  const commands = clientPrograms.flatMap(
    ({ addUrl }) => addUrl?.("flyte", "https://mcp.example.com/mcp") ?? [],
  );
  expect(commands).toEqual([
    "claude mcp add --transport http flyte https://mcp.example.com/mcp",
    "codex mcp add flyte --url https://mcp.example.com/mcp",
    "gemini mcp add --transport http flyte https://mcp.example.com/mcp",
    `code --add-mcp '{"name":"flyte","type":"http","url":"https://mcp.example.com/mcp"}'`,
  ]);
});
