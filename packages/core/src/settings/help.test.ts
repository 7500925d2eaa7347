import { z } from "zod";
import { flagName, flyteSettings, identitySettings, policySettings, sandboxSettings } from "./definitions.ts";
import { describeSettings } from "./help.ts";
import { readFlags } from "./read-flags.ts";

const shape = {
  ...flyteSettings,
  ...policySettings,
  ...identitySettings,
  ...sandboxSettings,
  port: z.int().default(8000).meta({ description: "Port to listen at." }),
};

describe("the help text", () => {
  it("stands as pinned", () => {
    const small = {
      endpoint: flyteSettings.endpoint,
      readOnly: policySettings.readOnly,
      name: identitySettings.name,
      port: shape.port,
      accessToken: flyteSettings.accessToken,
    };
    expect(describeSettings("flyte-mcp [OPTIONS]", "An MCP server.", small)).toBe(`Usage: flyte-mcp [OPTIONS]

An MCP server.

Options (each also as FLYTE_MCP_<OPTION> in the environment):
  --endpoint URL  Flyte's address: dns:///host, host:port, https://host or http://host:port.
  --read-only     Only tools that change nothing.
  --name TEXT     Server name that clients see.
  --port N        Port to listen at. [default: 8000]
  --version       Print the version.
  --help          Print this.

Only by environment:
  FLYTE_MCP_ACCESS_TOKEN, FLYTE_ACCESS_TOKEN: Bearer token for Flyte.`);
  });

  it("lists every flag that is read, and no secret among them", () => {
    const text = describeSettings("x", "y", shape);
    const listed = [...text.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag ?? "");
    const flags = Object.keys(shape)
      .filter((key) => !["accessToken", "clientSecret", "apiKey"].includes(key))
      .map(flagName);
    expect(listed).toEqual([...flags, "version", "help"]);
    for (const flag of listed) {
      expect(Object.keys(readFlags([`--${flag}=1`], shape))).toHaveLength(1);
    }
  });

  it("leaves out what is only by environment where nothing is", () => {
    expect(describeSettings("x", "y", { name: identitySettings.name })).not.toMatch("Only by environment");
  });
});
