import { createSettingsError } from "@flyte-mcp/core";

const NAME = /^[a-z0-9]([a-z0-9._:/-]*[a-z0-9])?$/i;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** An image's reference, and what to know of it where it may mean another image tomorrow. Throws a settings error. */
export function readImage(reference: string | undefined): { image: string; warning?: string } {
  if (reference === undefined)
    throw createSettingsError("--image REF is missing: the image of this server, which the plane can pull.");
  const [named = "", digest, ...more] = reference.split("@");
  const last = named.slice(named.lastIndexOf("/") + 1);
  const cut = last.indexOf(":");
  const tag = cut === -1 ? undefined : last.slice(cut + 1);
  const isRight =
    more.length === 0 &&
    NAME.test(named) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!isRight)
    throw createSettingsError(
      "--image is not a reference of an image, such as registry.example.com/flyte-mcp-http:1.2.3 or one that ends in @sha256:....",
    );
  if (digest !== undefined || (tag !== undefined && tag !== "latest")) return { image: reference };
  const what = tag === undefined ? "has no tag" : "has the tag latest";
  return {
    image: reference,
    warning: `The image ${reference} ${what}: it may change under the app; give a version or a digest.`,
  };
}
