import { create, toJson } from "@bufbuild/protobuf";
import type { Flyte } from "@flyte-mcp/core";
import { explain } from "@flyte-mcp/core/command";
import { CreateRequestSchema, UpdateRequestSchema } from "@flyte-mcp/idl/app/app_payload";
import { hasLogin } from "./has-login.ts";
import { assertGuarded, judgeIngress } from "./judge-ingress.ts";
import { knownSecrets } from "./known-secrets.ts";
import { findApp, planUpdate } from "./place-app.ts";
import type { Placing } from "./place-app.ts";
import type { Plan } from "./plan.ts";

/** The request as protobuf JSON. The plane is only asked what there is; where it does not answer, the app counts as new. */
export async function showRequest(
  plan: Plan,
  flyte: Flyte,
  placing: Placing,
  tell: (text: string) => void,
): Promise<string> {
  const looked = await look(placing, flyte).catch((error: unknown) => {
    const { message } = explain(error, flyte.endpoint, knownSecrets(flyte, plan.values));
    tell(`The plane could not be asked what there is. ${message}`);
    return undefined;
  });
  if (looked) assertGuarded(plan, looked.ingress, looked.planeHasLogin);
  const { request, would } = createRequest(placing, looked?.app);
  if (looked) tell(`Nothing is sent; this ${would}.`);
  return JSON.stringify(request, null, 2);
}

async function look(placing: Placing, flyte: Flyte) {
  const ingress = await judgeIngress(placing.apps, placing.id);
  return { ingress, planeHasLogin: await hasLogin(flyte), app: await findApp(placing) };
}

function createRequest(placing: Placing, known: Awaited<ReturnType<typeof findApp>>) {
  if (known === undefined) {
    const app = placing.build(undefined);
    placing.check(app);
    return {
      request: toJson(CreateRequestSchema, create(CreateRequestSchema, { app })),
      would: "would create the app, and then let it answer to the address that the plane gives it",
    };
  }
  const { app, isChange } = planUpdate(placing, known);
  placing.check(app);
  const { reason } = placing;
  return {
    request: toJson(UpdateRequestSchema, create(UpdateRequestSchema, { app, reason })),
    would: isChange ? "would change the app" : "would be no change",
  };
}
