export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/src/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
        module: { type: "es6" },
        sourceMaps: "inline",
        swcrc: false,
      },
    ],
  },
  testEnvironmentOptions: { customExportConditions: ["@flyte-mcp/source", "node", "node-addons"] },
};
