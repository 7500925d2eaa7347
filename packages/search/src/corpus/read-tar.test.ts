import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../testing/make-folder.ts";
import { makeTar } from "../testing/make-tar.ts";
import { readTar } from "./read-tar.ts";

async function* inPieces(bytes: Buffer, size: number) {
  for (let place = 0; place < bytes.length; place += size) yield bytes.subarray(place, place + size);
}

async function read(bytes: Buffer, size = 700): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const file of readTar(inPieces(bytes, size), "x.tar"))
    files[file.path] = file.bytes.toString("utf8");
  return files;
}

const FILES = { "a.md": "x".repeat(513), "b/c.py": "", "b/d.py": "print(1)\n" };

it.each([1, 511, 512, 513, 1 << 20])("reads in pieces of %d bytes", async (size) => {
  expect(await read(makeTar(FILES), size)).toEqual(FILES);
});

it.each(["gnu", "pax", "ustar"])("reads what tar itself writes as %s, without links", async (format) => {
  const long = `${"folder-with-a-long-name/".repeat(5)}${"f".repeat(90)}.py`;
  const made = makeFolder({ "short.py": "a", [long]: "b" });
  symlinkSync("/etc/passwd", join(made.folder, "link.py"));
  const tar = execFileSync("tar", [
    "--format",
    format,
    "-C",
    made.folder,
    "-cf",
    "-",
    "short.py",
    "link.py",
    "folder-with-a-long-name",
  ]);
  made.remove();
  expect(await read(tar)).toEqual({ "short.py": "a", [long]: "b" });
});

it("passes over what is too long to be an example", async () => {
  const tar = makeTar({ "big.py": "x".repeat(9 * 1024 * 1024), "a.py": "a" });
  expect(await read(tar, 1 << 16)).toEqual({ "a.py": "a" });
});

it.each([
  ["what is no tarball", Buffer.alloc(2048, "text "), "x.tar is no tarball."],
  ["half a head", makeTar(FILES).subarray(0, 300), "x.tar is cut off."],
  ["half a file", makeTar(FILES).subarray(0, 800), "x.tar is cut off."],
])("refuses %s", async (_what, bytes, why) => {
  await expect(read(bytes)).rejects.toThrow(why);
});

it("refuses more than it would keep before it has read it", async () => {
  const head = makeTar({ "a.py": "a" }, 600 * 1024 * 1024).subarray(0, 512);
  await expect(read(head)).rejects.toThrow("x.tar is larger than 512 MiB unpacked.");
});
