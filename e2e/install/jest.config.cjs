module.exports = {
  preset: "../../jest.preset.js",
  displayName: "install",
  rootDir: __dirname,
  testTimeout: 120000,
  globalSetup: "<rootDir>/src/set-up.config.mjs",
  globalTeardown: "<rootDir>/src/tear-down.config.mjs",
};
