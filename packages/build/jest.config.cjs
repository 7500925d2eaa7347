module.exports = { preset: "../../jest.preset.js", displayName: "build", rootDir: __dirname };
