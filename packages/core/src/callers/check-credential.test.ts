import { Code, ConnectError } from "@connectrpc/connect";
import type { ConnectRouter } from "@connectrpc/connect";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { createFlyte } from "../client/flyte.ts";
import { playFlyte } from "../testing/play-flyte.ts";
import { checkCredential } from "./check-credential.ts";

type Says = Code | "ok" | "redirect" | "page" | "not there";

function answerOf(says: Says): object {
  if (says === "ok") return {};
  if (says === "redirect") throw new ConnectError("HTTP 302", Code.Unknown);
  if (says === "page") throw new ConnectError("unsupported content type text/html; charset=utf-8");
  throw new ConnectError("no", says === "not there" ? Code.Unimplemented : says);
}

function planeThatSays(identity: Says, project: Says) {
  return playFlyte((router: ConnectRouter) => {
    router.service(IdentityService, { userInfo: () => answerOf(identity) });
    router.service(ProjectService, { listProjects: () => answerOf(project) });
  });
}

describe("asking a plane about a credential", () => {
  it.each<[Says, Says, string]>([
    ["ok", Code.Unauthenticated, "accepted"],
    [Code.Unauthenticated, Code.Unauthenticated, "refused"],
    // Flyte knows no identity of an opaque token, and takes it all the same.
    [Code.Unauthenticated, "ok", "accepted"],
    [Code.Unauthenticated, "not there", "refused"],
    ["not there", "ok", "accepted"],
    ["not there", Code.PermissionDenied, "accepted"],
    ["not there", Code.NotFound, "accepted"],
    ["not there", "not there", "unknown"],
    ["not there", Code.Unauthenticated, "refused"],
    [Code.PermissionDenied, Code.PermissionDenied, "refused"],
    ["redirect", "redirect", "refused"],
    ["page", "page", "refused"],
    [Code.Unavailable, "ok", "unreachable"],
    ["not there", Code.Internal, "unreachable"],
  ])("where the identity is %s and the projects are %s, it is %s", async (identity, project, verdict) => {
    expect(await checkCredential(planeThatSays(identity, project))).toBe(verdict);
  });

  it("leaves it to the first call where no plane is configured", async () => {
    expect(await checkCredential(createFlyte({}))).toBe("unknown");
  });
});
