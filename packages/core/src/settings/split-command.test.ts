import { isSettingsError } from "./settings-error.ts";
import { splitCommand } from "./split-command.ts";

describe("splitCommand", () => {
  it.each<[string, string[]]>([
    ["", []],
    ["  get-token  --flyte ", ["get-token", "--flyte"]],
    [`a 'b c' "d e"`, ["a", "b c", "d e"]],
    [`a'b c'd"e f"`, ["ab cde f"]],
    [`'' ""`, ["", ""]],
    [String.raw`a\ b \'`, ["a b", "'"]],
    [String.raw`"a \"b\" \\ \n"`, [String.raw`a "b" \ \n`]],
    [String.raw`'a\'`, ["a\\"]],
    ["a\tb\nc", ["a", "b", "c"]],
    ["echo $HOME `id` $(id) *;x|y", ["echo", "$HOME", "`id`", "$(id)", "*;x|y"]],
  ])("splits %j as a shell does, and expands nothing", (text, words) => {
    expect(splitCommand(text, "FROM")).toEqual(words);
  });

  it.each(["a 'canary", 'a "canary', "canary\\"])("refuses %j without showing it", (text) => {
    let thrown: unknown;
    try {
      splitCommand(text, "FROM");
    } catch (error) {
      thrown = error;
    }
    expect(isSettingsError(thrown)).toBe(true);
    expect((thrown as Error).message).toBe("FROM has a quote that is not closed; it must be a command line.");
  });

  it("takes no longer for a long line", () => {
    expect(splitCommand(`"${"\\".repeat(100_000)}" x`, "FROM")).toHaveLength(2);
  });
});
