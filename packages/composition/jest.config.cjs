module.exports = { preset: "../../jest.preset.js", displayName: "composition", rootDir: __dirname };
