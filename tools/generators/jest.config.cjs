module.exports = {
  displayName: "generators",
  rootDir: __dirname,
  transform: {},
  testMatch: ["<rootDir>/*.test.mjs"],
};
