module.exports = { preset: "../../jest.preset.js", displayName: "search", rootDir: __dirname };
