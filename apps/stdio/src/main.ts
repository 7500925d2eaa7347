#!/usr/bin/env node
import { runCommand } from "@flyte-mcp/core";
import { serveStdio } from "./serve-stdio.ts";
import { settings } from "./settings.ts";
import { version } from "./version.ts";

const about = {
  name: "flyte-mcp",
  version,
  shape: settings,
  print: (text: string) => process.stdout.write(`${text}\n`),
};

const [word, ...rest] = process.argv.slice(2);
if (word === "policy") {
  const { explain } = await import("./explain.ts");
  await explain(about, rest);
} else {
  await runCommand({
    ...about,
    intro: "Serves Flyte to an MCP client that launches this command and speaks to it over stdin and stdout.",
    serve: serveStdio,
    doctor: async (...given) => (await import("./doctor.ts")).doctor(version, ...given),
  });
}
