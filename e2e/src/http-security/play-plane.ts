import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Code, ConnectError } from "@connectrpc/connect";
import type { HandlerContext, Interceptor } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

export interface Seen {
  rpc: string;
  run: string;
  authorization: string | null;
  cookie: string | null;
  requestId: string | null;
  traceparent: string | null;
}

export interface PlaneOptions {
  /** Whether a credential is good (default: all but none). */
  accepts?: (authorization: string | null) => boolean;
  /** The authorization server that it advertises. */
  issuer?: string;
  /** Whether it can say who calls (default true). */
  hasIdentity?: boolean;
}

type Wait = (context: HandlerContext, run: string) => Promise<void>;

type Note = (rpc: string, context: HandlerContext, run?: string) => void;

/** A Flyte that takes the credentials it is told to, and records every call with what it carried. */
export async function playPlane(options: PlaneOptions) {
  const seen: Seen[] = [];
  const held: (() => void)[] = [];
  const aborted: string[] = [];
  const plane = { isHeld: false };
  const note: Note = (rpc, { requestHeader }, run = "") => {
    const header = (name: string) => requestHeader.get(name);
    const sent = { authorization: header("authorization"), cookie: header("cookie") };
    seen.push({ rpc, run, ...sent, requestId: header("x-request-id"), traceparent: header("traceparent") });
  };
  const wait: Wait = async ({ signal }, run) => {
    if (!plane.isHeld) return;
    await new Promise<void>((resolve) => {
      held.push(resolve);
      signal.addEventListener("abort", () => {
        if (!held.includes(resolve)) return;
        // Nobody is left to be answered.
        held.splice(held.indexOf(resolve), 1);
        aborted.push(run);
      });
    });
  };
  const server = createServer(createAdapter(options, note, wait));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    where: ["--endpoint", url, "--project", "p", "--domain", "d"],
    seen,
    count: (rpc: string) => seen.filter((each) => each.rpc === rpc).length,
    /** Answers no more calls of tools until they are let go. */
    hold: () => void (plane.isHeld = true),
    letGo() {
      plane.isHeld = false;
      for (const resolve of held.splice(0)) resolve();
    },
    held: () => held.length,
    /** The runs of calls whose caller went away. */
    aborted: () => aborted,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type PlayedPlane = Awaited<ReturnType<typeof playPlane>>;

function createAdapter(
  { accepts = (it) => it !== null, issuer, hasIdentity = true }: PlaneOptions,
  note: Note,
  wait: Wait,
) {
  const gate: Interceptor = (next) => (request) => {
    const isOpen = request.service.typeName === AuthMetadataService.typeName;
    const authorization = request.header.get("authorization");
    if (isOpen || accepts(authorization)) return next(request);
    throw new ConnectError(`token ${authorization} is not good`, Code.Unauthenticated);
  };
  return connectNodeAdapter({
    interceptors: [gate],
    routes: (router) => {
      router.service(RunService, {
        async getActionDetails({ actionId }, context) {
          note("getActionDetails", context, actionId?.run?.name);
          await wait(context, actionId?.run?.name ?? "");
          return { details: { status: { phase: ActionPhase.RUNNING } } };
        },
      });
      if (hasIdentity) {
        router.service(IdentityService, {
          userInfo: (_request, context) => (note("userInfo", context), { subject: "somebody" }),
        });
        router.service(ProjectService, { listProjects: (_, context) => (note("listProjects", context), {}) });
      }
      if (issuer === undefined) return;
      router.service(AuthMetadataService, {
        getOAuth2Metadata: () => ({ issuer, tokenEndpoint: `${issuer}/token` }),
        getPublicClientConfig: () => ({ scopes: ["all"] }),
      });
    },
  });
}
