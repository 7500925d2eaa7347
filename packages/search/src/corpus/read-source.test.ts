import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolder } from "../testing/make-folder.ts";
import { hideLogin, readSource } from "./read-source.ts";

const here = makeFolder({ "bare/HEAD": "", "bare/objects/x": "", "tree/.git/HEAD": "", "plain/a.md": "" });
const at = (...parts: string[]) => join(here.folder, ...parts);

afterAll(() => here.remove());

describe("readSource", () => {
  it.each([
    [
      "https://git.test/a/b.git#v2:docs/en",
      { kind: "git", address: "https://git.test/a/b.git", ref: "v2", folder: "docs/en" },
    ],
    ["https://git.test/a/b", { kind: "git", ref: undefined, folder: undefined }],
    [
      "git@git.test:a/b.git#:docs",
      { kind: "git", address: "git@git.test:a/b.git", ref: undefined, folder: "docs" },
    ],
    [
      "https://h.test/a.tar.gz?token=canary#:docs",
      { kind: "tarball", shown: "https://h.test/a.tar.gz", folder: "docs" },
    ],
    ["https://me:canary@h.test/llms.txt", { kind: "text", shown: "https://h.test/llms.txt" }],
    [at("plain"), { kind: "folder", address: at("plain") }],
    [pathToFileURL(at("plain")).href, { kind: "folder", address: at("plain") }],
    [at("bare"), { kind: "git", address: pathToFileURL(at("bare")).href }],
    [at("tree"), { kind: "folder", address: at("tree") }],
    [`${at("tree")}#main`, { kind: "git", ref: "main" }],
  ])("reads %s", (given, expected) => {
    expect(readSource(given)).toMatchObject(expected);
  });
});

it("hides every login in a text", () => {
  expect(hideLogin("a https://u:canary@h/x and ssh://canary@g/y")).toBe("a https://h/x and ssh://g/y");
});
