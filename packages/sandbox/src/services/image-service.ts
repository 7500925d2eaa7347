import type { ServiceImpl } from "@connectrpc/connect";
import type { ImageService } from "@flyte-mcp/idl/imagebuilder/service";
import { invalidArgument, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";

/** What hosted planes serve and the open-source one does not: which images are built. */
export function createImageService(plane: Plane): ServiceImpl<typeof ImageService> {
  return {
    getImage({ id }) {
      if (!id?.name) throw invalidArgument("id.name is required");
      const row = plane.state.images.findLast(({ name }) => name === id.name);
      if (!row) throw notFound(`image ${id.name} not found`);
      return { image: { id, fqin: row.fqin, buildRun: row.buildRun } };
    },
  };
}
