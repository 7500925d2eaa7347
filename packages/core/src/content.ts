/** A text, or bytes in base64, under the address of a resource. */
export type EmbeddedResource = { uri: string; mimeType?: string } & ({ text: string } | { blob: string });

/** What JSON cannot show well, as MCP names it; `data` is base64. */
export type Attachment =
  | { type: "image" | "audio"; data: string; mimeType: string }
  | { type: "resource"; resource: EmbeddedResource };

/** One block of what a prompt says. */
export type Content = { type: "text"; text: string } | Attachment;
