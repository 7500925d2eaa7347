import { checkConventions } from "@flyte-mcp/core/testing";
import { run } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([run])).toEqual([]);
});
