// What a login costs: a call's time to its first byte with a cached token, an expired one and none, and the number of
// logins when 100 calls start at once: npm run build && node bench/auth.mjs [rounds]
import { createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "@flyte-mcp/sandbox";
import { noteRatio } from "./ratio.mjs";

const rounds = Number(process.argv[2] ?? 50);
const client = { clientId: "bench", clientSecret: "not-a-secret-of-anybody" };

async function open({ login, values }) {
  const plane = await startSandbox({ execute: false, history: false, login });
  const flyte = createFlyte({ endpoint: plane.url, ...values });
  const runs = createClient(RunService, flyte.transport);
  const logins = () =>
    plane.sandbox.calls().filter(({ procedure }) => procedure === "issuer/client_credentials");
  return { plane, call: () => runs.listRuns({}), logins: () => logins().length };
}

async function time(call) {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians of the same call on a plane without a login, in turn with the others so that noise hits all alike. */
const bare = await open({ values: { authType: "None" } });
const cached = await open({ login: client, values: client });
// A token that is stale on arrival: every call logs in first.
const expired = await open({ login: { ...client, toldAgeS: 0.001 }, values: client });
const samples = { bare: [], cached: [], expired: [], first: [], none: [] };
await Promise.all([bare.call(), cached.call(), expired.call()]);
for (let round = 0; round < rounds; round++) {
  // The first call after a pause pays for it.
  await bare.call();
  samples.bare.push(await time(bare.call));
  samples.cached.push(await time(cached.call));
  samples.expired.push(await time(expired.call));
  for (const [name, options] of [
    ["first", { values: { authType: "None" } }],
    ["none", { login: client, values: client }],
  ]) {
    const fresh = await open(options);
    samples[name].push(await time(fresh.call));
    await fresh.plane.close();
  }
}
const one = median(samples.bare);
for (const [name, label] of [
  ["bare", "plane without a login"],
  ["cached", "cached token"],
  ["expired", "expired token"],
  ["first", "first, without a login"],
  ["none", "first, no token yet"],
]) {
  const middle = median(samples[name]);
  console.log(`${label.padEnd(23)} ${middle.toFixed(1).padStart(6)} ms  ${(middle / one).toFixed(1)}x`);
}

const burst = await open({ login: client, values: client });
await Promise.all(Array.from({ length: 100 }, burst.call));
console.log(`100 calls at once       ${burst.logins()} login`);
await Promise.all([bare, cached, expired, burst].map(({ plane }) => plane.close()));
noteRatio(
  "auth: a call with a cached token",
  median(samples.cached),
  median(samples.bare),
  "ms",
  "without a login",
);
