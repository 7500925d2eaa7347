import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { fromBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorSetSchema,
  MethodOptions_IdempotencyLevel,
  type FileDescriptorSet,
} from "@bufbuild/protobuf/wkt";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { StatusSchema } from "@flyte-mcp/idl/google/rpc/status";
import { file_flyteidl2_workflow_run_service, RunService } from "@flyte-mcp/idl/workflow/run_service";

const root = new URL("../", import.meta.url);

async function listGenerated(ending: string): Promise<string[]> {
  const names = await readdir(new URL("gen/", root), { recursive: true });
  return names.filter((name) => name.endsWith(ending)).sort();
}

async function readSet(): Promise<FileDescriptorSet> {
  return fromBinary(FileDescriptorSetSchema, await readFile(new URL("flyteidl2.binpb", root)));
}

describe("the descriptor set", () => {
  it("is the one of flyteidl2 2.0.51", async () => {
    const bytes = await readFile(new URL("flyteidl2.binpb", root));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      "6a51a30b7a2e9d40d741d5fc518ba7f6d12275d85144d133d7fbdbfc53d9c0fe",
    );
  });

  it("holds 95 files, 27 services and 125 methods", async () => {
    const { file } = await readSet();
    const services = file.flatMap((each) => each.service);
    expect(file).toHaveLength(95);
    expect(services).toHaveLength(27);
    expect(services.flatMap((each) => each.method)).toHaveLength(125);
  });
});

describe("the generated code", () => {
  it("has a module and a declaration for each file of the set but well-known types and validation", async () => {
    const { file } = await readSet();
    const bases = file
      .map((each) => each.name.replace(/\.proto$/, "_pb"))
      .filter((name) => !name.startsWith("google/protobuf/") && !name.startsWith("buf/"))
      .sort();
    expect(bases).toHaveLength(88);
    expect(await listGenerated(".js")).toEqual(bases.map((base) => `${base}.js`));
    expect(await listGenerated(".d.ts")).toEqual(bases.map((base) => `${base}.d.ts`));
  });

  it("nowhere imports buf/validate", async () => {
    const names = [...(await listGenerated(".js")), ...(await listGenerated(".d.ts"))];
    const texts = await Promise.all(names.map((name) => readFile(new URL(`gen/${name}`, root), "utf8")));
    expect(names.filter((_, i) => texts[i]?.includes("buf/validate"))).toEqual([]);
  });

  it("keeps imports between Flyte files when those of validation go", () => {
    const imports = file_flyteidl2_workflow_run_service.proto.dependency;
    expect(imports).toContain("flyteidl2/common/identifier.proto");
    expect(imports).not.toContain("buf/validate/validate.proto");
  });

  it("serves google/rpc by its own subpath", () => {
    expect(StatusSchema.typeName).toBe("google.rpc.Status");
  });
});

describe("RunService", () => {
  it("has SignalEvent", () => {
    expect(RunService.method.signalEvent.name).toBe("SignalEvent");
    expect(RunService.method.signalEvent.methodKind).toBe("unary");
  });

  it("marks GetRunDetails free of side effects and AbortRun not", () => {
    expect(RunService.method.getRunDetails.idempotency).toBe(MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS);
    expect(RunService.method.abortRun.idempotency).toBe(MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN);
  });

  it("knows recovered actions", () => {
    expect(ActionPhase.RECOVERED).toBe(10);
    expect(ActionPhase[10]).toBe("RECOVERED");
  });
});
