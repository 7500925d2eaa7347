#!/usr/bin/env node
import { runCommand } from "@flyte-mcp/core";
import { serveHttp } from "./serve-http.ts";
import { settings } from "./settings.ts";
import { version } from "./version.ts";

await runCommand({
  name: "flyte-mcp-http",
  version,
  intro:
    "Serves Flyte to MCP clients over stateless streamable HTTP; each caller's Authorization header goes to Flyte.",
  shape: settings,
  print: (text) => process.stdout.write(`${text}\n`),
  serve: serveHttp,
  doctor: async (...given) => (await import("./doctor.ts")).doctor(version, ...given),
});
