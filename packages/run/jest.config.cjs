module.exports = { preset: "../../jest.preset.js", displayName: "run", rootDir: __dirname };
