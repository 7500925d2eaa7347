module.exports = {
  preset: "../jest.preset.js",
  displayName: "e2e",
  rootDir: __dirname,
  testTimeout: 60000,
  // Most of their time these tests wait for programs to start and for planes to go on.
  maxWorkers: 3,
};
