import { create } from "@bufbuild/protobuf";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { hashInputs } from "./inputs-hash.ts";

const integer = (name: string, value: bigint) => ({
  name,
  value: {
    value: {
      case: "scalar" as const,
      value: { value: { case: "primitive" as const, value: { value: { case: "integer" as const, value } } } },
    },
  },
});

it("hashes a = 40, b = 2 as the recorded plane does", () => {
  const inputs = create(InputsSchema, { literals: [integer("a", 40n), integer("b", 2n)] });
  expect(hashInputs(inputs)).toBe("UnOET15LN_A");
});

it("hashes no inputs as the recorded plane does", () => {
  expect(hashInputs(create(InputsSchema))).toBe("y_Kc5IQiIyU");
});
