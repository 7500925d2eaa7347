module.exports = { preset: "../../jest.preset.js", displayName: "core", rootDir: __dirname };
