import { RuleTester } from "eslint";
import { fileName } from "./file-name.mjs";

new RuleTester().run("file-name", fileName, {
  valid: ["get-task.ts", "get-task.test.ts", "index.ts", "run-service.ts", "jest.preset.js"].map(
    (filename) => ({
      name: filename,
      filename: `/packages/task/src/${filename}`,
      code: "",
    }),
  ),
  invalid: [
    {
      name: "utils.ts",
      filename: "/src/utils.ts",
      code: "",
      errors: [{ messageId: "banned", data: { name: "utils" } }],
    },
    {
      name: "types.test.ts",
      filename: "/src/types.test.ts",
      code: "",
      errors: [{ messageId: "banned", data: { name: "types" } }],
    },
    {
      name: "getTask.ts",
      filename: "/src/getTask.ts",
      code: "",
      errors: [{ messageId: "kebab", data: { name: "getTask" } }],
    },
    {
      name: "get_task.ts",
      filename: "/src/get_task.ts",
      code: "",
      errors: [{ messageId: "kebab", data: { name: "get_task" } }],
    },
  ],
});
