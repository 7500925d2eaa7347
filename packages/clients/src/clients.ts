import { commandOf } from "./launch.ts";
import type { Entry, Launch } from "./launch.ts";
import { configFolder, desktopFolder, join } from "./places.ts";
import type { Places } from "./places.ts";

/** An MCP client: where it keeps its servers and what it wants to know of one. */
export interface ClientProgram {
  /** As people type it. */
  id: string;
  name: string;
  /** The person's own settings files, the one that is used where none exists first. */
  files(places: Places): string[];
  format: "json" | "toml";
  /** The keys below which servers stand, each by its name. */
  servers: readonly string[];
  entry(launch: Launch): Entry;
  /** What makes the client see the change. */
  then: string;
  /** A command of the client's own that does the same for an address, where it has one. */
  addUrl?(name: string, url: string): string;
  /** A link that has the client offer to add the entry, where it takes one. */
  link?(name: string, entry: Entry): string;
}

const inHome =
  (...parts: string[]) =>
  (places: Places) => [join(places, places.home, ...parts)];
const http = (launch: Launch): Entry => ("url" in launch ? { type: "http", url: launch.url } : {});
const stdio = (launch: Launch): Entry => ("url" in launch ? {} : { type: "stdio" });

/** Claude Desktop's file knows programs only. */
const viaBridge = (launch: Launch): Launch =>
  "url" in launch ? { command: "npx", args: ["-y", "mcp-remote", launch.url] } : launch;

export const clientPrograms: readonly ClientProgram[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    files: (places) => [join(places, places.env["CLAUDE_CONFIG_DIR"] ?? places.home, ".claude.json")],
    format: "json",
    servers: ["mcpServers"],
    entry: (launch) => ({ ...stdio(launch), ...commandOf(launch), ...http(launch) }),
    then: "Start a new session; /mcp shows the server.",
    addUrl: (name, url) => `claude mcp add --transport http ${name} ${url}`,
  },
  {
    id: "claude-desktop",
    name: "Claude Desktop",
    files: (places) => [join(places, desktopFolder(places), "Claude", "claude_desktop_config.json")],
    format: "json",
    servers: ["mcpServers"],
    entry: (launch) => commandOf(viaBridge(launch)),
    then: "Quit Claude Desktop and start it again.",
  },
  {
    id: "opencode",
    name: "OpenCode",
    files: (places) => {
      const folder = join(places, configFolder(places), "opencode");
      return [join(places, folder, "opencode.json"), join(places, folder, "opencode.jsonc")];
    },
    format: "json",
    servers: ["mcp"],
    entry: (launch) =>
      "url" in launch
        ? { type: "remote", url: launch.url, enabled: true }
        : { type: "local", command: [launch.command, ...launch.args], enabled: true },
    then: "Start OpenCode again.",
  },
  {
    id: "codex",
    name: "Codex",
    files: (places) => [
      join(places, places.env["CODEX_HOME"] ?? join(places, places.home, ".codex"), "config.toml"),
    ],
    format: "toml",
    servers: ["mcp_servers"],
    entry: (launch) => ("url" in launch ? { url: launch.url } : commandOf(launch)),
    then: "Start Codex again; codex mcp list shows the server.",
    addUrl: (name, url) => `codex mcp add ${name} --url ${url}`,
  },
  {
    id: "gemini-cli",
    name: "Gemini CLI",
    files: inHome(".gemini", "settings.json"),
    format: "json",
    servers: ["mcpServers"],
    entry: (launch) => ("url" in launch ? { httpUrl: launch.url } : commandOf(launch)),
    then: "Start Gemini CLI again; /mcp shows the server.",
    addUrl: (name, url) => `gemini mcp add --transport http ${name} ${url}`,
  },
  {
    id: "copilot-cli",
    name: "Copilot CLI",
    files: inHome(".copilot", "mcp-config.json"),
    format: "json",
    servers: ["mcpServers"],
    entry: (launch) => ({
      type: "url" in launch ? "http" : "local",
      ...commandOf(launch),
      ...http(launch),
      tools: ["*"],
    }),
    then: "Start Copilot CLI again; /mcp show lists the server.",
  },
  {
    id: "cursor",
    name: "Cursor",
    files: inHome(".cursor", "mcp.json"),
    format: "json",
    servers: ["mcpServers"],
    entry: (launch) => ("url" in launch ? { url: launch.url } : commandOf(launch)),
    then: "Switch the server on under Settings, MCP.",
    // cursor.com/docs/mcp/install-links
    link: (name, entry) =>
      `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(
        Buffer.from(JSON.stringify(entry)).toString("base64"),
      )}`,
  },
  {
    id: "vscode",
    name: "VS Code",
    files: (places) => [join(places, desktopFolder(places), "Code", "User", "mcp.json")],
    format: "json",
    servers: ["servers"],
    entry: (launch) => ({ ...stdio(launch), ...commandOf(launch), ...http(launch) }),
    then: "Run MCP: List Servers and start it.",
    addUrl: (name, url) => `code --add-mcp '${JSON.stringify({ name, type: "http", url })}'`,
    // Where vscode: may not be linked to, as on GitHub, this leads there.
    link: (name, entry) =>
      `https://insiders.vscode.dev/redirect/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(
        JSON.stringify(entry),
      )}`,
  },
  {
    id: "zed",
    name: "Zed",
    files: (places) => {
      const folder =
        places.platform === "darwin" ? join(places, places.home, ".config") : desktopFolder(places);
      return [join(places, folder, places.platform === "win32" ? "Zed" : "zed", "settings.json")];
    },
    format: "json",
    servers: ["context_servers"],
    entry: (launch) =>
      "url" in launch ? { url: launch.url } : { source: "custom", ...commandOf(launch), env: {} },
    then: "Zed sees the change by itself.",
  },
];
