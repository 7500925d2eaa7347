import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { createWebAgents } from "@flyte-mcp/core";

/** What stands at an app's address. */
export type Health =
  | { kind: "healthy" }
  /** The plane's ingress wants to know who comes. */
  | { kind: "behind-login" }
  | { kind: "failing"; reason: string };

const LONGEST_REQUEST_MS = 10_000;
const PAUSE_MS = 500;
const MOST_CHARACTERS = 2_000;

/** Asks the app for its health until it answers for itself or the time is up, without any credential. */
export async function probeHealth(publicUrl: string, patienceMs: number): Promise<Health> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const health = await ask(new URL("/health", publicUrl));
    if (health.kind !== "failing" || Date.now() + PAUSE_MS > until) return health;
    await sleep(PAUSE_MS);
  }
}

interface Answer {
  status: number;
  location: string;
  body: string;
}

async function ask(url: URL): Promise<Health> {
  try {
    return judge(await get(url));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { kind: "failing", reason: code ?? message };
  }
}

function judge({ status, location, body }: Answer): Health {
  const isLogin =
    status === 401 || status === 403 || (status >= 300 && status < 400 && /login|oauth|auth/i.test(location));
  if (isLogin) return { kind: "behind-login" };
  if (status !== 200) return { kind: "failing", reason: `HTTP ${status}` };
  const isOurs = /"status"\s*:\s*"healthy"/.test(body);
  return isOurs ? { kind: "healthy" } : { kind: "failing", reason: "another program answers" };
}

function get(url: URL): Promise<Answer> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const options = { agent: createWebAgents()(url.href), signal: AbortSignal.timeout(LONGEST_REQUEST_MS) };
  return new Promise((resolve, reject) => {
    const sent = send(url, options, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body = (body + chunk).slice(0, MOST_CHARACTERS)));
      response.on("error", reject);
      const { statusCode: status = 0, headers } = response;
      response.on("end", () => resolve({ status, location: headers.location ?? "", body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}
