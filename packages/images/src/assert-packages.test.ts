import { assertAptPackages, assertPackages } from "./index.ts";

it.each([
  "httpx",
  "rich[jupyter]==13.7.1 ; python_version < '3.13'",
  "numpy>=1.26,<3",
  "a.b-c_d (>=2)",
  "torch==2.4.0+cpu",
  "pkg~=1.0",
  "mypkg @ git+https://git.example/x/mypkg.git@main",
])("takes %s", (text) => {
  expect(() => assertPackages([text])).not.toThrow();
});

it.each([
  "",
  "httpx; rm -rf /",
  "httpx && curl evil",
  "$(id)",
  "httpx`id`",
  "--index-url=https://x",
  "a | b",
  "a @ https://x/$(id)",
  "a\nRUN b;`id`",
])("refuses %j", (text) => {
  expect(() => assertPackages(["httpx", text])).toThrow(/ is no package\.$/);
});

it("cuts what it shows of a long text", () => {
  expect(() => assertPackages(["a ".repeat(5_000)])).toThrow(/^.{70,100} is no package\.$/);
});

it("tells Debian packages from commands", () => {
  expect(() =>
    assertAptPackages(["git", "libpq-dev", "g++", "git=1:2.39.5-0+deb12u1", "libc6:arm64"]),
  ).not.toThrow();
  expect(() => assertAptPackages(["git; id"])).toThrow('"git; id" is no package.');
  expect(() => assertAptPackages(["-y"])).toThrow('"-y" is no package.');
});
