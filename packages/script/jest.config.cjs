module.exports = { preset: "../../jest.preset.js", displayName: "script", rootDir: __dirname };
