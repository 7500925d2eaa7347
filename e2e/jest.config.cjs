module.exports = { preset: "../jest.preset.js", displayName: "e2e", rootDir: __dirname, testTimeout: 60000 };
