/** One setting as it is in force. */
export interface ReportedSetting {
  name: string;
  /** Shown; never a secret. Undefined where nothing sets it. */
  value: string | undefined;
  /** Where it came from, e.g. `--endpoint`, `FLYTE_ENDPOINT`, `admin.endpoint in /a/config.yaml`. */
  source: string | undefined;
}

/** `there` also where the plane's answer is an error of the service's own; `refused` where it is kept from us. */
export type ServiceState = "there" | "missing" | "refused" | "silent" | "failing";

export interface ReportedService {
  name: string;
  state: ServiceState;
  /** What it said, where it is not simply there. */
  said?: string;
}

export interface Problem {
  /** Of an error alone is the whole in no order. */
  severity: "error" | "warning";
  message: string;
  hint?: string;
}

/** What a look at settings and plane found. */
export interface Report {
  /** Whether a tool call would work. */
  ok: boolean;
  file: string | undefined;
  settings: readonly ReportedSetting[];
  /** How long the plane took to answer, undefined where it did not. */
  reachedInMs: number | undefined;
  services: readonly ReportedService[];
  /** Who the plane says we are. */
  caller: string | undefined;
  problems: readonly Problem[];
}
