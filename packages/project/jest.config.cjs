module.exports = { preset: "../../jest.preset.js", displayName: "project", rootDir: __dirname };
