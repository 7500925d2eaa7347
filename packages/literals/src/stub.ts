import { isObject } from "./json.ts";
import type { Json } from "./json.ts";

/** Stands for a value that this version cannot show as JSON. */
export function stub(type: string): { [key: string]: Json } {
  return { type, unsupported: true };
}

export function isStub(json: Json): boolean {
  return isObject(json) && typeof json["type"] === "string" && json["unsupported"] === true;
}

/** Whether a value, or one inside it, is a stub. */
export function holdsStub(json: Json): boolean {
  if (isStub(json)) return true;
  return typeof json === "object" && json !== null && Object.values(json).some(holdsStub);
}
