import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import { ImageService } from "@flyte-mcp/idl/imagebuilder/service";

export interface FoundImage {
  /** By which it is pulled. */
  uri: string;
  /** Where Flyte knows it. */
  buildRun: RunIdentifier | undefined;
}

/** An image that is built already, by `id` of an image; throws a tool error where the plane has no image service. */
export async function findImage(
  flyte: ToolContext["flyte"],
  { org, project, domain }: Scope,
  id: string,
): Promise<FoundImage | undefined> {
  const projectId = { organization: org, domain, name: project };
  try {
    const { image } = await flyte(ImageService).getImage({ id: { name: id }, organization: org, projectId });
    if (!image?.fqin) return undefined;
    const { buildRun } = image;
    const isWhole = buildRun && buildRun.name !== "" && buildRun.project !== "" && buildRun.domain !== "";
    return { uri: image.fqin, buildRun: isWhole ? buildRun : undefined };
  } catch (error) {
    const { code } = ConnectError.from(error);
    if (code === Code.NotFound) return undefined;
    if (code === Code.Unimplemented) throw noImageService();
    throw error;
  }
}

function noImageService(): Error {
  return createToolError({
    code: "unimplemented",
    message: "This control plane has no image service, so it builds no images.",
    hint: "Use an image that is there, e.g. the stock one, and let a script install its packages when it runs.",
  });
}
