import { isObject } from "./json.ts";
import type { Json } from "./json.ts";

/** Stands for a Python object, which only Python can read. */
export function stub(pythonClass: string): { [key: string]: Json } {
  return { python_class: pythonClass };
}

export function isStub(json: Json): boolean {
  return isObject(json) && typeof json["python_class"] === "string" && json["format"] === "PythonPickle";
}

/** Whether a value, or one inside it, is a stub. */
export function holdsStub(json: Json): boolean {
  if (isStub(json)) return true;
  return typeof json === "object" && json !== null && Object.values(json).some(holdsStub);
}
