import { create } from "@bufbuild/protobuf";
import { ErrorInfoSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { describeError } from "./describe-error.ts";

const codesOf = (code: string) => {
  const { code: own, server_code } = describeError(create(ErrorInfoSchema, { code }));
  return [own, server_code];
};

it.each([
  ["", undefined, undefined],
  ["ValueError", "ValueError", undefined],
  ["RetriesExhausted|OOMError", "OOMError", "RetriesExhausted"],
  ["RetriesExhausted| a|b", "a|b", "RetriesExhausted"],
])("of the code %j tells the task's own part and the server's", (code, own, server) => {
  expect(codesOf(code)).toEqual([own, server]);
});
