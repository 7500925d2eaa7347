import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { asksForLogin } from "../auth/credential.ts";
import type { Credential } from "../auth/credential.ts";
import { withCredential } from "./with-credential.ts";

/** A credential whose tokens are t1, t2, ...; each renewal is the next, up to the last. */
function playCredential(last = 9): Credential {
  let count = 1;
  const signature = () => ({ token: `t${count}`, headers: { authorization: `Bearer t${count}` } });
  return {
    refuses: asksForLogin,
    sign: () => Promise.resolve(signature()),
    renew: () => Promise.resolve(++count > last ? undefined : signature()),
  };
}

const UNAUTHENTICATED = new ConnectError("expired", Code.Unauthenticated);

/** A plane that fails calls with these errors in turn, undefined for none, after so many messages of a stream. */
function play(errors: (ConnectError | undefined)[], messages = 0, last?: number) {
  const seen: (string | null)[] = [];
  const note = (header: Headers) => {
    seen.push(header.get("authorization"));
    return errors.shift();
  };
  const plane = createRouterTransport(({ service }) => {
    service(RunService, {
      listRuns(_request, { requestHeader }) {
        const error = note(requestHeader);
        if (error) throw error;
        return {};
      },
      async *watchRuns(_request, { requestHeader }) {
        const error = note(requestHeader);
        for (let count = 0; count < messages; count++) yield await Promise.resolve({});
        if (error) throw error;
        yield {};
      },
    });
  });
  const transport = withCredential(plane, playCredential(last));
  const client = createClient(RunService, transport);
  const open = () =>
    transport.stream(RunService.method.watchRuns, undefined, undefined, undefined, createAsyncIterable([{}]));
  const watch = async () => {
    let count = 0;
    for await (const message of client.watchRuns({})) if (message) count++;
    return count;
  };
  return { seen, open, list: () => client.listRuns({}), watch };
}

describe("a signed call", () => {
  it.each([
    ["Unauthenticated", UNAUTHENTICATED],
    ["a redirect to a login page", new ConnectError("HTTP 302", Code.Unknown)],
  ])("is made once more with a new credential after %s", async (_what, error) => {
    const { seen, list } = play([error]);
    await list();
    expect(seen).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("is made no third time", async () => {
    const { seen, list } = play([UNAUTHENTICATED, UNAUTHENTICATED]);
    await expect(list()).rejects.toThrow("expired");
    expect(seen).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("is not made again when there is no other credential", async () => {
    const { seen, list } = play([UNAUTHENTICATED], 0, 1);
    await expect(list()).rejects.toThrow("expired");
    expect(seen).toEqual(["Bearer t1"]);
  });

  it.each([
    new ConnectError("not yours", Code.PermissionDenied),
    new ConnectError("something", Code.Unknown),
    new ConnectError("down", Code.Unavailable),
    new ConnectError("HTTP 304", Code.Unknown),
  ])("is not made again after %s", async (error) => {
    const { seen, list } = play([error]);
    await expect(list()).rejects.toThrow(error.rawMessage);
    expect(seen).toHaveLength(1);
  });

  it("is opened once more as a stream before its first message", async () => {
    const { seen, watch } = play([UNAUTHENTICATED]);
    expect(await watch()).toBe(1);
    expect(seen).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("is never opened again as a stream after its first message", async () => {
    const { seen, watch } = play([UNAUTHENTICATED], 2);
    await expect(watch()).rejects.toThrow("expired");
    expect(seen).toEqual(["Bearer t1"]);
  });

  it("passes a stream's failure on to its reader, not to who opens it", async () => {
    const missing = new ConnectError("no such run", Code.NotFound);
    const { open } = play([missing]);
    const response = await open();
    await expect(response.message[Symbol.asyncIterator]().next()).rejects.toThrow("no such run");
  });
});
