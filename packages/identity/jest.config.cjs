module.exports = { preset: "../../jest.preset.js", displayName: "identity", rootDir: __dirname };
