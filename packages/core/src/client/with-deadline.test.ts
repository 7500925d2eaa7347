import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { withDeadline } from "./with-deadline.ts";

/** A plane that answers with these errors in turn, undefined for success, and the deadlines it was given. */
function playDeadlines(...outcomes: (ConnectError | undefined)[]) {
  const deadlines: (number | undefined)[] = [];
  const plane = createRouterTransport(({ service }) => {
    service(RunService, {
      listRuns() {
        const error = outcomes.shift();
        if (error) throw error;
        return {};
      },
    });
  });
  const recorded: Transport = {
    unary(method, signal, timeoutMs, ...rest) {
      deadlines.push(timeoutMs);
      return plane.unary(method, signal, timeoutMs, ...rest);
    },
    stream: (...call) => plane.stream(...call),
  };
  const client = createClient(RunService, withDeadline(recorded));
  const ask = (timeoutMs?: number) => client.listRuns({}, { timeoutMs }).catch((error: unknown) => error);
  return { deadlines, ask };
}

describe("withDeadline", () => {
  it("gives the first call 8 s and, once the plane has answered, 30 s", async () => {
    const { deadlines, ask } = playDeadlines();
    await ask();
    await ask();
    expect(deadlines).toEqual([8_000, 30_000]);
  });

  it("keeps to 8 s while the plane is not reached", async () => {
    const { deadlines, ask } = playDeadlines(new ConnectError("down", Code.Unavailable));
    await ask();
    await ask();
    await ask();
    expect(deadlines).toEqual([8_000, 8_000, 30_000]);
  });

  it("takes a thing that is not found for an answer", async () => {
    const { deadlines, ask } = playDeadlines(new ConnectError("no such run", Code.NotFound));
    const error = await ask();
    await ask();
    expect(error).toMatchObject({ rawMessage: "no such run" });
    expect(deadlines).toEqual([8_000, 30_000]);
  });

  it("leaves a call's own deadline alone", async () => {
    const { deadlines, ask } = playDeadlines();
    await ask(250);
    expect(deadlines).toEqual([250]);
  });
});
