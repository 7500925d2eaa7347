// First: schemas look at it when they are made.
import "./without-jit.ts";
import { runCommand } from "@flyte-mcp/core";
import { serveStdio } from "./serve-stdio.ts";
import { settings } from "./settings.ts";
import { version } from "./version.ts";

const about = {
  name: "flyte-mcp",
  version,
  shape: settings,
  print: (text: string) => void process.stdout.write(`${text}\n`),
};

async function main(): Promise<void> {
  const [noun, verb, ...options] = process.argv.slice(2);
  if (noun === "policy") {
    const { explain } = await import("./explain.ts");
    await explain(about, process.argv.slice(3));
  } else if (noun === "setup") {
    const { setup } = await import("./setup/setup.ts");
    await setup(process.argv.slice(3));
  } else if (noun === "corpus" && verb === "update") {
    await runCommand(
      {
        ...about,
        name: "flyte-mcp corpus update",
        intro:
          "Fetches the texts that the search tools search, and indexes them; the settings are those of the server.",
        serve: async (values) => {
          const { updateTexts } = await import("@flyte-mcp/composition");
          await updateTexts(values, about.print);
        },
      },
      options,
    );
  } else {
    await runCommand({
      ...about,
      intro:
        "Serves Flyte to an MCP client that launches this command and speaks to it over stdin and stdout.\n\n`flyte-mcp setup` puts it into a client's settings. `flyte-mcp corpus update` fetches the texts that the search tools search.",
      serve: serveStdio,
      doctor: async (...given) => (await import("./doctor.ts")).doctor(version, ...given),
    });
  }
}

void main();
