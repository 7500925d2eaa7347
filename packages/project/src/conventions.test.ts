import { checkConventions } from "@flyte-mcp/core/testing";
import { project } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([project])).toEqual([]);
});
