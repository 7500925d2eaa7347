module.exports = { preset: "../../jest.preset.js", displayName: "task", rootDir: __dirname };
