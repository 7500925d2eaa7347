#!/usr/bin/env node
import { runCommand } from "@flyte-mcp/core";
import { serveStdio } from "./serve-stdio.ts";
import { settings } from "./settings.ts";
import { version } from "./version.ts";

await runCommand({
  name: "flyte-mcp",
  version,
  intro: "Serves Flyte to an MCP client that launches this command and speaks to it over stdin and stdout.",
  shape: settings,
  print: (text) => process.stdout.write(`${text}\n`),
  serve: serveStdio,
  doctor: async (...given) => (await import("./doctor.ts")).doctor(version, ...given),
});
