/** What a code means to whoever reads it, and what to do. */
interface Meaning {
  means: string;
  help: string;
}

/** Every word that an error ends with in brackets: the codes of Connect in snake case, and three of ours. */
export const errorCodes = {
  invalid_argument: {
    means:
      "An argument of the call is missing, of the wrong kind or out of bounds; all problems are listed at once.",
    help: "Mend the arguments as the message says. For run_task, get_task shows what the task takes.",
  },
  not_found: {
    means: "There is no such task, run, app, trigger, secret or project, or not in this project and domain.",
    help: "Look at the nearest names in the message, or list what exists. Check project and domain with whoami.",
  },
  already_exists: {
    means: "Something of that name is there already.",
    help: "Use another name, or what is there.",
  },
  failed_precondition: {
    means: "The thing is not in the state that the call needs, such as a run that has not ended.",
    help: "The message names the state; wait for it or bring it about.",
  },
  permission_denied: {
    means: "Flyte does not allow it to the identity in use, or the operator of the MCP server does not.",
    help: "The message says which of the two. `policy explain` tells which rule of the server decides.",
  },
  unauthenticated: {
    means: "Flyte does not know who calls: the credentials are missing, wrong or expired.",
    help: "Run `doctor`; docs/logging-in.md has the ways to log in.",
  },
  login_required: {
    means: "A person has to log in, and the login is under way.",
    help: "Open the address of the message, then call again.",
  },
  not_configured: {
    means: "The server lacks a setting, most often the endpoint.",
    help: "Set what the message names; `doctor` shows the settings in force and where each comes from.",
  },
  unavailable: {
    means: "Flyte cannot be reached or answers with an error of its network.",
    help: "Try again; `doctor` tells a wrong address, a certificate and a proxy apart.",
  },
  deadline_exceeded: {
    means: "Flyte did not answer in time.",
    help: "Try again; a smaller page or a narrower filter answers faster.",
  },
  resource_exhausted: {
    means: "Flyte refuses more load, or something is larger than it may be.",
    help: "The message says which; wait, or send less.",
  },
  canceled: { means: "The caller cancelled the call.", help: "Call again if that was not meant." },
  aborted: {
    means: "Another change came between reading and writing.",
    help: "Call again; the newest state is read first.",
  },
  out_of_range: { means: "A position or page lies behind the end.", help: "Begin anew without it." },
  unimplemented: {
    means:
      "This control plane does not have the service that the tool needs; an older or an open-source Flyte may lack it.",
    help: "`doctor` lists the services that the plane has.",
  },
  app_failed: { means: "An app that was started has failed.", help: "get_app shows why." },
  data_loss: { means: "What Flyte keeps is damaged or gone.", help: "Ask the operator of the plane." },
  internal: {
    means: "Something failed that should not: in the tool, or in Flyte.",
    help: "Try again; with the request id of the message the plane's logs tell more. A fault of ours is worth a report.",
  },
  unknown: {
    means: "Flyte failed and does not say how.",
    help: "Look at the plane's logs for the request id.",
  },
} as const satisfies Record<string, Meaning>;

/** One of the codes that errors end with. */
export type ErrorCode = keyof typeof errorCodes;
