import { connectClient } from "@flyte-mcp/core/testing";
import type { TestClient } from "@flyte-mcp/core/testing";
import { allGroups } from "../all-groups.ts";
import { drive } from "./drive.ts";
import type { Ending } from "./drive.ts";
import type { Plane, PlaneChoice } from "./plane.ts";

export type Row = Record<string, unknown>;

/** A plane under test and an MCP client whose server works on it. */
export interface Session {
  plane: Plane;
  mcp: TestClient;
  /** Launches a seed task and, where the plane does not execute, plays the executor; gives the run's name. */
  launch(name: string, inputs: Row, ending: Ending): Promise<string>;
  /** Waits for a run's end as a model would: again, as often as it is told to. */
  settle(name: string): Promise<Row>;
  close(): Promise<void>;
}

const MOST_WAITS = 10;

export async function openSession(choice: PlaneChoice): Promise<Session> {
  const plane = await choice.open();
  const mcp = await connectClient({ groups: allGroups, flyte: plane.flyte });
  return {
    plane,
    mcp,
    async launch(name, inputs, ending) {
      const launched = (await mcp.answer("run_task", { name, inputs })) as { name: string };
      await drive(plane, launched.name, ending);
      return launched.name;
    },
    async settle(name) {
      for (let calls = 0; calls < MOST_WAITS; calls++) {
        const state = await mcp.answer("wait_for_run", { name });
        if (!state["timed_out"]) return state;
      }
      throw new Error(`run ${name} did not end`);
    },
    async close() {
      await mcp.close();
      await plane.close();
    },
  };
}
