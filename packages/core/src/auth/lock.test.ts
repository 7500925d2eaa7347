import { existsSync, mkdtempSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "./lock.ts";

const newPath = () => join(mkdtempSync(join(tmpdir(), "flyte-mcp-lock-")), "lock");

describe("a lock", () => {
  it("is left to whoever has taken it over meanwhile", async () => {
    const path = newPath();
    await withLock(path, async () => writeFileSync(path, "another"));
    expect(readFileSync(path, "utf8")).toBe("another");
  });

  it.each([-60, 3_600])("that is from %d s from now is taken over, and nothing is left of it", async (s) => {
    const path = newPath();
    writeFileSync(path, "gone");
    utimesSync(path, Date.now() / 1000 + s, Date.now() / 1000 + s);
    expect(await withLock(path, async () => existsSync(path))).toBe(true);
    expect(readdirSync(join(path, ".."))).toEqual([]);
  });

  it("lets one in at a time, also when many find it left behind", async () => {
    const path = newPath();
    writeFileSync(path, "gone");
    utimesSync(path, 1, 1);
    let inside = 0;
    const counts = await Promise.all(
      Array.from({ length: 20 }, () =>
        withLock(path, async () => {
          const count = ++inside;
          await new Promise(setImmediate);
          inside--;
          return count;
        }),
      ),
    );
    expect(counts).toEqual(counts.map(() => 1));
  });
});
