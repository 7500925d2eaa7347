import { createClient, createRouterTransport } from "@connectrpc/connect";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ListRequestSchema } from "@flyte-mcp/idl/common/list";
import { Filter_Function, Sort_Direction } from "@flyte-mcp/idl/common/list";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "../create.ts";

const sandbox = createSandbox({ execute: false });
const runs = createClient(RunService, createRouterTransport(sandbox.routes));
afterAll(() => sandbox.close());

async function list(request: MessageInitShape<typeof ListRequestSchema>) {
  const answer = await runs.listRuns({
    request,
    scopeBy: { case: "projectId", value: { name: "flytesnacks", domain: "development" } },
  });
  return { names: answer.runs.map(({ action }) => action?.id?.run?.name), token: answer.token };
}

const where = (fn: Filter_Function, field: string, ...values: string[]) => [{ function: fn, field, values }];

it.each([
  [where(Filter_Function.EQUAL, "phase", "4"), ["demo-gate-1"]],
  [where(Filter_Function.VALUE_IN, "phase", "4", "7"), ["demo-gate-1", "demo-slow-2", "demo-slow-1"]],
  [where(Filter_Function.GREATER_THAN, "phase", "6"), ["demo-slow-2", "demo-slow-1"]],
  [where(Filter_Function.CONTAINS, "run_name", "fan"), ["demo-fan-1", "demo-fan-2"]],
  [where(Filter_Function.CONTAINS, "run_name", "FAN"), []],
  [where(Filter_Function.CONTAINS_CASE_INSENSITIVE, "run_name", "FAN"), ["demo-fan-1", "demo-fan-2"]],
  [where(Filter_Function.ENDS_WITH, "task_name", ".pay"), ["demo-pay-1"]],
  [where(Filter_Function.LESS_THAN, "created_at", "2000-01-01T00:00:00Z"), []],
  [where(Filter_Function.EQUAL, "trigger_name", "nightly"), []],
])("lists by %j", async (filters, names) => {
  expect((await list({ filters })).names).toEqual(names);
});

it("reads page after page in the order asked for", async () => {
  const sortByFields = [{ key: "created_at", direction: Sort_Direction.ASCENDING }];
  expect(await list({ limit: 2, sortByFields })).toEqual({
    names: ["demo-add-1", "demo-fail-1"],
    token: "2",
  });
  expect(await list({ limit: 2, token: "12", sortByFields })).toEqual({
    names: ["demo-add-4", "demo-gate-1"],
    token: "",
  });
  expect(await list({ limit: 2, token: "90", sortByFields })).toEqual({ names: [], token: "" });
});

it.each([
  [{ sortBy: { key: "labels" } }, "[invalid_argument] invalid sort field: labels"],
  [{ token: "-1" }, '[invalid_argument] invalid token: "-1"'],
  [
    { filters: where(Filter_Function.EQUAL, "phase") },
    "[invalid_argument] failed to convert filters: filter phase has no values",
  ],
  [
    { filters: where(Filter_Function.EXISTS, "phase", "1") },
    "[invalid_argument] failed to convert filters: unsupported filter function: EXISTS",
  ],
  [{ filters: where(Filter_Function.VALUE_IN, "phase", "6") }, "[internal] failed to list actions:"],
  [
    { filters: where(Filter_Function.EQUAL, "created_at", "soon") },
    "[internal] failed to list actions: ERROR:",
  ],
])("refuses %j", async (request, message) => {
  await expect(list(request)).rejects.toThrow(message);
});
