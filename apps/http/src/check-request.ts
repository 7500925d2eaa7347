import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

const MOST_LINES = 100;
// Where two of these differ, one part of the way would judge by the first and another by the second.
const SINGLE = ["host", "origin", "authorization", "content-type"];

/** Why a request is not looked at any further, whatever it asks for: it is too large, or means two things. */
export function checkRequest({ rawHeaders, headers, url = "" }: IncomingMessage): Refusal | undefined {
  if (rawHeaders.length / 2 > MOST_LINES) {
    return { status: 431, message: `The request has more than ${MOST_LINES} header lines.` };
  }
  if (headers.host === undefined) return { status: 400, message: "The request has no Host header." };
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = SINGLE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) return { status: 400, message: `The request has more than one ${twice} header.` };
  if (/[?&]access_token=/i.test(url)) {
    const message = "A credential in the address is not taken; send it as the Authorization header.";
    return { status: 400, message };
  }
  return undefined;
}

/** Why the body of a request would not be read. */
export function checkContent({ headers }: IncomingMessage): Refusal | undefined {
  const type = headers["content-type"]?.split(";", 1).join("").trim().toLowerCase();
  if (type !== "application/json") {
    return { status: 415, message: "The Content-Type of a request must be application/json." };
  }
  const { "content-encoding": encoding = "identity" } = headers;
  return encoding === "identity"
    ? undefined
    : { status: 415, message: "A request body must be sent as it is, without a Content-Encoding." };
}
