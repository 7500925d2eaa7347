import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import type { ListTasksRequest } from "@flyte-mcp/idl/task/task_service";
import { task } from "./index.ts";

const name = (index: number) => ({
  taskId: { project: "p", domain: "d", name: `seed.t${index}`, version: "v1" },
});

/** A plane of `count` tasks that answers pages of what it is asked for and gives a token after each full page. */
async function play(count: number, policy = {}) {
  const requests: ListTasksRequest[] = [];
  const flyte = playFlyte((router) =>
    router
      .service(ProjectService, {
        listProjects: () => ({
          projects: { projects: [{ id: "flytesnacks", domains: [{ id: "development" }] }] },
        }),
      })
      .service(TaskService, {
        listTasks(request) {
          requests.push(request);
          const { limit = 0, token = "" } = request.request ?? {};
          const begin = Number(token);
          const tasks = Array.from({ length: Math.min(limit, count - begin) }, (_, index) =>
            name(begin + index),
          );
          const isFull = tasks.length === limit;
          return {
            tasks,
            token: isFull ? String(begin + limit) : "",
            metadata: { total: count, filteredTotal: count },
          };
        },
      }),
  );
  return { ...(await connectClient({ groups: [task], flyte, policy })), requests };
}

describe("list_tasks", () => {
  it("asks for no page above 100", async () => {
    const { answer, requests } = await play(230);
    const { tasks, next_token } = (await answer("list_tasks", { limit: 220 })) as {
      tasks: unknown[];
      next_token: string;
    };
    expect(requests.map(({ request }) => [request?.limit, request?.token])).toEqual([
      [100, ""],
      [100, "100"],
      [20, "200"],
    ]);
    expect(tasks).toHaveLength(220);
    expect(next_token).toBe("220");
  });

  it("ends where Flyte gives a token after its last row", async () => {
    const { answer } = await play(25);
    expect(await answer("list_tasks")).toMatchObject({ total: 25, next_token: "25" });
    expect(await answer("list_tasks", { token: "25" })).toEqual({ tasks: [], total: 25 });
  });

  it("asks newest first, in both forms of sorting that planes know", async () => {
    const { answer, requests } = await play(1);
    await answer("list_tasks");
    expect(requests[0]?.request).toMatchObject({
      sortBy: { key: "created_at" },
      sortByFields: [{ key: "created_at" }],
    });
  });

  it("passes on the entrypoint filter", async () => {
    const { answer, requests } = await play(1);
    await answer("list_tasks", { entrypoint: true });
    expect(requests[0]?.knownFilters[0]?.filterBy).toEqual({ case: "isEntrypoint", value: true });
  });

  it("links each row to the console", async () => {
    const { answer } = await play(1);
    expect(await answer("list_tasks")).toEqual({
      tasks: [
        { name: "seed.t0", version: "v1", url: "http://console.test/v2/domain/d/project/p/tasks/seed.t0" },
      ],
      total: 1,
    });
  });

  it("refuses limits out of range", async () => {
    const { failure } = await play(1);
    expect(await failure("list_tasks", { limit: 0 })).toContain("limit: must be at least 1");
    expect(await failure("list_tasks", { limit: 1e9 })).toContain("limit: must be at most 500");
  });

  it("says that there is no such project rather than that it is empty", async () => {
    const { failure } = await play(0);
    expect(await failure("list_tasks", { project: "flytesnack" })).toBe(
      'There is no project "flytesnack". Did you mean "flytesnacks"? Projects: flytesnacks. [not_found]',
    );
    expect(await failure("list_tasks", { domain: "developmen" })).toContain(
      'Project "flytesnacks" has no domain "developmen". Did you mean "development"?',
    );
  });

  it("says how far it looked when a policy hides almost every task", async () => {
    const { answer, requests } = await play(5_000, { tasks: ["seed.t7", "seed.t4000"] });
    expect(await answer("list_tasks", { limit: 10 })).toMatchObject({
      tasks: [{ name: "seed.t7" }],
      next_token: "1910",
      note: "Of 1910 rows looked through, 1 match and may be shown; call again with next_token to look further.",
    });
    expect(requests).toHaveLength(20);
  });
});
