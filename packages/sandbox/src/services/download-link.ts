import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import { Code } from "@connectrpc/connect";
import type { ActionAttemptIdentifier } from "@flyte-mcp/idl/common/identifier";
import type {
  CreateDownloadLinkRequest,
  CreateDownloadLinkResponseSchema,
} from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ArtifactType } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { plusMs } from "../clock.ts";
import { invalidArgument, notFound, wrapped } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { findAction } from "../state/actions.ts";
import { listAttempts } from "../state/attempts.ts";
import { MAX_EXPIRES_SECONDS } from "../store/limits.ts";
import { signPath } from "../store/signed-path.ts";
import { goActionId } from "../wire/go-text.ts";
import { storeCodeBundle } from "./code-bundle.ts";
import { readSeconds } from "./expires-in.ts";
import { ownHost } from "./own-host.ts";

/** A URL to read the report of an attempt from, or its code where the plane gives that out; open-source Flyte gives links to nothing else. */
export function createDownloadLink(
  plane: Plane,
  { artifactType, expiresIn, source }: CreateDownloadLinkRequest,
  context: HandlerContext,
): MessageInitShape<typeof CreateDownloadLinkResponseSchema> {
  const isCode = plane.codeBundles && artifactType === ArtifactType.CODE_BUNDLE;
  // Flyte says the same to somebody who asks for a code bundle.
  if (artifactType !== ArtifactType.REPORT && !isCode) throw invalidArgument("artifact_type is required");
  if (source.case !== "actionAttemptId") throw invalidArgument("unsupported source type");
  const uri = isCode ? storeCodeBundle(plane, source.value.actionId) : readReportUri(plane, source.value);
  if (!plane.state.blobs[uri]) throw notFound(`artifact not found at [${uri}]`);
  const seconds = readSeconds(expiresIn, MAX_EXPIRES_SECONDS);
  const expiresAt = plusMs(plane.clock(), seconds * 1000);
  const path = signPath(plane, { method: "GET", uri, expiresAt, headers: {} });
  return { preSignedUrls: { signedUrl: [ownHost(context) + path], expiresAt } };
}

function readReportUri(plane: Plane, { actionId, attempt: number }: ActionAttemptIdentifier): string {
  const row = findAction(plane, actionId);
  if (!row)
    throw wrapped(
      "failed to get action details",
      notFound("action not found: action not found"),
      Code.NotFound,
    );
  const attempt = listAttempts(row).find(({ attempt }) => attempt === number);
  const name = goActionId(actionId);
  if (!attempt) throw notFound(`attempt ${number} not found for action [${name}]`);
  const uri = attempt.outputs?.reportUri;
  if (!uri) throw notFound(`no report URI found for action [${name}] attempt ${number}`);
  return uri;
}
