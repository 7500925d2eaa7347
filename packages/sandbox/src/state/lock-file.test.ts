import { existsSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../start.ts";

const inFolder = (name: string) => join(mkdtempSync(join(tmpdir(), "flyte-sandbox-")), name);

it("gives a state file to one plane at a time, and to the next when the first has ended", async () => {
  const file = inFolder("state.json");
  const first = await startSandbox({ file });
  await expect(startSandbox({ file })).rejects.toThrow(
    `${file} is in use by another sandbox (process ${process.pid})`,
  );
  await first.close();
  expect(existsSync(`${file}.lock`)).toBe(false);
  await (await startSandbox({ file })).close();
});

it("knows a file by any of its names", async () => {
  const file = inFolder("state.json");
  await (await startSandbox({ file })).close();
  const link = inFolder("link.json");
  symlinkSync(file, link);
  const first = await startSandbox({ file: link });
  await expect(startSandbox({ file })).rejects.toThrow("is in use by another sandbox");
  await first.close();
});

it("takes over from a process that was killed", async () => {
  const file = inFolder("state.json");
  writeFileSync(`${file}.lock`, "999999999");
  await (await startSandbox({ file })).close();
});

it("says at once when the file cannot be written or was not written by a sandbox", async () => {
  await expect(startSandbox({ file: inFolder("missing/state.json") })).rejects.toThrow(
    "cannot be written (ENOENT)",
  );
  const file = inFolder("state.json");
  writeFileSync(file, "{not json");
  await expect(startSandbox({ file })).rejects.toThrow(`${file} is not a state file of this sandbox`);
  expect(existsSync(`${file}.lock`)).toBe(false);
});
