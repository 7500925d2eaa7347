import { execFileSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { packBundle } from "./pack-bundle.ts";

it("packs a file that tar unpacks, also one that fills its blocks and one with other letters", () => {
  for (const text of ["x".repeat(512), "naïve ✓\n", "y".repeat(100_000)]) {
    const { content } = packBundle("main.py", text);
    const read = execFileSync("tar", ["-xzOf", "-", "main.py"], { input: content });
    expect(read.toString("utf8")).toBe(text);
  }
});

it("gives the same bytes under the same name at any time", () => {
  const [one, other] = [packBundle("a.py", "1\n"), packBundle("a.py", "1\n")];
  expect(one).toEqual(other);
  expect(one.name).toMatch(/^fast[0-9a-f]{32}\.tar\.gz$/);
  expect(packBundle("a.py", "2\n").name).not.toBe(one.name);
});

it("says nothing of when, by whom and where it was packed", () => {
  const { content } = packBundle("a.py", "1\n");
  const [header, unpacked] = [content.subarray(4, 10), gunzipSync(content)];
  expect([...header].slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(header[5]).toBe(255);
  expect(unpacked.subarray(108, 148).toString("latin1")).toBe(
    "0000000\0".repeat(2) + "00000000002\0" + "00000000000\0",
  );
});
