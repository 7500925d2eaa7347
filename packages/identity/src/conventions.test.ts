import { checkConventions } from "@flyte-mcp/core/testing";
import { identity } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([identity])).toEqual([]);
});
