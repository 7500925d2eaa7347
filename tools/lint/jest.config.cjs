module.exports = {
  displayName: "lint",
  rootDir: __dirname,
  transform: {},
  testMatch: ["<rootDir>/*.test.mjs"],
};
