const NEVER_SHIPPED = [
  /\.test\./,
  /\.spec\./,
  /(^|\/)__\w+__\//,
  /(^|\/)fixtures\//,
  /\.tsbuildinfo$/,
  /^jest\.config/,
];

/** An app has the Flyte contract inside its bundle, so it owes the workspace's notice; idl carries one of its own. */
export function listExpected(tags = []) {
  if (tags.includes("type:app"))
    return { mustCarry: ["LICENSE", "NOTICE", "README.md"], copies: ["LICENSE", "NOTICE"] };
  if (tags.includes("type:idl"))
    return { mustCarry: ["LICENSE", "NOTICE", "README.md"], copies: ["LICENSE"] };
  return { mustCarry: ["LICENSE", "README.md"], copies: ["LICENSE"] };
}

/** Says which files of a tarball are missing and which must not be there. */
export function findFaults(files, mustCarry) {
  const missing = mustCarry.filter((name) => !files.includes(name)).map((name) => `${name} is not shipped`);
  const unwanted = files.filter((file) => NEVER_SHIPPED.some((pattern) => pattern.test(file)));
  return [...missing, ...unwanted.map((file) => `${file} must not be shipped`)];
}

/** Spells out the subpaths that a wildcard export stands for, since type checkers skip wildcards. */
export function expandWildcards(exports = {}, files = []) {
  const subpaths = Object.entries(exports).flatMap(([subpath, conditions]) => {
    const [before, after] = (conditions.types ?? "").replace(/^\.\//, "").split("*");
    if (!subpath.includes("*") || after === undefined) return [];
    return files
      .filter((file) => file.startsWith(before) && file.endsWith(after))
      .map((file) => subpath.replace("*", file.slice(before.length, -after.length)));
  });
  return subpaths.map((subpath) => subpath.replace(/^\.\//, ""));
}
