module.exports = { preset: "../../jest.preset.js", displayName: "trigger", rootDir: __dirname };
