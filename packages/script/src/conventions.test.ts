import { checkConventions } from "@flyte-mcp/core/testing";
import { script } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([script()])).toEqual([]);
});
