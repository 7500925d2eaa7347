#!/usr/bin/env node
import { runCommand } from "@flyte-mcp/core";
import { serveStdio } from "./serve-stdio.ts";
import { settings } from "./settings.ts";
import { version } from "./version.ts";

const print = (text: string) => void process.stdout.write(`${text}\n`);
const [noun, verb, ...options] = process.argv.slice(2);

if (noun === "corpus" && verb === "update") {
  await runCommand(
    {
      name: "flyte-mcp corpus update",
      version,
      intro:
        "Fetches the texts that the search tools search, and indexes them; the settings are those of the server.",
      shape: settings,
      print,
      serve: async (values) => {
        const { readSearchOptions, updateCorpora } = await import("@flyte-mcp/search");
        await updateCorpora(readSearchOptions(values), print);
      },
    },
    options,
  );
} else
  await runCommand({
    name: "flyte-mcp",
    version,
    intro:
      "Serves Flyte to an MCP client that launches this command and speaks to it over stdin and stdout.\n\n`flyte-mcp corpus update` fetches the texts that the search tools search.",
    shape: settings,
    print,
    serve: serveStdio,
    doctor: async (...given) => (await import("./doctor.ts")).doctor(version, ...given),
  });
