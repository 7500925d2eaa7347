import { checkConventions } from "@flyte-mcp/core/testing";
import { search } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([search()])).toEqual([]);
});
