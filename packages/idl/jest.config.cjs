module.exports = { preset: "../../jest.preset.js", displayName: "idl", rootDir: __dirname };
