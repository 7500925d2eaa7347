import type { ServiceImpl } from "@connectrpc/connect";
import type { SettingsService } from "@flyte-mcp/idl/settings/settings_service";
import { unimplemented } from "../errors.ts";

/** Settings cannot be read from an open-source plane. */
export function createSettingsService(): Partial<ServiceImpl<typeof SettingsService>> {
  return {
    getSettings: () => {
      throw unimplemented("settings resolution engine not implemented yet");
    },
  };
}
