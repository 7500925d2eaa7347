export { createGroups } from "./create-groups.ts";
export { compositionSettings } from "./composition-settings.ts";
export { updateTexts } from "./update-texts.ts";
