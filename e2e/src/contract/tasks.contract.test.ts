import { choosePlanes } from "./plane.ts";
import { openSession } from "./session.ts";
import type { Row, Session } from "./session.ts";

describe.each(choosePlanes(process.env))("the task tools on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());

  describe("list_tasks", () => {
    it("lists a task once, with its newest version", async () => {
      const { tasks } = (await session.mcp.answer("list_tasks", { limit: 500 })) as { tasks: Row[] };
      const adds = tasks.filter((row) => row["name"] === "seed.add");
      expect(adds).toEqual([expect.objectContaining({ version: "v2", description: "Add two numbers." })]);
    });

    it("finds by a part of the name, in any case", async () => {
      const { tasks } = (await session.mcp.answer("list_tasks", { name_contains: "FAN_OUT" })) as {
        tasks: Row[];
      };
      expect(tasks.map((row) => row["name"])).toContain("seed.fan_out");
      expect(tasks.map((row) => row["name"])).not.toContain("seed.add");
    });

    it("goes on after a page without losing or repeating a row", async () => {
      const seen: unknown[] = [];
      let token: unknown;
      do {
        const page = (await session.mcp.answer("list_tasks", {
          name_contains: "seed.",
          limit: 3,
          token,
        })) as Row;
        seen.push(...(page["tasks"] as Row[]).map((row) => row["name"]));
        token = page["next_token"];
      } while (token !== undefined);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(["seed.add", "seed.fail", "seed.slow", "seed.fan_out"]));
    });

    it("says that a project does not exist", async () => {
      expect(
        await session.mcp.failure("list_tasks", { project: `${session.plane.scope.project}x` }),
      ).toContain(
        `There is no project "${session.plane.scope.project}x". Did you mean "${session.plane.scope.project}"`,
      );
    });
  });

  describe("get_task", () => {
    it("describes inputs, defaults and outputs", async () => {
      expect(await session.mcp.answer("get_task", { name: "seed.add" })).toMatchObject({
        name: "seed.add",
        version: "v2",
        description: "Add two numbers.",
        signature: "(a: int, b: int = 2) -> o0: int",
        input_schema: {
          type: "object",
          properties: {
            a: { type: "integer", description: "first addend" },
            b: { type: "integer", description: "second addend", default: 2 },
          },
          required: ["a"],
        },
        outputs: { o0: "int" },
      });
    });

    it("reads an older version", async () => {
      expect(await session.mcp.answer("get_task", { name: "seed.add", version: "v1" })).toMatchObject({
        version: "v1",
      });
    });

    it("offers near names for an unknown task", async () => {
      expect(await session.mcp.failure("get_task", { name: "seed.ad" })).toMatch(
        /no task "seed\.ad".*Did you mean "seed\.add"/,
      );
    });

    it("tells an unknown version from an unknown task", async () => {
      expect(await session.mcp.failure("get_task", { name: "seed.add", version: "v77" })).toContain(
        'There is no task "seed.add" in that version',
      );
    });
  });
});
