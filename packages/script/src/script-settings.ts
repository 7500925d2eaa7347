import { z } from "zod";

/** Flyte's own image of the SDK version that the runner is tested with. */
export const STOCK_IMAGE = "ghcr.io/flyteorg/flyte:py3.12-v2.12.1";

const MOST_CHARACTERS = 500;
const IMAGE = /^[A-Za-z0-9][\w.-]*(:\d+\/)?[\w./-]*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/;

/** Names a container image; an address with a scheme is none. */
export const imageName = z
  .string()
  .refine((name) => name.length <= MOST_CHARACTERS && IMAGE.test(name), "is no name of a container image");

/** What scripts run in. */
export const scriptSettings = {
  scriptImage: imageName.optional().meta({
    description: `Image that scripts run in, with flyte and uv (default ${STOCK_IMAGE}).`,
    value: "IMAGE",
  }),
};

/** How the group `script` works. */
export interface ScriptOptions {
  /** An image with `flyte` and `uv`; Flyte's own when left out. */
  image?: string;
}
