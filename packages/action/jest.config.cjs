module.exports = { preset: "../../jest.preset.js", displayName: "action", rootDir: __dirname };
