import { readFileSync } from "node:fs";
import { choosePythonVersion, readScriptHeader } from "./index.ts";

/** Scripts, with what the SDK for Python reads of each and what the PEP's own expression and a TOML parser do. */
interface Script {
  file: string;
  content_b64: string;
  ok: boolean;
  parsed?: { requires_python: unknown; dependencies: unknown[]; pyprojects: string[]; tool: unknown };
  pep723: { ok: boolean; error?: string; toml?: Record<string, unknown> };
}

const fixture = new URL("../fixtures/uv-scripts.json", import.meta.url);
const scripts = JSON.parse(readFileSync(fixture, "utf8")) as Script[];
const textOf = ({ content_b64 }: Script) => Buffer.from(content_b64, "base64").toString("utf8");

// TOML to the PEP, but no header: a key of the wrong type.
const WRONG_TYPES = [
  "bad_deps_string",
  "bad_deps_numbers",
  "bad_deps_table",
  "bad_requires_number",
  "bad_tool_uv_string",
];
const isWrong = ({ file, pep723 }: Script) =>
  !pep723.ok || WRONG_TYPES.some((name) => file === `uv-scripts/${name}.py`);

const good = scripts.filter((script) => !isWrong(script));
const bad = scripts.filter(isWrong);

it("reads as many scripts as the PEP's own expression does, but for five with keys of a wrong type", () => {
  expect([scripts.length, good.length]).toEqual([
    45,
    scripts.filter(({ pep723 }) => pep723.ok).length - WRONG_TYPES.length,
  ]);
});

it.each(good.map((script) => [script.file, script] as const))("reads %s as the PEP says", (_file, script) => {
  const { requiresPython, dependencies } = readScriptHeader(textOf(script));
  const toml = script.pep723.toml!;
  expect(requiresPython).toEqual(toml["requires-python"]);
  expect(dependencies).toEqual(toml["dependencies"] ?? []);
});

it.each(bad.map((script) => [script.file, script] as const))("refuses %s and says why", (_file, script) => {
  expect(() => readScriptHeader(textOf(script))).toThrow(
    /^The script('s `# \/\/\/ script` block is not (valid: .+|one as PEP 723 defines it)| has (no|more than one) `# \/\/\/ script` block)\.$/,
  );
});

it("reads what is to be installed only as of a day", () => {
  const header = (toml: string) => readScriptHeader(`# /// script\n# [tool.uv]\n# ${toml}\n# ///\n`);
  expect(header('exclude-newer = "2024-10-01"')).toMatchObject({ hasUv: true, excludeNewer: "2024-10-01" });
  expect(header("exclude-newer = 2024-10-01T00:00:00Z").excludeNewer).toContain("2024-10-01");
  expect(header("no-build = true")).toMatchObject({ hasUv: true, excludeNewer: undefined });
});

it("refuses a large script by its size", () => {
  expect(() => readScriptHeader("#".repeat(1_048_577))).toThrow(
    "The script has 1048577 bytes; at most 1048576 are taken.",
  );
});

it("reads many openings without a closing line in no time", () => {
  const began = Date.now();
  expect(() => readScriptHeader("# /// script\n".repeat(20_000))).toThrow("is not one as PEP 723 defines it");
  expect(Date.now() - began).toBeLessThan(1_000);
});

it.each([
  [undefined, "3.12"],
  [">=3.12", "3.12"],
  [">=3.10", "3.12"],
  [">=3.10,<3.12", "3.10"],
  [">=3.13", "3.13"],
  [">3.12.3", "3.12"],
  ["==3.11.*", "3.11"],
  ["~=3.11.2", "3.11"],
  ["~=3.13", "3.13"],
  ["!=3.12.*", "3.10"],
  ["<=3.11", "3.10"],
  ["<3.15,>=3.14", "3.14"],
])("meets requires-python %s with an image of %s", (requires, version) => {
  expect(choosePythonVersion(requires)).toBe(version);
});

it("says what there is where no image meets requires-python", () => {
  expect(() => choosePythonVersion(">=3.15")).toThrow('No image meets requires-python ">=3.15".');
  expect(() => choosePythonVersion("three")).toThrow('requires-python "three" cannot be read.');
});
