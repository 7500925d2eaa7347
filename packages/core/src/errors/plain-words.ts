import type { ErrorCode } from "./codes.ts";

/** What is said instead of a plane's own words. */
export interface PlainWords {
  message: string;
  hint?: string;
  /** Where the plane's code says too little. */
  code?: ErrorCode;
}

type Rule = [pattern: RegExp, say: (...parts: string[]) => PlainWords | string];

const SCOPE = String.raw`project:"([^"]*)"\s+domain:"([^"]*)"\s+name:"([^"]*)"`;
const SECRET_NAMES = "letters, digits, dashes, underscores and dots";

// Recorded conversations with real control planes; the longest wording of each first.
const RULES: readonly Rule[] = [
  [/^project already exists: (.+)$/, (name) => `There is a project "${name}" already.`],
  [/^project not found: (.+)$/, (name) => missingProject(name)],
  [/^project "([^"]*)" not found$/, (name) => missingProject(name)],
  [
    /^task not found: \{(\S+) (\S+) (\S+) (\S*)\}$/,
    (project, domain, name, version) => ({
      message: `There is no task "${name}"${version ? ` of version "${version}"` : ""} in ${project}/${domain}.`,
      hint: "Call list_tasks to see what exists.",
      code: "not_found",
    }),
  ],
  [/^run not found: ([^/]+\/[^/]+)\/(.+)$/, (place, name) => `There is no run "${name}" in ${place}.`],
  [/^action not found: action not found$/, () => "There is no such action in this run."],
  [
    /^trigger not found: ([^/]+\/[^/]+)\/(.+)\/([^/]+)$/,
    (place, task, name) => `There is no trigger "${name}" of task "${task}" in ${place}.`,
  ],
  [/^secret (\S+) not found$/, (name) => `There is no secret "${name}".`],
  [/^KService \S+ not found\b/, () => "There is no such app in this project and domain."],
  [
    /^(?:invalid token format: |invalid token: )|\bcontinue key is not valid\b/,
    () => ({
      code: "invalid_argument",
      message: "The page token is none that Flyte gave.",
      hint: "Pass the next_token of the answer before, or leave it out.",
    }),
  ],
  [
    /^invalid limit: (\S+) \(exceeds maximum of (\d+)\)$/,
    (limit, most) => `Flyte lists ${most} rows at once at most, not ${limit}.`,
  ],
  [/^invalid filter field: (.+)$/, (field) => `This control plane cannot filter by "${field}".`],
  [
    /^ERROR: .*\(SQLSTATE \w+\)$/,
    () => ({
      message: "The database of the control plane refused the request.",
      hint: "Another filter or sort order may pass; the request itself is not one it can answer.",
    }),
  ],
  [
    /^(?:.*: )?sql: no rows in result set$/,
    () => ({ message: "Flyte has no such entry.", code: "not_found" }),
  ],
  [
    /^invalid run name "([^"]*)": must be no more than (\d+) characters$/,
    (name, most) => `The run name "${name}" is too long; it may have ${most} characters.`,
  ],
  [
    /^invalid run name "([^"]*)": a DNS-1035 label\b/,
    (name) =>
      `"${name}" cannot be a run name: it takes lower-case letters, digits and dashes, begins with a letter and ends with none but a letter or digit.`,
  ],
  [
    /^no authenticated identity on request\b/,
    () => ({
      message: "Flyte does not know who calls: the request came without an identity.",
      hint: "A control plane without a login in front of it knows no identities; elsewhere give a token by FLYTE_ACCESS_TOKEN.",
    }),
  ],
  [/^oauth2 metadata is not configured\b/, () => "This control plane has no login of its own."],
  [
    /^expires_in \((\S+)\) exceeds maximum allowed duration of (\S+)$/,
    (given, most) => `A link may live ${most} at most, not ${given}.`,
  ],
  [
    /^either filename_root or content_md5 must be provided$/,
    () => "An upload needs a checksum of its content or a name of its folder.",
  ],
  [/^id is required$/, () => ({ message: "The project is missing.", code: "invalid_argument" })],
  [
    new RegExp(`^no log context found for action run:\\{${SCOPE}\\}\\s+name:"([^"]*)" attempt (\\d+)`),
    (_project, _domain, run, action, attempt) =>
      `Attempt ${attempt} of action "${action}" in run "${run}" has no logs.`,
  ],
  [
    new RegExp(`^no event found for action run:\\{${SCOPE}\\}\\s+name:"([^"]*)" attempt (\\d+)`),
    (_project, _domain, run, action, attempt) =>
      `Action "${action}" in run "${run}" has had no attempt ${attempt}.`,
  ],
  [
    /^trigger "([^"]*)" has invalid cron expression: (?:invalid cron expression )?"([^"]*)"(?:: ([^[]*?))?(?:: \[.*\])?$/,
    (name, cron, why) =>
      `"${cron}", the schedule of trigger "${name}", is no cron expression${why ? `: ${why}` : ""}.`,
  ],
  [
    /^signal value type (\S+) does not match declared condition type (\S+)$/,
    (given, declared) => `The condition takes a value of type ${declared}, not ${given}.`,
  ],
  [/^condition action \S+ not found$/, () => "There is no such condition in this run."],
  [/^action \S+ is not a condition$/, () => "This action is no condition."],
  [
    /^condition \S+ already signalled with a different value$/,
    () => "This condition has been answered already, with another value.",
  ],
  [/^secrets "[^"]*" already exists$/, () => "There is a secret of this name already."],
  [
    /^Secret "[^"]*" is invalid: data\[\w*?__key__([^\]]*)\]/,
    (name) => ({
      message: `"${name}" cannot be a secret's name; it takes ${SECRET_NAMES}.`,
      code: "invalid_argument",
    }),
  ],
  [/^project-scoped secrets must also specify a domain\b/, () => "A secret of a project needs a domain too."],
  [
    /^org and cluster_id filters are not supported by the data plane$/,
    () => "This control plane lists the apps of one project only.",
  ],
];

function missingProject(name = ""): PlainWords {
  return {
    message: `There is no project "${name}".`,
    hint: "Call list_projects to see what exists.",
    code: "not_found",
  };
}

// Go wraps an error into what it was doing, once for each layer.
const WRAPPING =
  /^(?:failed to [^:"]{1,60}|not_found|invalid_argument|internal|unknown|rpc error|code = \w+ desc = ?): /;
const ENDING = /: sql: no rows in result set$/;

/** A plane's message in words that a person knows, undefined where it says nothing of its inside. */
export function plainWords(said: string): PlainWords | undefined {
  const bare = unwrap(said);
  for (const text of [bare.replace(ENDING, ""), bare]) {
    for (const [pattern, say] of RULES) {
      const parts = pattern.exec(text);
      if (!parts) continue;
      const words = say(...parts.slice(1));
      return typeof words === "string" ? { message: words } : words;
    }
  }
  return undefined;
}

/** A message without what the layers of a plane put before it. */
export function unwrap(said: string): string {
  const rest = said.trim().replace(WRAPPING, "");
  return rest === said.trim() || rest === "" ? said.trim() : unwrap(rest);
}
