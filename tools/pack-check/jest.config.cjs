module.exports = {
  displayName: "pack-check",
  rootDir: __dirname,
  transform: {},
  testMatch: ["<rootDir>/*.test.mjs"],
};
