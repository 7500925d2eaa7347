import { create, toBinary } from "@bufbuild/protobuf";
import type { DescMethod } from "@bufbuild/protobuf";
import { BytesValueSchema, DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { retryPause } from "./retry-rules.ts";

const { listRuns, watchRuns, createRun, abortRun } = RunService.method;

const answered = (code: Code, headers: Record<string, string> = {}) => new ConnectError("no", code, headers);
const http = (status: number, headers = {}) => new ConnectError(`HTTP ${status}`, Code.Unavailable, headers);
const failed = (code: Code, cause: object) =>
  new ConnectError("no", code, undefined, undefined, Object.assign(new Error("no"), cause));

const refused = failed(Code.Unavailable, { code: "ECONNREFUSED", syscall: "connect" });
const unknownHost = failed(Code.Unavailable, { code: "ENOTFOUND", syscall: "getaddrinfo" });
const connectTimeout = failed(Code.Unavailable, { code: "ETIMEDOUT", syscall: "connect" });
const reset = failed(Code.Aborted, { code: "ECONNRESET", syscall: "read" });
const cutStream = new ConnectError("http/2 stream closed with error code CANCEL (0x8)", Code.Canceled);
const untrusted = failed(Code.Internal, { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
const silent = failed(Code.Unavailable, { code: "ETIMEDOUT", syscall: "read" });

const is = (error: unknown, method: DescMethod) => retryPause(error, method, 0) !== undefined;

describe("a call is sent again", () => {
  it.each<[string, unknown, DescMethod]>([
    ["a read when the plane is unavailable", answered(Code.Unavailable), listRuns],
    ["a watch when the plane is unavailable", answered(Code.Unavailable), watchRuns],
    ["a read when a proxy does not reach it", http(503), listRuns],
    ["a read that was cut", reset, listRuns],
    ["a read that was cut over HTTP/2", cutStream, listRuns],
    ["a write that may come twice, when the plane is unavailable", answered(Code.Unavailable), abortRun],
    ["a write that may come twice and was cut", reset, abortRun],
    ["a write that met no listener", refused, createRun],
    ["a write to a host that is not known", unknownHost, createRun],
    ["a write that was never connected", connectTimeout, createRun],
    [
      "a read when the plane says how long to wait",
      answered(Code.ResourceExhausted, { "retry-after": "1" }),
      listRuns,
    ],
  ])("if it is %s", (_what, error, method) => {
    expect(is(error, method)).toBe(true);
  });

  it.each<[string, unknown, DescMethod]>([
    ["a write when the plane is unavailable", answered(Code.Unavailable), createRun],
    ["a write that was cut", reset, createRun],
    ["a write that was cut over HTTP/2", cutStream, createRun],
    ["a write under load", answered(Code.ResourceExhausted, { "retry-after": "1" }), createRun],
    ["a read under load that names no time", answered(Code.ResourceExhausted), listRuns],
    ["a read that a proxy holds off without a time", http(429), listRuns],
    ["a read that lost against another change", answered(Code.Aborted), listRuns],
    ["a read that failed inside the plane", answered(Code.Internal), listRuns],
    ["a read that took too long", answered(Code.DeadlineExceeded), listRuns],
    ["a read that was cancelled", answered(Code.Canceled), listRuns],
    ["a read without credentials", answered(Code.Unauthenticated), listRuns],
    ["a read from a plane that is not trusted", untrusted, listRuns],
    ["a write on a connection that fell silent", silent, createRun],
    ["a read that is to wait for long", http(503, { "retry-after": "11" }), listRuns],
    ["a fault of ours", new Error("no"), listRuns],
  ])("but not if it is %s", (_what, error, method) => {
    expect(is(error, method)).toBe(false);
  });
});

describe("the pause before it", () => {
  const pauses = (failures: number) =>
    Array.from({ length: 200 }, () => retryPause(answered(Code.Unavailable), listRuns, failures) ?? 0);

  it.each([
    [0, 250, 750],
    [1, 500, 1_500],
    [2, 1_000, 3_000],
    [9, 5_000, 15_000],
  ])("after %d failures is between %d and %d ms, not always the same", (failures, least, most) => {
    const all = pauses(failures);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...all)).toBeLessThanOrEqual(most);
    expect(new Set(all).size).toBeGreaterThan(1);
  });

  it("is what the plane asks for", () => {
    const duration = toBinary(DurationSchema, create(DurationSchema, { seconds: 2n, nanos: 5e8 }));
    // RetryInfo itself is not among Flyte's protos; its one field has this number and kind.
    const value = toBinary(BytesValueSchema, create(BytesValueSchema, { value: duration }));
    const error = answered(Code.ResourceExhausted);
    error.details = [{ type: "google.rpc.RetryInfo", value }];
    expect(retryPause(error, listRuns, 0)).toBe(2_500);
    expect(retryPause(http(503, { "retry-after": "7" }), listRuns, 0)).toBe(7_000);
    expect(retryPause(http(429, { "retry-after": "0" }), listRuns, 0)).toBe(0);
    const date = new Date(Date.now() + 5_000).toUTCString();
    const pause = retryPause(http(429, { "retry-after": date }), listRuns, 0);
    expect(pause).toBeGreaterThan(2_000);
    expect(pause).toBeLessThanOrEqual(5_000);
  });

  it("is not guessed from what cannot be read", () => {
    expect(retryPause(http(429, { "retry-after": "soon" }), listRuns, 0)).toBeUndefined();
    const error = answered(Code.ResourceExhausted);
    error.details = [{ type: "google.rpc.RetryInfo", value: Buffer.from([0xff]) }];
    expect(retryPause(error, listRuns, 0)).toBeUndefined();
  });
});
