import { checkConventions } from "@flyte-mcp/core/testing";
import { condition } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([condition])).toEqual([]);
});
