import { aptLayer, commandsLayer, envLayer, labelLayer, workdirLayer } from "./layer.ts";
import type { ImageLayer } from "./layer.ts";

/** The version of Flyte in stock images where none is asked for; the SDK takes its own. */
export const DEFAULT_FLYTE_VERSION = "2.12.1";

/** The stock image with Flyte in it. */
export function stockImage(pythonVersion: string, flyteVersion = DEFAULT_FLYTE_VERSION): string {
  return `ghcr.io/flyteorg/flyte:py${pythonVersion}-v${flyteVersion.replace(/^v/, "")}`;
}

export function plainImage(pythonVersion: string): string {
  return `python:${pythonVersion}-slim-bookworm`;
}

/** What the SDK lays over a plain Python image where Flyte is not to be in it. */
export const PLAIN_LAYERS: readonly ImageLayer[] = [
  labelLayer([
    "LABEL org.opencontainers.image.authors='Union.AI <info@union.ai>'",
    "LABEL org.opencontainers.image.source=https://github.com/flyteorg/flyte",
  ]),
  commandsLayer([
    "if ! id -u flyte >/dev/null 2>&1; then useradd --create-home --shell /bin/bash flyte; fi && mkdir -p /home/flyte && chown -R flyte:flyte /home/flyte && chown -R flyte:flyte /root",
  ]),
  workdirLayer("/home/flyte"),
  envLayer({
    VIRTUAL_ENV: "/opt/venv",
    PATH: "/opt/venv/bin:$PATH",
    PYTHONPATH: "/root",
    UV_LINK_MODE: "copy",
  }),
  aptLayer(["build-essential", "ca-certificates"]),
];
