import type { ServerResponse } from "node:http";
import { sendJson } from "./send.ts";

/** Why a request is not served: an HTTP status and one sentence for the person who reads it. */
export interface Refusal {
  status: number;
  message: string;
  headers?: Readonly<Record<string, string>>;
}

export function sendRefusal(response: ServerResponse, { status, message, headers = {} }: Refusal): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, status, { error: message });
}
