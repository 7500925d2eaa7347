import { anchorRefs } from "./anchor-refs.ts";

describe("anchorRefs", () => {
  it("leads references to where the definitions are now", () => {
    const node = { properties: { next: { $ref: "#/$defs/Node" } } };
    expect(
      anchorRefs({ type: "array", items: { $ref: "#/$defs/Node", $defs: { Node: node } } }, [
        "properties",
        "a/b",
      ]),
    ).toEqual({
      type: "array",
      items: {
        $ref: "#/properties/a~1b/items/$defs/Node",
        $defs: { Node: { properties: { next: { $ref: "#/properties/a~1b/items/$defs/Node" } } } },
      },
    });
  });

  it("follows alternatives, and lets values alone", () => {
    const schema = {
      oneOf: [{ $ref: "#/$defs/A" }],
      $defs: { A: { default: { $ref: "#/$defs/A" } } },
      examples: [{ $ref: "#" }],
    };
    expect(anchorRefs(schema, ["x"])).toEqual({ ...schema, oneOf: [{ $ref: "#/x/$defs/A" }] });
  });

  it("takes a property for no keyword", () => {
    expect(
      anchorRefs({ properties: { $ref: { type: "string" }, items: { $ref: "#/$defs/A" } }, $defs: {} }, []),
    ).toEqual({
      properties: { $ref: { type: "string" }, items: { $ref: "#/$defs/A" } },
      $defs: {},
    });
  });
});
