import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findHelm } from "./find-helm.ts";
import { CHART, EVERYTHING, LEAST, renderChart } from "./render.ts";
import type { Values } from "./render.ts";

interface Schema {
  description?: string;
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
}

const schema = JSON.parse(readFileSync(join(CHART, "values.schema.json"), "utf8")) as Schema;

function listParts(place: string, part: Schema): [string, Schema][] {
  const named = Object.entries(part.properties ?? {}).map(([key, child]): [string, Schema] => [
    `${place}.${key}`,
    child,
  ]);
  const children = part.items?.properties
    ? [...named, [`${place}[]`, part.items] as [string, Schema]]
    : named;
  return children.flatMap(([name, child]) => [[name, child] as [string, Schema], ...listParts(name, child)]);
}

const parts = listParts("", schema);

it("every value has a sentence that says what it is", () => {
  const mute = parts.filter(([, { description = "" }]) => !/^[A-Z:].+\.$/.test(description));
  expect([parts.length > 80, mute.map(([name]) => name)]).toEqual([true, []]);
});

it("no object of ours takes a key that it does not know", () => {
  const open = [["", schema] as const, ...parts].filter(
    ([, part]) => part.properties && part.additionalProperties !== false,
  );
  expect(open.map(([name]) => name)).toEqual([]);
});

const helm = findHelm();
const describeHere = helm === undefined ? describe.skip : describe;
const refusalOf = (values: Values): string => {
  try {
    renderChart(helm ?? "", values);
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
  return "";
};
const more = (values: Values): Values => ({ ...LEAST, ...values });

describeHere("the chart refuses (skipped where Go cannot build Helm)", () => {
  it.each<[string, Values, string]>([
    ["no Flyte", {}, "flyte.endpoint is needed"],
    ["an open server that writes", more({ auth: { mode: "none" } }), "auth.mode none lets anybody call"],
    ["an unknown value", more({ replicaCount: 3 }), "replicaCount"],
    ["an unknown part of a value", more({ auth: { kind: "jwt" } }), "kind"],
    ["an unknown mode", more({ auth: { mode: "open" } }), "auth.mode"],
    ["jwt without an issuer", more({ auth: { mode: "jwt", jwt: { audience: ["a"] } } }), "auth.jwt.issuer"],
    [
      "jwt without an audience",
      more({ auth: { mode: "jwt", jwt: { issuer: "https://id.example.com" } } }),
      "auth.jwt.audience",
    ],
    [
      "an issuer over plain HTTP",
      more({ auth: { mode: "jwt", jwt: { issuer: "http://id.example.com", audience: ["a"] } } }),
      "auth.jwt.issuer",
    ],
    ["a shared secret without one", more({ auth: { mode: "shared-secret" } }), "auth.sharedSecret.name"],
    [
      "a shared secret that nobody is asked for",
      more({ auth: { sharedSecret: { name: "s" } } }),
      "auth.sharedSecret is set without auth.mode shared-secret",
    ],
    [
      "an issuer that nobody is asked for",
      more({ auth: { jwt: { issuer: "https://id.example.com" } } }),
      "auth.jwt is set without auth.mode jwt",
    ],
    ["tools and groups", more({ policy: { tools: ["a"], toolGroups: ["b"] } }), "exclude each other"],
    ["two tools in one word", more({ policy: { tools: ["a,b"] } }), "policy.tools.0"],
    ["an image that may be any", more({ image: { tag: "latest" } }), "image.tag"],
    ["a port for root alone", more({ port: 80 }), "port"],
    ["metrics for everybody", more({ metrics: { port: 8080 } }), "metrics.port must be another"],
    ["an ingress without names", more({ ingress: { enabled: true } }), "ingress.enabled needs ingress.hosts"],
    ["a flag in two words", more({ extraArgs: ["--rate-limit", "5"] }), "extraArgs.1"],
    [
      "a secret that stands in the values",
      more({ extraEnv: [{ name: "A_TOKEN", value: "x" }] }),
      "extraEnv.0",
    ],
    ["a variable without a value", more({ extraEnv: [{ name: "A" }] }), "extraEnv.0"],
    [
      "a variable that undoes a value",
      more({ extraEnv: [{ name: "FLYTE_MCP_AUTH", value: "none" }] }),
      "extraEnv.0.name",
    ],
  ])("%s", (_what, values, sentence) => {
    expect(refusalOf(values)).toContain(sentence);
  });

  it("no open server that only reads", () => {
    expect(refusalOf(more({ auth: { mode: "none" }, policy: { readOnly: true } }))).toBe("");
  });

  it("every flag that a value gives, said a second time", () => {
    const rendered = JSON.stringify(renderChart(helm ?? "", EVERYTHING));
    const extra = new Set(EVERYTHING["extraArgs"] as string[]);
    const given = [...rendered.matchAll(/"(--[a-z][^"]*)"/g)].flatMap(([, arg = ""]) =>
      extra.has(arg) ? [] : [arg.split("=", 1).join("")],
    );
    expect(given).toContain("--auth");
    const taken = given.filter(
      (flag) => !refusalOf(more({ extraArgs: [`${flag}=x`] })).includes("extraArgs.0"),
    );
    expect(taken).toEqual([]);
  });
});
