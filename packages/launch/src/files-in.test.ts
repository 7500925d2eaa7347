import { create } from "@bufbuild/protobuf";
import {
  BlobType_BlobDimensionality as Dimensionality,
  LiteralTypeSchema,
  SimpleType,
} from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { replaceFiles } from "./files-in.ts";

const blob = (dimensionality: Dimensionality) =>
  create(LiteralTypeSchema, { type: { case: "blob", value: { dimensionality } } });
const FILE = blob(Dimensionality.SINGLE);
const DIR = blob(Dimensionality.MULTIPART);
const NONE = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.NONE } });
const listOf = (value: LiteralType) => create(LiteralTypeSchema, { type: { case: "collectionType", value } });
const mapOf = (value: LiteralType) => create(LiteralTypeSchema, { type: { case: "mapValueType", value } });
const unionOf = (...variants: LiteralType[]) =>
  create(LiteralTypeSchema, { type: { case: "unionType", value: { variants } } });

const file = { content: "a,b", filename: "x.csv" };

async function replaced(type: LiteralType, json: unknown) {
  const sent: string[] = [];
  const put = async ({ name, content }: { name: string; content: Uint8Array }) => {
    sent.push(`${name}: ${Buffer.from(content).toString()}`);
    return `s3://store/${name}`;
  };
  const entry = { $typeName: "flyteidl2.core.VariableEntry", key: "f", value: { type } } as never;
  return { json: (await replaceFiles([entry], { f: json }, put))["f"], sent };
}

describe("a file that comes as content", () => {
  it.each([
    ["a File", FILE, file, { uri: "s3://store/x.csv" }],
    ["a list", listOf(FILE), [file, "s3://there"], [{ uri: "s3://store/x.csv" }, "s3://there"]],
    ["a map", mapOf(FILE), { k: file }, { k: { uri: "s3://store/x.csv" } }],
    ["an optional list", unionOf(listOf(FILE), NONE), [file], [{ uri: "s3://store/x.csv" }]],
    ["an optional map", unionOf(mapOf(FILE), NONE), { k: file }, { k: { uri: "s3://store/x.csv" } }],
    ["a union with Dir first", unionOf(DIR, FILE), file, { uri: "s3://store/x.csv" }],
    [
      "a named variant",
      unionOf(DIR, FILE),
      { $type: "File", value: file },
      { $type: "File", value: { uri: "s3://store/x.csv" } },
    ],
  ])("is found in %s", async (_what, type, json, expected) => {
    expect(await replaced(type, json)).toEqual({ json: expected, sent: ["x.csv: a,b"] });
  });

  it("may be base64, and keeps format and hash", async () => {
    const given = { base64: "YSxi", filename: "x.csv", format: "csv", hash: "h" };
    expect(await replaced(FILE, given)).toEqual({
      json: { uri: "s3://store/x.csv", format: "csv", hash: "h" },
      sent: ["x.csv: a,b"],
    });
  });

  it("is left alone where no File is declared", async () => {
    expect(await replaced(mapOf(NONE), { content: "x", filename: "y" })).toMatchObject({ sent: [] });
  });

  it.each([
    [{ content: "x" }, "f: filename is missing"],
    [{ content: "x", base64: "eA==", filename: "x" }, "f: give either content or base64"],
    [{ base64: "!!!not base64###", filename: "x" }, "f: base64 is not valid base64"],
    [{ content: 5, filename: "x" }, "f: content must be a text"],
    [{ content: "x", filename: ".." }, "f: filename must be a plain name"],
    [{ content: "x", filename: "a/b" }, "f: filename must be a plain name"],
    [{ content: "x", filename: "a?b" }, "f: filename must be a plain name"],
    [{ content: "x", filename: "x", zzz: 1 }, "f: unknown property zzz"],
  ])("is refused as %j, before anything is sent", async (json, message) => {
    await expect(replaced(FILE, json)).rejects.toThrow(message);
  });
});
