import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type {
  CreateUploadLocationRequest,
  CreateUploadLocationResponseSchema,
} from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { plusMs } from "../clock.ts";
import { alreadyExists, invalidArgument } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { assertProject } from "../state/projects.ts";
import { CONTENT_MD5, FLYTE_MD5, MAX_EXPIRES_SECONDS, MAX_UPLOAD_BYTES } from "../store/limits.ts";
import { signPath } from "../store/signed-path.ts";
import { toBase32 } from "../wire/base32.ts";
import { goDuration } from "../wire/go-text.ts";
import { readSeconds } from "./expires-in.ts";
import { ownHost } from "./own-host.ts";

/** Where a file may be put; the signed URL lies below the plane's own host. */
export function createUploadLocation(
  plane: Plane,
  request: CreateUploadLocationRequest,
  context: HandlerContext,
): MessageInitShape<typeof CreateUploadLocationResponseSchema> {
  const seconds = readSeconds(request.expiresIn, MAX_EXPIRES_SECONDS);
  assertRequest(request, seconds);
  assertProject(plane, request.project);
  const root = request.filenameRoot || toBase32(request.contentMd5);
  const path = [request.project, request.domain, root, request.filename]
    .filter((part) => part !== "")
    .join("/");
  const uri = `${STORAGE_PREFIX}/uploads/${path}`;
  assertNoOtherContent(plane, uri, request);
  const expiresAt = plusMs(plane.clock(), seconds * 1000);
  const permit = { method: "PUT", uri, expiresAt, headers: toSignedHeaders(request) } as const;
  return {
    signedUrl: ownHost(context) + signPath(plane, permit),
    nativeUrl: uri,
    expiresAt,
    headers: toHeaders(request),
  };
}

function assertRequest(request: CreateUploadLocationRequest, seconds: number): void {
  const { filenameRoot, contentMd5, contentLength } = request;
  if (filenameRoot === "" && contentMd5.length === 0)
    throw invalidArgument("either filename_root or content_md5 must be provided");
  if (seconds > MAX_EXPIRES_SECONDS)
    throw invalidArgument(
      `expires_in (${goDuration(seconds)}) exceeds maximum allowed duration of ${goDuration(MAX_EXPIRES_SECONDS)}`,
    );
  if (contentLength > BigInt(MAX_UPLOAD_BYTES))
    throw invalidArgument(
      `content_length (${contentLength} bytes) exceeds maximum allowed size of ${MAX_UPLOAD_BYTES} bytes`,
    );
}

/** Under a root of the caller's own choice, Flyte lets nobody replace a file by another one. */
function assertNoOtherContent(plane: Plane, uri: string, request: CreateUploadLocationRequest): void {
  const { filename, filenameRoot, contentMd5 } = request;
  if (filename === "" || filenameRoot === "" || !plane.state.blobs[uri]) return;
  if (contentMd5.length === 0)
    throw alreadyExists(`file already exists at [${uri}]; content_md5 is required to verify safe overwrite`);
  // The hash is read from the metadata, so a file that was uploaded without it differs from everything.
  if (plane.state.digests[uri] !== Buffer.from(contentMd5).toString("base64"))
    throw alreadyExists(`file already exists at [${uri}] with different content (hash mismatch)`);
}

function toSignedHeaders({
  contentMd5,
  addContentMd5Metadata,
}: CreateUploadLocationRequest): Record<string, string> {
  const digest = Buffer.from(contentMd5).toString("base64");
  return {
    ...(digest ? { [CONTENT_MD5]: digest } : {}),
    ...(addContentMd5Metadata ? { [FLYTE_MD5]: digest } : {}),
  };
}

function toHeaders({
  contentMd5,
  addContentMd5Metadata,
}: CreateUploadLocationRequest): Record<string, string> {
  const digest = Buffer.from(contentMd5).toString("base64");
  return {
    // Flyte gives the length of the encoded hash here, not of the content.
    "Content-Length": String(digest.length),
    "Content-MD5": digest,
    ...(addContentMd5Metadata ? { "x-amz-meta-flyteContentMD5": digest } : {}),
  };
}
