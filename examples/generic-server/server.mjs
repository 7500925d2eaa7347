// A server of own tools alone; arguments are checked, answers cut and errors explained as everywhere.
import { createServer, defineTool, defineToolGroup } from "@flyte-mcp/core";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";

const convert = defineTool({
  name: "convert_celsius",
  title: "Convert Celsius",
  description: "Convert a temperature from Celsius to Fahrenheit.",
  effect: "read",
  input: z.object({ celsius: z.number().min(-273.15).describe("Degrees Celsius.") }),
  output: z.object({ fahrenheit: z.number() }),
  run: async ({ celsius }) => ({ fahrenheit: (celsius * 9) / 5 + 32 }),
});

const groups = [defineToolGroup({ name: "units", description: "Units of measurement.", tools: [convert] })];
await createServer({ name: "units", version: "1.0.0", groups }).connect(new StdioServerTransport());
