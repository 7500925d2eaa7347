module.exports = { preset: "../../jest.preset.js", displayName: "observe", rootDir: __dirname };
