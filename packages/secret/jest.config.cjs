module.exports = { preset: "../../jest.preset.js", displayName: "secret", rootDir: __dirname };
