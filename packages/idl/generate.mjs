// Generates gen/ from flyteidl2.binpb: see README.md for why the validation options are cleared.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";

const here = dirname(fileURLToPath(import.meta.url));
const VALIDATION = "buf/validate/validate.proto";
const BUF_VALIDATE_EXTENSION = 1159;

/** Walks any descriptor and drops the unknown options that carry buf.validate rules. */
function clearValidation(value) {
  if (Array.isArray(value)) return value.forEach(clearValidation);
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
  if (Array.isArray(value.$unknown))
    value.$unknown = value.$unknown.filter((f) => f.no !== BUF_VALIDATE_EXTENSION);
  for (const [key, child] of Object.entries(value)) if (key !== "$unknown") clearValidation(child);
}

function readFiles() {
  const set = fromBinary(FileDescriptorSetSchema, readFileSync(join(here, "flyteidl2.binpb")));
  const files = set.file.filter((file) => file.name !== VALIDATION);
  for (const file of files) {
    clearValidation(file);
    file.dependency = file.dependency.filter((name) => name !== VALIDATION);
    file.publicDependency = [];
    file.weakDependency = [];
  }
  return files;
}

function generate(files) {
  const request = create(CodeGeneratorRequestSchema, {
    parameter: "target=js+dts,import_extension=js",
    fileToGenerate: files.map((file) => file.name).filter((name) => !name.startsWith("google/protobuf/")),
    protoFile: files,
  });
  const plugin = fileURLToPath(import.meta.resolve("@bufbuild/protoc-gen-es/bin/protoc-gen-es"));
  const run = spawnSync(process.execPath, [plugin], {
    input: toBinary(CodeGeneratorRequestSchema, request),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`protoc-gen-es failed: ${run.stderr}`);
  const response = fromBinary(CodeGeneratorResponseSchema, run.stdout);
  if (response.error) throw new Error(`protoc-gen-es: ${response.error}`);
  return response.file;
}

const out = join(here, "gen");
rmSync(out, { recursive: true, force: true });
const generated = generate(readFiles());
for (const file of generated) {
  const path = join(out, file.name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.content);
}
console.error(`${generated.length} files generated`);
