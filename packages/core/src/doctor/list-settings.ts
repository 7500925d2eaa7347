import type { Flyte } from "../client/flyte.ts";
import { redact } from "../errors/redact.ts";
import { describeLogin } from "./describe-login.ts";
import type { DoctorSettings } from "./examine.ts";
import type { ReportedSetting } from "./report.ts";

// Shown only where somebody set them.
const FURTHER: readonly [key: string, name: string][] = [
  ["insecure", "plain HTTP"],
  ["insecureSkipVerify", "skip TLS checks"],
  ["caFile", "authorities"],
  ["clientCertFile", "certificate"],
  ["httpProxy", "proxy"],
  ["proxyCommand", "proxy login"],
  ["httpVersion", "HTTP version"],
  ["consoleUrl", "console"],
];

/** The settings in force, each with its source; secrets are left out. Throws a settings error. */
export function listSettings(flyte: Flyte, { values, sources }: DoctorSettings): ReportedSetting[] {
  const sandbox = values.sandbox ? (sources["sandbox"] ?? "--sandbox") : undefined;
  const { defaults } = flyte;
  const login = values.sandbox ? { words: "none", source: sandbox } : describeLogin(values, sources);
  const scope = (key: "org" | "project" | "domain") => ({
    name: key,
    value: defaults[key] || undefined,
    source: sources[key] ?? (defaults[key] ? (sandbox ?? "the endpoint") : undefined),
  });
  return [
    { name: "endpoint", value: flyte.endpoint || undefined, source: sandbox ?? sources["endpoint"] },
    scope("org"),
    scope("project"),
    scope("domain"),
    { name: "login", value: redact(login.words, flyte.secrets), source: login.source ?? "the default" },
    ...FURTHER.flatMap(([key, name]) =>
      further({ name, source: sources[key], value: values[key as keyof typeof values] }, flyte.secrets),
    ),
  ];
}

function further(
  { name, value, source }: { name: string; value: unknown; source: string | undefined },
  secrets: readonly string[],
): ReportedSetting[] {
  if (source === undefined || value === undefined) return [];
  // Of a command, the first word alone: the others may be secrets.
  const shown = Array.isArray(value) ? String(value[0]) : redact(String(value), secrets);
  return [{ name, value: shown === "true" ? "yes" : shown === "false" ? "no" : shown, source }];
}
