import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { contentHash } from "./content-hash.ts";

interface Line {
  task: string | null;
  name: string;
  inputs_b64: string;
  hash: { sdk_content_inputs_hash: string | null };
}

const lines = readFileSync(new URL("../fixtures/inputs.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Line)
  .filter(({ task }) => task !== null);

it("has inputs with and without hashes to compare", () => {
  expect(lines.filter(({ hash }) => hash.sdk_content_inputs_hash !== null)).toHaveLength(4);
  expect(lines.length).toBeGreaterThan(40);
});

it.each(lines)("hashes the inputs $name of $task as the Python SDK does", ({ inputs_b64, hash }) => {
  const inputs = fromBinary(InputsSchema, Buffer.from(inputs_b64, "base64"));
  expect(contentHash(inputs) ?? null).toBe(hash.sdk_content_inputs_hash);
});

it("counts no ignored input", () => {
  const line = lines.find(({ name }) => name === "uri_hash");
  const inputs = fromBinary(InputsSchema, Buffer.from(line?.inputs_b64 ?? "", "base64"));
  expect(contentHash(inputs, ["x"])).toBeUndefined();
});
