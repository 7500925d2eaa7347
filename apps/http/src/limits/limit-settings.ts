import { z } from "zod";

const count = (fallback: number, description: string, least = 0) =>
  z.int().min(least).max(1_000_000).default(fallback).meta({ description });

/** How much the server takes, of one caller and of all. */
export const limitSettings = {
  rateLimit: count(120, "Requests a minute of one credential; 0 is no limit."),
  rateBurst: count(30, "Requests at once of one credential.", 1),
  concurrentCalls: count(1024, "Calls under way at once; 0 is no limit."),
  concurrentCallsPerCaller: count(32, "Calls under way at once of one credential; 0 is no limit."),
  headerTimeout: count(15, "Seconds in which the headers of a request must have come.", 1),
  requestTimeout: count(
    60,
    "Seconds in which a whole request must have come; its answer may take longer.",
    1,
  ),
};
