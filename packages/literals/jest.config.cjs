module.exports = { preset: "../../jest.preset.js", displayName: "literals", rootDir: __dirname };
