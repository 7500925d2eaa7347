module.exports = { preset: "../../jest.preset.js", displayName: "launch", rootDir: __dirname };
