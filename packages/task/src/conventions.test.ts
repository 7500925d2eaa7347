import { checkConventions } from "@flyte-mcp/core/testing";
import { task } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([task])).toEqual([]);
});
