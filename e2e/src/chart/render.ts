import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, parseAllDocuments } from "yaml";
import { cleanEnv } from "../built-apps.ts";
import type { Manifest } from "./kubernetes-schemas.ts";

export const CHART = fileURLToPath(new URL("../../../deploy/helm/flyte-mcp", import.meta.url));

/** The program does not know by itself for which Kubernetes it renders. */
const KUBE = "--kube-version=1.34.1";

export type Values = Record<string, unknown>;

/** What a chart needs to be told at least. */
export const LEAST: Values = { flyte: { endpoint: "dns:///flyte.example.com" } };

/** Every part of the chart, and every value that becomes a flag. */
export const EVERYTHING: Values = {
  flyte: {
    endpoint: "dns:///flyte.example.com",
    insecure: true,
    org: "acme",
    project: "flytesnacks",
    domain: "development",
    consoleUrl: "https://console.example.com",
  },
  auth: {
    mode: "jwt",
    jwt: { issuer: "https://id.example.com", audience: ["a", "b"], jwksUrl: "https://id.example.com/keys" },
  },
  credential: {
    apiKey: { name: "flyte" },
    clientId: "flyte-mcp",
    clientSecret: { name: "flyte" },
    accessToken: { name: "flyte" },
  },
  policy: {
    readOnly: true,
    readOnlyGroups: ["run"],
    toolGroups: ["task", "run"],
    excludeTools: ["rerun_run"],
    taskAllowlist: ["seed.add"],
    appAllowlist: ["none"],
    triggerAllowlist: ["none"],
  },
  publicUrl: "https://mcp.example.com",
  allowedHosts: ["mcp.internal"],
  allowedOrigins: ["https://page.example.com"],
  image: { digest: `sha256:${"0".repeat(64)}` },
  imagePullSecrets: [{ name: "registry" }],
  metrics: { port: 9090 },
  extraArgs: ["--rate-limit=600", "--no-corpus-fetch"],
  extraEnv: [
    { name: "TZ", value: "UTC" },
    { name: "FLYTE_MCP_SECRET_DB", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
  ],
  extraVolumes: [{ name: "ca", configMap: { name: "ca" } }],
  extraVolumeMounts: [{ name: "ca", mountPath: "/etc/ca", readOnly: true }],
  podAnnotations: { "example.com/a": "b" },
  podLabels: { team: "a" },
  nodeSelector: { "kubernetes.io/os": "linux" },
  tolerations: [{ key: "a", operator: "Exists" }],
  affinity: { podAntiAffinity: {} },
  priorityClassName: "high",
  service: { annotations: { "example.com/a": "b" } },
  ingress: {
    enabled: true,
    className: "nginx",
    annotations: { "example.com/a": "b" },
    hosts: ["mcp.example.com"],
    tlsSecret: "certificate",
  },
  serviceAccount: { annotations: { "example.com/a": "b" } },
  autoscaling: { enabled: true },
  networkPolicy: {
    from: [{ namespaceSelector: {} }],
    metricsFrom: [{ podSelector: {} }],
    egressPorts: [443, 8089],
    egressTo: [{ ipBlock: { cidr: "10.0.0.0/8" } }],
  },
};

/** Renders the chart; throws what Helm says where it refuses. */
export function renderChart(helm: string, values: Values): Manifest[] {
  const said = runHelm(helm, "template", values, [KUBE]);
  return parseAllDocuments(said).map((document) => document.toJS() as Manifest);
}

/** What the chart tells who installs it. Helm shows that only where it installs, so a copy of the chart renders it as a value. */
export function readNotes(helm: string, values: Values): string {
  const copy = mkdtempSync(join(tmpdir(), "flyte-mcp-notes-"));
  cpSync(CHART, copy, { recursive: true });
  cpSync(join(CHART, "templates/NOTES.txt"), join(copy, "NOTES"));
  writeFileSync(join(copy, "templates/notes.yaml"), 'notes: {{ tpl (.Files.Get "NOTES") . | quote }}\n');
  const said = runHelm(helm, "template", values, [KUBE, "--show-only=templates/notes.yaml"], copy);
  rmSync(copy, { recursive: true });
  return (parse(said) as { notes: string }).notes;
}

/** Runs a command of Helm on the chart and the values. */
export function runHelm(
  helm: string,
  command: string,
  values: Values,
  flags: readonly string[] = [],
  chart = CHART,
): string {
  const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-chart-"));
  const file = join(folder, "values.json");
  writeFileSync(file, JSON.stringify(values));
  const release = command === "lint" ? [] : ["demo"];
  const args = [command, ...release, chart, `--values=${file}`, "--namespace=tools", ...flags];
  try {
    return execFileSync(helm, args, { env: cleanEnv(), encoding: "utf8", stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
