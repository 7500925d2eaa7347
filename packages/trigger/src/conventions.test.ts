import { checkConventions } from "@flyte-mcp/core/testing";
import { trigger } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([trigger])).toEqual([]);
});
