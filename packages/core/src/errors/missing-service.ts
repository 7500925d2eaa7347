import { Code } from "@connectrpc/connect";
import type { ConnectError } from "@connectrpc/connect";
import type { DescMethod } from "@bufbuild/protobuf";
import { failedRequest } from "../guard/last-request.ts";
import { SET_ENDPOINT } from "./network.ts";
import type { Explanation } from "./tool-error.ts";

/** A service's name as a person says it: `flyteidl2.app.AppService` is the app service. */
export function serviceWords({ parent }: DescMethod): string {
  const name = parent.typeName.split(".").at(-1) ?? "";
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/** Names the service or the part of one that a plane lacks; undefined where an error says nothing of it. */
export function explainMissingService(error: ConnectError, endpoint: string): Explanation | undefined {
  const method = failedRequest(error)?.method;
  if (method === undefined || error.code !== Code.Unimplemented) return undefined;
  const [service, said] = [serviceWords(method), error.rawMessage];
  if (said === "HTTP 404" || /^unknown service\b/i.test(said)) {
    const message = `This control plane has no ${service}.`;
    const hint = `A smaller or an older Flyte lacks it; if every tool fails, ${endpoint} is no Flyte API. ${SET_ENDPOINT}`;
    return { code: "unimplemented", message, hint, retryable: false };
  }
  if (!/^404\b|is not implemented$|^unknown method\b|^$/i.test(said)) return undefined;
  const message = `The ${service} of this control plane does not know ${method.name}.`;
  const hint = "An older or a smaller Flyte lacks what the tool needs.";
  return { code: "unimplemented", message, hint, retryable: false };
}
