import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createFileStore } from "./token-store.ts";
import type { LoginKey } from "./token-store.ts";

const token = (accessToken: string) => ({
  accessToken,
  refreshToken: `r-${accessToken}`,
  staleAt: 4_000_000_000_000,
});
const LOGIN = { origin: "https://flyte.example", mode: "pkce", clientId: "" };

function openStore(folder = join(mkdtempSync(join(tmpdir(), "flyte-mcp-core-")), "new", "mcp")) {
  const told: string[] = [];
  const path = join(folder, "tokens.json");
  const store = (login: Partial<LoginKey> = {}) =>
    createFileStore(path, { ...LOGIN, ...login }, (text) => told.push(text));
  return { folder, path, told, store };
}

describe("the store of tokens", () => {
  it("keeps tokens for their owner alone, and leaves nothing else behind", async () => {
    const { folder, path, store } = openStore();
    expect(store().read()).toBeUndefined();
    await store().update(() => Promise.resolve(token("a")));
    expect(store().read()).toEqual(token("a"));
    expect([statSync(folder).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readdirSync(folder)).toEqual(["tokens.json"]);
  });

  it("keeps planes, ways to log in and clients apart", async () => {
    const { store } = openStore();
    const logins = [{}, { origin: "https://other.example" }, { mode: "device" }, { clientId: "c" }];
    for (const [index, login] of logins.entries()) {
      await store(login).update((kept) => Promise.resolve(kept ?? token(`t${index}`)));
    }
    expect(logins.map((login) => store(login).read()?.accessToken)).toEqual(["t0", "t1", "t2", "t3"]);
    await store().update(() => Promise.resolve(undefined));
    expect(logins.map((login) => store(login).read()?.accessToken)).toEqual([undefined, "t1", "t2", "t3"]);
  });

  it("lets one at a time change it", async () => {
    const { store } = openStore();
    const append = (letter: string) =>
      store().update(async (kept) => {
        await sleep(5);
        return token(`${kept?.accessToken ?? ""}${letter}`);
      });
    await Promise.all([..."abcdefgh"].map(append));
    expect([...(store().read()?.accessToken ?? "")].toSorted().join("")).toBe("abcdefgh");
  });

  it("takes over a lock that was left behind", async () => {
    const { path, store } = openStore();
    await store().update(() => Promise.resolve(token("a")));
    writeFileSync(`${path}.lock`, "1");
    utimesSync(`${path}.lock`, new Date(0), new Date(0));
    await store().update(() => Promise.resolve(token("b")));
    expect(store().read()?.accessToken).toBe("b");
  });

  it.each([
    ["no JSON", "{"],
    ["another version", '{"version":2,"tokens":{}}'],
    ["no tokens", '{"version":1,"tokens":null}'],
    ["a list", "[]"],
  ])("ignores a damaged file, and says so: %s", async (_what, text) => {
    const { path, told, store } = openStore();
    await store().update(() => Promise.resolve(token("a")));
    writeFileSync(path, text);
    const damaged = store();
    expect(damaged.read()).toBeUndefined();
    await damaged.update(() => Promise.resolve(token("b")));
    expect(damaged.read()?.accessToken).toBe("b");
    expect(told).toEqual([`The token file ${path} is damaged and is ignored; the next login replaces it.`]);
  });

  it("ignores an entry that no header could carry", async () => {
    const { path, store } = openStore();
    await store().update(() => Promise.resolve(token("aaa")));
    writeFileSync(path, readFileSync(path, "utf8").replace('"aaa"', '"a\\r\\nx: y"'));
    expect(store().read()).toBeUndefined();
  });

  it("hands on what it cannot keep, asked for once, and says so", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "flyte-mcp-core-")), "file");
    writeFileSync(file, "");
    const { path, told, store } = openStore(file);
    let asked = 0;
    const update = store().update(() => {
      asked++;
      return Promise.resolve(token("a"));
    });
    expect(await update).toEqual(token("a"));
    expect(asked).toBe(1);
    expect(told).toEqual([`The login cannot be kept in ${path} (EEXIST); it lasts until this server ends.`]);
  });
});
