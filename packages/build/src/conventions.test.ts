import { checkConventions } from "@flyte-mcp/core/testing";
import { build } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([build])).toEqual([]);
});
