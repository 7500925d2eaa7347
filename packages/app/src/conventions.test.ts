import { checkConventions } from "@flyte-mcp/core/testing";
import { app } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([app])).toEqual([]);
});
