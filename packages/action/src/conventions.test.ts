import { checkConventions } from "@flyte-mcp/core/testing";
import { action } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([action])).toEqual([]);
});
