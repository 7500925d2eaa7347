import { z } from "zod";

/**
 * Reads an argument as its type when a client wrote it otherwise but plainly meant it: a number or boolean as text,
 * one item where a list is asked for, an object as JSON text. Everything else is left for the schema to judge.
 */
export function readLeniently(schema: z.ZodType, value: unknown): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return readList(value);
  if (typeof value !== "string") return value;
  if (inner instanceof z.ZodNumber) return /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (inner instanceof z.ZodBoolean) return value === "true" ? true : value === "false" ? false : value;
  if (inner instanceof z.ZodRecord || inner instanceof z.ZodObject) return readJson(value);
  return value;
}

function unwrap(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return isWrapped ? unwrap(schema.unwrap() as z.ZodType) : schema;
}

function readList(value: unknown): unknown {
  const read = typeof value === "string" && value.trim().startsWith("[") ? readJson(value) : value;
  return Array.isArray(read) ? read : [read];
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
