import type { Json } from "../answer.ts";
import type { OpenFlyte } from "../client/open-flyte.ts";
import { hideInJson, hideSecrets } from "../errors/redact.ts";
import { describeReport } from "./describe-report.ts";
import { examine } from "./examine.ts";
import type { DoctorSettings } from "./examine.ts";
import { endWithParent, exitWith, runInChild } from "./in-child.ts";
import type { Report } from "./report.ts";

export interface Doctor {
  /** The program's name and version. */
  title: string;
  settings: DoctorSettings;
  /** Prints for a machine. */
  asJson: boolean;
  /** Whether what is printed is seen on a screen. */
  isTerminal: boolean;
  print(text: string): Promise<void>;
  /** Opens the plane as the server does, but asks nobody to log in. Throws a settings error. */
  open(): Promise<OpenFlyte>;
}

/** Prints the settings in force and what they lead to, and ends the process: with 0 where a tool call would work, else with 1. Throws a settings error. */
export async function runDoctor(doctor: Doctor): Promise<never> {
  if (process.send === undefined) return runInChild();
  endWithParent();
  const { title, settings, asJson, isTerminal, print, open } = doctor;
  const { flyte, close } = await open();
  const report = await examine(flyte, settings);
  const text = asJson
    ? JSON.stringify(hideInJson(toJson(report), flyte.secrets), undefined, 2)
    : hideSecrets(describeReport(title, report, isColored(isTerminal)), flyte.secrets);
  await close();
  await print(text);
  // Whatever still hangs, a socket or a command, ends here.
  return exitWith(report.ok ? 0 : 1);
}

function toJson({ ok, file, settings, reachedInMs, services, caller, problems }: Report): Json {
  return {
    ok,
    file: file ?? null,
    settings: settings.map(({ name, value, source }) => ({
      name,
      value: value ?? null,
      source: source ?? null,
    })),
    reached_in_ms: reachedInMs ?? null,
    caller: caller ?? null,
    services: services.map(({ name, state, said }) => ({ name, state, ...(said !== undefined && { said }) })),
    problems: problems.map(({ severity, message, hint }) => ({
      severity,
      message,
      ...(hint !== undefined && { hint }),
    })),
  };
}

function isColored(isTerminal: boolean): boolean {
  const { CI, NO_COLOR, TERM } = process.env;
  return isTerminal && !CI && !NO_COLOR && TERM !== "dumb";
}
