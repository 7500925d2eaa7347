module.exports = { preset: "../../jest.preset.js", displayName: "logs", rootDir: __dirname };
