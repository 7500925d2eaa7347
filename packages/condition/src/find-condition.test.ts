import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { SignalEventRequest } from "@flyte-mcp/idl/workflow/run_service";
import { condition } from "./index.ts";

interface Row {
  action: string;
  name: string;
  phase: ActionPhase;
  type?: SimpleType;
}

const typeOf = (type: SimpleType) => ({ type: { case: "simple", value: type } }) as const;

/** A plane whose lists name conditions and types, as some do; those without a type are read one by one. */
async function play(rows: readonly Row[], { breaks = false } = {}) {
  const signals: SignalEventRequest[] = [];
  const read: string[] = [];
  const describe = ({ action, name, phase, type }: Row) => ({
    id: { run: { project: "p", domain: "d", name: "r" }, name: action },
    metadata: {
      parent: "a0",
      spec: {
        case: "condition" as const,
        value: { name, ...(type === undefined ? {} : { type: typeOf(type) }) },
      },
    },
    status: { phase, startTime: { seconds: 1_700_000_000n } },
  });
  const flyte = playFlyte(
    (router) =>
      router.service(RunService, {
        listActions: () => ({ actions: rows.map(describe) }),
        getActionDetails({ actionId }) {
          read.push(actionId?.name ?? "");
          if (breaks && signals.length > 0) throw new ConnectError("gone", Code.Unavailable);
          const row = rows.find(({ action }) => action === actionId?.name);
          const isAnswered = signals.some((signal) => signal.actionId?.name === row?.action);
          const phase = isAnswered ? ActionPhase.SUCCEEDED : row?.phase;
          return { details: row && describe({ ...row, phase: phase ?? row.phase }) };
        },
        signalEvent(request) {
          signals.push(request);
          return {};
        },
      }),
    { org: "acme" },
  );
  return { ...(await connectClient({ groups: [condition], flyte })), signals, read };
}

const { BOOLEAN, STRUCT } = SimpleType;
const { PAUSED, SUCCEEDED, ABORTED } = ActionPhase;
const TWO: Row[] = [
  { action: "c0", name: "approve", phase: SUCCEEDED, type: BOOLEAN },
  { action: "c1", name: "approve", phase: PAUSED, type: BOOLEAN },
];

it("takes the one that waits before one of the same name that has ended", async () => {
  const { answer, signals } = await play(TWO);
  await answer("signal_condition", { run_name: "r", name: "approve", value: true });
  expect(signals.map(({ actionId }) => actionId?.name)).toEqual(["c1"]);
});

it("sends the run's own place and the parent with the answer", async () => {
  const { answer, signals, read } = await play(TWO);
  await answer("signal_condition", { run_name: "r", name: "c1", value: true });
  expect(signals).toHaveLength(1);
  expect(signals[0]).toMatchObject({
    actionId: { run: { org: "acme", project: "flytesnacks", domain: "development", name: "r" }, name: "c1" },
    parentActionName: "a0",
    payload: { value: { case: "boolValue", value: true } },
  });
  // Only to learn the phase afterwards: the list told name and type.
  expect(read).toEqual(["c1"]);
});

it("lists the actions when several of that name wait, and takes one of them by its action's name", async () => {
  const rows = [...TWO, { action: "c2", name: "approve", phase: PAUSED, type: BOOLEAN }];
  const { answer, failure, signals } = await play(rows);
  expect(await failure("signal_condition", { run_name: "r", name: "approve", value: true })).toBe(
    'Run "r" waits at 2 conditions named "approve": c1 (since 2023-11-14T22:13:20.000Z), ' +
      "c2 (since 2023-11-14T22:13:20.000Z). Nothing was sent; name one by its action name. [invalid_argument]",
  );
  expect(signals).toEqual([]);
  expect(await answer("signal_condition", { run_name: "r", name: "c2", value: true })).toMatchObject({
    name: "approve",
    action_name: "c2",
    signaled: true,
  });
});

it("says that one which was aborted can no longer be answered", async () => {
  const { failure, signals } = await play([{ action: "c0", name: "approve", phase: ABORTED, type: BOOLEAN }]);
  expect(await failure("signal_condition", { run_name: "r", name: "approve", value: true })).toContain(
    'Condition "approve" of run "r" has ended (aborted) and can no longer be answered.',
  );
  expect(signals).toEqual([]);
});

it.each([{}, { type: STRUCT }])(
  "asks for the type where Flyte tells none that can be answered",
  async (type) => {
    const { answer, failure, signals } = await play([{ action: "c0", name: "odd", phase: PAUSED, ...type }]);
    const args = { run_name: "r", name: "odd", value: "3" };
    expect(await failure("signal_condition", args)).toContain(
      'Flyte does not tell the type of condition "odd". Nothing was sent; pass type',
    );
    expect(signals).toEqual([]);
    await answer("signal_condition", { ...args, type: "int" });
    expect(signals.map(({ payload }) => payload?.value)).toEqual([{ case: "intValue", value: 3n }]);
  },
);

it("tells that the answer was given although the phase cannot be read afterwards", async () => {
  const { answer } = await play(TWO, { breaks: true });
  expect(await answer("signal_condition", { run_name: "r", name: "approve", value: true })).toMatchObject({
    signaled: true,
    phase: "unknown",
    message: expect.stringContaining("how it went on could not be read"),
  });
}, 10_000);
