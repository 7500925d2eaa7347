import { create } from "@bufbuild/protobuf";
import { ActionIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { goActionId, goDuration } from "./go-text.ts";

it("prints an action id as Go does", () => {
  const id = create(ActionIdentifierSchema, { run: { project: "p", domain: "d", name: "r" }, name: "a0" });
  expect(goActionId(id)).toBe('run:{project:"p"  domain:"d"  name:"r"}  name:"a0"');
});

it.each([
  [999999, "277h46m39s"],
  [3600, "1h0m0s"],
  [90, "1m30s"],
  [5, "5s"],
  [0.25, "250ms"],
  [0, "0s"],
])("prints %d seconds as %s", (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
});
