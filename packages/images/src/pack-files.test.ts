import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { packFiles } from "./index.ts";

const files = [
  { path: "b/c.txt", content: "c\n" },
  { path: "a.txt", content: "ä\n" },
];

it("packs the same files to the same bytes, in whichever order they come", () => {
  const digest = (packed: Uint8Array) => createHash("md5").update(packed).digest("hex");
  expect(digest(packFiles(files))).toBe(digest(packFiles([...files].reverse())));
});

it("is an archive as tar reads it", () => {
  const input = gunzipSync(packFiles(files));
  const listed = execFileSync("tar", ["-tvf", "-", "--utc", "--full-time"], { input, encoding: "utf8" });
  expect(listed).toMatch(
    /^-rw-r--r-- 0\/0 +3 1981-01-01 00:00:00 a\.txt\n-rw-r--r-- 0\/0 +2 .* b\/c\.txt\n$/,
  );
  expect(execFileSync("tar", ["-xOf", "-", "a.txt"], { input, encoding: "utf8" })).toBe("ä\n");
});
