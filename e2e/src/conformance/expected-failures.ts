const LOGGING = "Logging to clients is left out: revision 2026-07-28 drops it, and stderr has the log.";
const ASKING = "A server without sessions has nobody to ask; what needs an answer takes it as an argument.";
const SESSIONS =
  "It judges sessions, which this server does not keep: clients lose them, and balancers as well.";
const WATCHING = "A server without sessions cannot tell of changes; wait_for_run follows a run.";

/** The scenarios of the suite that this server fails on purpose, each with the reason; one that passes must be struck. */
export const expectedFailures: Readonly<Record<string, string>> = {
  "logging-set-level": LOGGING,
  "tools-call-with-logging": LOGGING,
  "tools-call-sampling": ASKING,
  "tools-call-elicitation": ASKING,
  "elicitation-sep1034-defaults": ASKING,
  "elicitation-sep1330-enums": ASKING,
  "resources-subscribe": WATCHING,
  "resources-unsubscribe": WATCHING,
  "json-schema-2020-12":
    "Listed schemas have no $schema, $defs or $ref, which models' providers refuse; the suite does not score it.",
};

/** The scenarios that have nothing to judge here, neither passed nor failed. */
export const unjudged: Readonly<Record<string, string>> = {
  "server-session-lifecycle": SESSIONS,
  "server-sse-multiple-streams": SESSIONS,
  "server-sse-polling": SESSIONS,
};
