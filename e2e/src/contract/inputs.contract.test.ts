import { create } from "@bufbuild/protobuf";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "@flyte-mcp/literals";
import { EVERYTHING } from "../every-type.ts";
import { choosePlanes } from "./plane.ts";
import { openSession } from "./session.ts";
import type { Session } from "./session.ts";

const DICT_OF_FLOATS = create(LiteralTypeSchema, {
  type: { case: "mapValueType", value: { type: { case: "simple", value: SimpleType.FLOAT } } },
});

describe.each(choosePlanes(process.env))("inputs on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());

  describe("inputs that are wrong", () => {
    it("are all named at once, and no run is created", async () => {
      const run_name = `wrong-${Date.now().toString(36)}`;
      const said = await session.mcp.failure("run_task", {
        name: "seed.add",
        inputs: { b: "many", aa: 1 },
        run_name,
      });
      expect(said).toContain("No run was created");
      expect(said).toMatch(/a: missing required input of type int/);
      expect(said).toMatch(/b: .*int/);
      expect(said).toMatch(/aa: unknown input, did you mean a\?/);
      expect(said).toContain("seed.add(a: int, b: int = 2) -> o0: int");
      expect(await session.mcp.failure("get_run", { name: run_name })).toContain(
        `There is no run "${run_name}"`,
      );
    });

    it("are told for every type, with what is accepted", async () => {
      const inputs = {
        ...EVERYTHING,
        i: 3.5,
        when: "2024-02-30",
        mode: "fast",
        params: { lrr: 1 },
        either: true,
      };
      const said = await session.mcp.failure("run_task", { name: "seed.everything", inputs });
      for (const path of ["i: ", "when: ", "mode: ", "params.lrr: ", "either: "])
        expect(said).toContain(path);
      expect(said).toContain("FAST");
    });
  });

  describe("a file that comes as content", () => {
    it("is put into the store, the same content at the same place", async () => {
      const file = { content: "a,b\n1,2\n", filename: "data.csv" };
      const launch = {
        name: "seed.everything",
        inputs: { ...EVERYTHING, file },
        idempotency_key: `file-${Date.now()}`,
      };
      const { name } = await session.mcp.answer("run_task", launch);
      const { inputs } = (await session.mcp.answer("get_run_io", { name })) as {
        inputs: { file: { uri: string } };
      };
      expect(inputs.file.uri).toMatch(/^[a-z0-9]+:\/\/.+\/data\.csv$/);
      expect(await session.mcp.answer("run_task", launch)).toMatchObject({ name, already_exists: true });
    });

    it("makes one run for a key also with values that are not equal to themselves", async () => {
      const inputs = { ...EVERYTHING, f: "NaN" };
      const launch = { name: "seed.everything", inputs, idempotency_key: `nan-${Date.now()}` };
      const { name } = await session.mcp.answer("run_task", launch);
      expect(await session.mcp.answer("run_task", launch)).toMatchObject({ name, already_exists: true });
    });

    it("is not sent when another input is wrong", async () => {
      const inputs = { ...EVERYTHING, i: "x", file: { content: "never sent", filename: "data.csv" } };
      expect(await session.mcp.failure("run_task", { name: "seed.everything", inputs })).toContain("i: ");
    });
  });

  describe("values of every common type", () => {
    it("arrive, and come back as they went", async () => {
      const value = toLiteral(DICT_OF_FLOATS, EVERYTHING.m, "m");
      if (!value.ok) throw new Error("the map is no literal");
      const ending = { phase: "succeeded", outputs: [{ name: "o0", value: value.value }] } as const;
      const name = await session.launch("seed.everything", EVERYTHING, ending);
      expect(await session.settle(name)).toMatchObject({ phase: "succeeded" });
      expect(await session.mcp.answer("get_run_io", { name })).toEqual({
        name,
        phase: "succeeded",
        done: true,
        inputs: {
          ...EVERYTHING,
          params: { lr: 0.5, epochs: 3, layers: [8, 8] },
          model: { name: "m", score: null },
          file: { uri: "s3://bucket/data.csv", format: "csv", dimensionality: "SINGLE" },
        },
        outputs: { o0: { a: 1.5, b: -2 } },
        url: expect.stringContaining(`/runs/${name}`),
      });
    });
  });
});
