const text = (title, description, more = {}) => ({
  type: "string",
  title,
  description,
  required: false,
  // What is left empty must not arrive as the name of its place.
  default: "",
  ...more,
});

/** What the person who installs the bundle is asked, and which variable of the server it becomes. */
const QUESTIONS = {
  endpoint: [
    "FLYTE_ENDPOINT",
    text(
      "Flyte endpoint",
      "For example dns:///flyte.example.com. Left empty, the configuration of the flyte command is used.",
    ),
  ],
  project: ["FLYTE_PROJECT", text("Project", "Of calls that name none.")],
  domain: ["FLYTE_DOMAIN", text("Domain", "Of calls that name none, for example development.")],
  api_key: [
    "FLYTE_API_KEY",
    text("API key", "Only for planes that hand out keys; a browser login needs none.", { sensitive: true }),
  ],
  read_only: [
    "FLYTE_MCP_READ_ONLY",
    {
      type: "boolean",
      title: "Only look",
      description: "Offer only tools that change nothing.",
      required: false,
      default: false,
    },
  ],
  sandbox: [
    "FLYTE_MCP_SANDBOX",
    {
      type: "boolean",
      title: "Try it without a cluster",
      description: "Use an embedded Flyte with a few sample tasks.",
      required: false,
      default: false,
    },
  ],
};

/** The manifest of the bundle, by the manifest of the package and the tools that its server lists. */
export function createManifest({ version, description, license, repository }, tools) {
  const questions = Object.entries(QUESTIONS);
  const url = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  return {
    manifest_version: "0.3",
    name: "flyte-mcp",
    display_name: "Flyte",
    version,
    description,
    long_description:
      "Find deployed Flyte tasks, learn their inputs, run them, follow runs, read results and logs, and learn why a run failed.",
    author: { name: "The Flyte MCP authors", url },
    repository: { type: "git", url },
    documentation: `${url}#readme`,
    license,
    keywords: ["flyte", "union", "workflow", "orchestration", "kubernetes"],
    server: {
      type: "node",
      entry_point: "server/dist/main.js",
      mcp_config: {
        command: "node",
        args: ["${__dirname}/server/dist/main.js"],
        env: Object.fromEntries(questions.map(([key, [name]]) => [name, `\${user_config.${key}}`])),
      },
    },
    tools: tools.map(({ name, title }) => ({ name, description: title })),
    user_config: Object.fromEntries(questions.map(([key, [, question]]) => [key, question])),
    compatibility: { platforms: ["darwin", "win32", "linux"], runtimes: { node: ">=20.19.0" } },
  };
}
