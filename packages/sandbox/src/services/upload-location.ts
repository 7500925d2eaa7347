import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type {
  CreateUploadLocationRequest,
  CreateUploadLocationResponseSchema,
} from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { plusMs } from "../clock.ts";
import { invalidArgument } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { assertProject } from "../state/projects.ts";
import { toBase32 } from "../wire/base32.ts";
import { goDuration } from "../wire/go-text.ts";
import { ownHost } from "./own-host.ts";

const MAX_SECONDS = 3600;
const MAX_BYTES = 100 * 1024 * 1024;

/** Where a file may be put; the signed URL is shaped as a store's would be, below the plane's own host. */
export function createUploadLocation(
  plane: Plane,
  request: CreateUploadLocationRequest,
  context: HandlerContext,
): MessageInitShape<typeof CreateUploadLocationResponseSchema> {
  const seconds = readSeconds(request);
  assertRequest(request);
  assertProject(plane, request.project);
  const root = request.filenameRoot || toBase32(request.contentMd5);
  const path = [request.project, request.domain, root, request.filename]
    .filter((part) => part !== "")
    .join("/");
  const query = "X-Amz-Signature=sandbox";
  return {
    signedUrl: `${ownHost(context)}/flyte-data/uploads/${path.split("/").map(encodeURIComponent).join("/")}?${query}`,
    nativeUrl: `${STORAGE_PREFIX}/uploads/${path}`,
    expiresAt: plusMs(plane.clock(), seconds * 1000),
    headers: toHeaders(request),
  };
}

function readSeconds({ expiresIn }: CreateUploadLocationRequest): number {
  return expiresIn ? Number(expiresIn.seconds) + expiresIn.nanos / 1e9 : MAX_SECONDS;
}

function assertRequest(request: CreateUploadLocationRequest): void {
  const { filenameRoot, contentMd5, contentLength } = request;
  const seconds = readSeconds(request);
  if (filenameRoot === "" && contentMd5.length === 0)
    throw invalidArgument("either filename_root or content_md5 must be provided");
  if (seconds > MAX_SECONDS)
    throw invalidArgument(
      `expires_in (${goDuration(seconds)}) exceeds maximum allowed duration of ${goDuration(MAX_SECONDS)}`,
    );
  if (contentLength > BigInt(MAX_BYTES))
    throw invalidArgument(
      `content_length (${contentLength} bytes) exceeds maximum allowed size of ${MAX_BYTES} bytes`,
    );
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
