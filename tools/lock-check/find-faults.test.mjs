import { findFaults } from "./find-faults.mjs";

const find = (packages) => findFaults({ packages }, "20.19.0");

describe("findFaults", () => {
  it("passes a lock with all platforms, public addresses and engines that accept the Node", () => {
    const packages = {
      "": { engines: { node: ">=20.19.0" } },
      "node_modules/native": { optionalDependencies: { "@native/linux": "1.0.0", "@native/mac": "1.0.0" } },
      "node_modules/@native/linux": {
        resolved: "https://registry.npmjs.org/@native/linux/-/linux-1.0.0.tgz",
      },
      "node_modules/native/node_modules/@native/mac": { engines: { node: "^18 || ^20.19.0" } },
      "node_modules/@flyte-mcp/core": { resolved: "packages/core", link: true },
    };
    expect(find(packages)).toEqual([]);
  });

  it("names an optional dependency that the lock lacks or that another package keeps to itself", () => {
    const packages = {
      "node_modules/native": { optionalDependencies: { "@native/mac": "1.0.0" } },
      "node_modules/other/node_modules/@native/mac": {},
    };
    expect(find(packages)).toEqual([
      "node_modules/native: optional dependency @native/mac is not in the lock",
    ]);
  });

  it("names a package that comes from another host", () => {
    expect(find({ "node_modules/a": { resolved: "https://npm.example.com/a/-/a-1.0.0.tgz" } })).toEqual([
      "node_modules/a: resolved to https://npm.example.com/a/-/a-1.0.0.tgz, not to https://registry.npmjs.org/",
    ]);
  });

  it("names a package whose engines refuse the Node", () => {
    expect(find({ "node_modules/a": { engines: { node: ">=22" } } })).toEqual([
      "node_modules/a: engines.node >=22 refuses 20.19.0",
    ]);
  });
});
