module.exports = {
  displayName: "image",
  rootDir: __dirname,
  transform: {},
  testMatch: ["<rootDir>/*.test.mjs"],
};
