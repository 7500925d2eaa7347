module.exports = { preset: "../../jest.preset.js", displayName: "condition", rootDir: __dirname };
