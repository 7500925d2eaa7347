import { checkConventions } from "@flyte-mcp/core/testing";
import { secret } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([secret({ dir: "." }), secret({ plain: false })])).toEqual([]);
});
