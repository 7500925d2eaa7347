import { flyteSettings, identitySettings, policySettings } from "./definitions.ts";
import { readFlags } from "./read-flags.ts";
import { isSettingsError } from "./settings-error.ts";

const shape = { ...flyteSettings, ...policySettings, ...identitySettings };

function messageOf(argv: string[]): string {
  try {
    readFlags(argv, shape);
  } catch (error) {
    expect(isSettingsError(error)).toBe(true);
    return (error as Error).message;
  }
  return "no error";
}

describe("readFlags", () => {
  it.each<[string[], Record<string, string>]>([
    [[], {}],
    [["--endpoint", "e"], { endpoint: "e" }],
    [["--endpoint=e"], { endpoint: "e" }],
    [["--endpoint=a=b"], { endpoint: "a=b" }],
    [["--endpoint", "a", "--endpoint", "b"], { endpoint: "b" }],
    [["--instructions=--be kind"], { instructions: "--be kind" }],
    [["--instructions", "--be kind"], { instructions: "--be kind" }],
    [["--instructions", "- be kind"], { instructions: "- be kind" }],
    [["--insecure-skip-verify"], { insecureSkipVerify: "true" }],
    [["--no-insecure"], { insecure: "false" }],
    [["--instructions", "--no-insecure is fine"], { instructions: "--no-insecure is fine" }],
    [["--help"], { help: "true" }],
    [["--version", "--read-only"], { version: "true", readOnly: "true" }],
  ])("reads %j", (argv, flags) => {
    expect(readFlags(argv, shape)).toEqual(flags);
  });

  it.each<[string[], string]>([
    [["--endpont", "x"], 'Unknown option --endpont. Did you mean "--endpoint"? --help lists the options.'],
    [["--readonly"], 'Unknown option --readonly. Did you mean "--read-only"? --help lists the options.'],
    [["--zzzzzzzz"], "Unknown option --zzzzzzzz. --help lists the options."],
    [["--constructor=x"], "Unknown option --constructor. --help lists the options."],
    [["-x"], "Unknown option -x. --help lists the options."],
    [["--endpoint"], "--endpoint needs a value."],
    [["--endpoint", "--read-only"], "--endpoint needs a value."],
    [["--read-only", "false"], 'Unexpected argument "false".'],
    [["serve"], 'Unexpected argument "serve".'],
    [["--", "serve"], 'Unexpected argument "serve".'],
    [["--endpoint", "--config=x"], "--endpoint needs a value."],
    [["--no-endpoint"], 'Unknown option --no-endpoint. Did you mean "--endpoint"? --help lists the options.'],
    [["--no-zzzzzzz"], "Unknown option --no-zzzzzzz. --help lists the options."],
  ])("refuses %j", (argv, message) => {
    expect(messageOf(argv)).toBe(message);
  });
});
