/** How to connect to a running server with each client, for the person who started it. */
export function describeClients(url: string): string {
  return [
    "Connect a client:",
    `  Claude Code   claude mcp add --transport http flyte ${url}`,
    `  OpenCode      opencode.json: {"mcp":{"flyte":{"type":"remote","url":"${url}"}}}`,
    `  Codex         ~/.codex/config.toml: mcp_servers.flyte.url = "${url}"`,
    `  Gemini CLI    gemini mcp add --transport http flyte ${url}`,
    `  mcporter      mcporter list --http-url ${url} --allow-http --schema`,
    `  Inspector     npx @modelcontextprotocol/inspector --cli ${url} --transport http --method tools/list`,
    "",
    "Stop with Ctrl-C.",
  ].join("\n");
}
