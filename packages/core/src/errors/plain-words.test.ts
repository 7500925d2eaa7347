import { plainWords } from "./plain-words.ts";

const run = 'run:{project:"recording"  domain:"development"  name:"rec-add"}  name:"a0"';
const cron = 'invalid cron expression: invalid cron expression "not cron"';
const secretKey = "u__org__flyte__domain__development__project__flytesnacks__key__bad name!";

describe("what a plane says of its inside", () => {
  // Each kind of error in recorded conversations with real control planes.
  it.each([
    ["project already exists: recording", 'There is a project "recording" already.'],
    ["project not found: nope", 'There is no project "nope".'],
    ['project "nope" not found', 'There is no project "nope".'],
    [
      "task not found: {recording development seed.add v7}",
      'There is no task "seed.add" of version "v7" in recording/development.',
    ],
    [
      "task not found: {recording development seed.add }",
      'There is no task "seed.add" in recording/development.',
    ],
    [
      "failed to get task: not_found: task not found: {recording development seed.none v2}",
      'There is no task "seed.none" of version "v2" in recording/development.',
    ],
    ["run not found: recording/development/r1", 'There is no run "r1" in recording/development.'],
    ["action not found: action not found", "There is no such action in this run."],
    [
      "trigger not found: recording/development/seed.add/nope: sql: no rows in result set",
      'There is no trigger "nope" of task "seed.add" in recording/development.',
    ],
    ["anything: sql: no rows in result set", "Flyte has no such entry."],
    ["secret nope not found", 'There is no secret "nope".'],
    [
      'KService a-b-c not found: services.serving.knative.dev "a-b-c" not found',
      "There is no such app in this project and domain.",
    ],
    ["invalid token format: garbage", "The page token is none that Flyte gave."],
    ['invalid token: "garbage"', "The page token is none that Flyte gave."],
    ["continue key is not valid: garbage", "The page token is none that Flyte gave."],
    ["invalid limit: 201 (exceeds maximum of 200)", "Flyte lists 200 rows at once at most, not 201."],
    [
      "failed to convert filters: invalid filter field: created_by",
      'This control plane cannot filter by "created_by".',
    ],
    [
      'failed to list actions: ERROR: invalid input syntax for type integer: "X" (SQLSTATE 22P02)',
      "The database of the control plane refused the request.",
    ],
    [
      "no authenticated identity on request (missing or untrusted identity headers)",
      "Flyte does not know who calls: the request came without an identity.",
    ],
    [
      "oauth2 metadata is not configured; set runs.authMetadata.externalAuthServerBaseUrl",
      "This control plane has no login of its own.",
    ],
    [
      "expires_in (277h46m39s) exceeds maximum allowed duration of 1h0m0s",
      "A link may live 1h0m0s at most, not 277h46m39s.",
    ],
    [
      "either filename_root or content_md5 must be provided",
      "An upload needs a checksum of its content or a name of its folder.",
    ],
    ["failed to validate project: invalid_argument: id is required", "The project is missing."],
    [
      "invalid run name \"Bad_Name\": a DNS-1035 label must consist of lower case alphanumeric characters or '-'",
      '"Bad_Name" cannot be a run name: it takes lower-case letters, digits and dashes, begins with a letter and ends with none but a letter or digit.',
    ],
    [
      'invalid run name "aaaa": must be no more than 30 characters',
      'The run name "aaaa" is too long; it may have 30 characters.',
    ],
    [
      `no log context found for action ${run} attempt 1`,
      'Attempt 1 of action "a0" in run "rec-add" has no logs.',
    ],
    [`no event found for action ${run} attempt 9`, 'Action "a0" in run "rec-add" has had no attempt 9.'],
    [
      `trigger "badcron" has ${cron}: expected exactly 5 fields, found 2: [not cron]`,
      '"not cron", the schedule of trigger "badcron", is no cron expression: expected exactly 5 fields, found 2.',
    ],
    [
      "signal value type INTEGER does not match declared condition type BOOLEAN",
      "The condition takes a value of type BOOLEAN, not INTEGER.",
    ],
    ["condition action r-nope not found", "There is no such condition in this run."],
    ["action r-a0 is not a condition", "This action is no condition."],
    [
      "condition r-x already signalled with a different value",
      "This condition has been answered already, with another value.",
    ],
    ['secrets "aa6cd98f" already exists', "There is a secret of this name already."],
    [
      `Secret "a52c" is invalid: data[${secretKey}]: Invalid value: "${secretKey}": a valid config key`,
      '"bad name!" cannot be a secret\'s name; it takes letters, digits, dashes, underscores and dots.',
    ],
    [
      'project-scoped secrets must also specify a domain, got project="p" domain=""',
      "A secret of a project needs a domain too.",
    ],
    [
      "org and cluster_id filters are not supported by the data plane",
      "This control plane lists the apps of one project only.",
    ],
  ])("is said in plain words: %s", (said, message) => {
    expect(plainWords(said)?.message).toBe(message);
  });

  it("has a code that fits where the plane's does not", () => {
    expect(plainWords("failed to validate project: invalid_argument: id is required")?.code).toBe(
      "invalid_argument",
    );
    expect(plainWords("task not found: {p d t v}")?.code).toBe("not_found");
  });

  it.each(["", "rpc failed", "the task failed to start: it is not found", "failed to x: failed to y: z"])(
    "is left as it is where it is plain, or unknown: %j",
    (said) => {
      expect(plainWords(said)).toBeUndefined();
    },
  );

  it("is read in no time, however long", () => {
    const started = performance.now();
    plainWords(`failed to ${"a".repeat(10_000)}`);
    plainWords("failed to a: ".repeat(1_000));
    plainWords(`trigger "${"x".repeat(10_000)}`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
