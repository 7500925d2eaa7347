module.exports = { preset: "../../jest.preset.js", displayName: "sandbox", rootDir: __dirname };
