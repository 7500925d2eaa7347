module.exports = { preset: "../../jest.preset.js", displayName: "clients", rootDir: __dirname };
