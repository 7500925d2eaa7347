import { runCommand } from "@flyte-mcp/core";
import { serveHttp } from "./serve-http.ts";
import { settings } from "./settings.ts";
import { version } from "./version.ts";

const about = {
  name: "flyte-mcp-http",
  version,
  shape: settings,
  print: (text: string) => process.stdout.write(`${text}\n`),
};

async function main(): Promise<void> {
  const [word, ...rest] = process.argv.slice(2);
  if (word === "policy") {
    const { explain } = await import("./explain.ts");
    await explain(about, rest);
  } else if (word === "deploy") {
    await (await import("./deploy/deploy.ts")).deploy(about, rest);
  } else {
    await runCommand({
      ...about,
      intro:
        "Serves Flyte to MCP clients over stateless streamable HTTP; each caller's own credential goes to Flyte unless --auth says otherwise.\n\n`flyte-mcp-http deploy` puts it onto a Flyte plane as an app.",
      serve: serveHttp,
      doctor: async (...given) => (await import("./doctor.ts")).doctor(version, ...given),
    });
  }
}

void main();
