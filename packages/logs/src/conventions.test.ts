import { checkConventions } from "@flyte-mcp/core/testing";
import { logs } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([logs])).toEqual([]);
});
