module.exports = {
  displayName: "lock-check",
  rootDir: __dirname,
  transform: {},
  testMatch: ["<rootDir>/*.test.mjs"],
};
