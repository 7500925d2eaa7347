import { Code, ConnectError } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

/** What a caller is told when ListRuns fails thus. */
async function told(code: Code, message: string): Promise<string> {
  const flyte = playFlyte(({ service }) => {
    service(RunService, {
      listRuns() {
        throw new ConnectError(message, code);
      },
    });
  });
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect: "read",
    input: z.object({}),
    output: z.object({}),
    run: async (_input, { flyte: open }) => {
      await open(RunService).listRuns({});
      return {};
    },
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const client = await connectClient({ groups, flyte });
  return client.failure("probe");
}

const AGAIN = "It may work when tried again.";

describe("an error of Flyte", () => {
  it.each<[keyof typeof Code, string]>([
    ["Canceled", `The call was cancelled. It says: why. ${AGAIN} [canceled]`],
    ["Unknown", "why [unknown]"],
    ["InvalidArgument", "why [invalid_argument]"],
    [
      "DeadlineExceeded",
      "http://flyte.test did not answer in time. Check that it is a Flyte API. Set the endpoint by --endpoint, " +
        `FLYTE_ENDPOINT or admin.endpoint in the Flyte config file. ${AGAIN} [deadline_exceeded]`,
    ],
    ["NotFound", "why [not_found]"],
    ["AlreadyExists", "why [already_exists]"],
    [
      "PermissionDenied",
      "Flyte does not allow this to the identity in use. It says: why. " +
        "Ask for access, or use another identity, project or domain. [permission_denied]",
    ],
    [
      "ResourceExhausted",
      `Flyte refuses more load. It says: why. Try again later. ${AGAIN} [resource_exhausted]`,
    ],
    ["FailedPrecondition", "why [failed_precondition]"],
    ["Aborted", `why ${AGAIN} [aborted]`],
    ["OutOfRange", "why [out_of_range]"],
    [
      "Unimplemented",
      "This control plane does not offer what the tool needs. It says: why. " +
        "An older or a smaller Flyte may lack the service. [unimplemented]",
    ],
    ["Internal", "why [internal]"],
    ["Unavailable", `Flyte is unavailable. It says: why. Try again in a moment. ${AGAIN} [unavailable]`],
    ["DataLoss", "why [data_loss]"],
    [
      "Unauthenticated",
      "Flyte did not accept the credentials: they are missing, wrong or expired. It says: why. " +
        "Give a fresh token by FLYTE_ACCESS_TOKEN, or by the Authorization header over HTTP. [unauthenticated]",
    ],
  ])("%s is told in a sentence", async (name, text) => {
    expect(await told(Code[name], "why")).toBe(text);
  });

  it("is told in its first line, with no stack", async () => {
    const go = "rpc failed\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d";
    expect(await told(Code.Internal, go)).toBe("rpc failed [internal]");
  });

  it("is cut at 400 characters", async () => {
    expect(await told(Code.Internal, "x".repeat(500))).toBe(`${"x".repeat(400)}… [internal]`);
  });

  it("that says nothing is a sentence all the same", async () => {
    expect(await told(Code.Internal, "")).toBe("Flyte answered with an error that says no more. [internal]");
  });

  it("ends in one full stop", async () => {
    expect(await told(Code.Unavailable, "It is down.")).toBe(
      `Flyte is unavailable. It says: It is down. Try again in a moment. ${AGAIN} [unavailable]`,
    );
  });

  it.each([
    ["404 Not Found", "The run service of this control plane does not know ListRuns."],
    [
      "flyteidl2.workflow.RunService.ListRuns is not implemented",
      "The run service of this control plane does not know ListRuns.",
    ],
    ["HTTP 404", "This control plane has no run service."],
    ["unknown service flyteidl2.workflow.RunService", "This control plane has no run service."],
  ])("names the service that a plane lacks: %s", async (said, sentence) => {
    const text = await told(Code.Unimplemented, said);
    expect(text.slice(0, sentence.length)).toBe(sentence);
    expect(text).toMatch(/\[unimplemented\]$/);
  });

  it("is told in plain words where the plane speaks of its inside", async () => {
    const inner = "failed to validate project: invalid_argument: id is required";
    expect(await told(Code.Internal, inner)).toBe("The project is missing. [invalid_argument]");
    expect(await told(Code.InvalidArgument, 'invalid token: "x"')).toBe(
      "The page token is none that Flyte gave. Pass the next_token of the answer before, or leave it out. [invalid_argument]",
    );
    const kubernetes = "failed to list KServices for a/b: continue key is not valid";
    expect(await told(Code.Internal, kubernetes)).toMatch(/^The page token is none .*\[invalid_argument\]$/);
  });
});
