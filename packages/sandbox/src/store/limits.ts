/** The largest upload, in bytes: 100 MiB as Flyte is configured by default. */
export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

/** How long a signed URL may be good for, in seconds. */
export const MAX_EXPIRES_SECONDS = 3600;

export const CONTENT_MD5 = "content-md5";

/** The metadata header under which Flyte finds the hash of an upload again. */
export const FLYTE_MD5 = "x-amz-meta-flytecontentmd5";
