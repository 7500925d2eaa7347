export { assertAptPackages, assertPackages } from "./assert-packages.ts";
export { DEFAULT_FLYTE_VERSION, plainImage, stockImage } from "./debian.ts";
export {
  copyFileLayer,
  copyFolderLayer,
  poetryLayer,
  requirementsLayer,
  uvProjectLayer,
} from "./file-layers.ts";
export { findImage } from "./find-image.ts";
export type { FoundImage } from "./find-image.ts";
export { createImage } from "./image.ts";
export type { Image, ImageDefinition } from "./image.ts";
export { aptLayer, commandsLayer, envLayer, pipLayer, workdirLayer } from "./layer.ts";
export type { ContextFile, ImageLayer, PipOptions } from "./layer.ts";
export { packFiles } from "./pack-files.ts";
export { choosePythonVersion, PYTHON_VERSIONS } from "./python-version.ts";
export { MOST_SCRIPT_BYTES } from "./script-block.ts";
export { readScriptHeader } from "./script-header.ts";
export type { ScriptHeader } from "./script-header.ts";
export { createScriptImage } from "./script-image.ts";
export type { ScriptImageOptions } from "./script-image.ts";
export { scriptLayer } from "./script-layer.ts";
export type { SecretInit, SecretRef } from "./secret-ref.ts";
