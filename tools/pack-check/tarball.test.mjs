import { expandWildcards, findFaults, listExpected } from "./tarball.mjs";

describe("findFaults", () => {
  it("passes what is complete and holds nothing else", () => {
    expect(
      findFaults(["LICENSE", "README.md", "dist/index.js", "src/index.ts"], ["LICENSE", "README.md"]),
    ).toEqual([]);
  });

  it("names what is missing and what must not be shipped", () => {
    const files = ["README.md", "src/a.test.ts", "fixtures/plane.jsonl", "dist/tsconfig.lib.tsbuildinfo"];
    expect(findFaults(files, ["LICENSE", "README.md"])).toEqual([
      "LICENSE is not shipped",
      "src/a.test.ts must not be shipped",
      "fixtures/plane.jsonl must not be shipped",
      "dist/tsconfig.lib.tsbuildinfo must not be shipped",
    ]);
  });
});

describe("listExpected", () => {
  it("asks a notice of what carries the Flyte contract", () => {
    expect(listExpected(["type:app"]).copies).toEqual(["LICENSE", "NOTICE"]);
    expect(listExpected(["type:idl"]).mustCarry).toEqual(["LICENSE", "NOTICE", "README.md"]);
    expect(listExpected(["type:group"]).mustCarry).toEqual(["LICENSE", "README.md"]);
  });
});

describe("expandWildcards", () => {
  it("spells out the subpaths that are shipped", () => {
    const exports = {
      "./package.json": "./package.json",
      ".": { types: "./dist/index.d.ts" },
      "./google/*": { types: "./gen/google/*_pb.d.ts" },
    };
    const files = ["dist/index.d.ts", "gen/google/rpc/status_pb.d.ts", "gen/google/rpc/status_pb.js"];
    expect(expandWildcards(exports, files)).toEqual(["google/rpc/status"]);
  });
});
