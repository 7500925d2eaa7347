import type { IncomingMessage, ServerResponse } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Interceptor } from "@connectrpc/connect";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import type { Issuer } from "./issuer.ts";
import { ISSUER_PATH, isValid } from "./issuer.ts";
import { page } from "./pages.ts";
import { sendPage } from "./serve-issuer.ts";

/** Turns calls without a valid token away as Flyte does; who asks how to log in needs none. */
export function createGate(issuer: Issuer): Interceptor {
  return (next) => (request) => {
    const isOpen = request.service.typeName === AuthMetadataService.typeName;
    if (isOpen || isValid(issuer, request.header.get(keyOf(issuer)))) return next(request);
    if (issuer.options.refusal !== "permission denied") {
      throw new ConnectError("token is missing, unknown or expired", Code.Unauthenticated);
    }
    throw new ConnectError("anonymous calls are not allowed", Code.PermissionDenied);
  };
}

/** Turns calls away as a login proxy before Flyte does, by a redirect or a page; true when it has. */
export function turnAway(issuer: Issuer, request: IncomingMessage, response: ServerResponse): boolean {
  const { refusal } = issuer.options;
  if (refusal !== "redirect" && refusal !== "html") return false;
  if (request.url?.startsWith(`/${AuthMetadataService.typeName}/`)) return false;
  const given = request.headers[keyOf(issuer)];
  if (isValid(issuer, Array.isArray(given) ? given[0] : given)) return false;
  const isRedirect = refusal === "redirect";
  sendPage(response, isRedirect ? { location: `${ISSUER_PATH}login` } : page(200, "Please log in."));
  return true;
}

function keyOf({ options }: Issuer): string {
  return options.metadataKey ?? "authorization";
}
