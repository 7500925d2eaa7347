const GUARD = "guard/guard.ts";
const TARGETS = "guard/targets.ts";
const ROWS = "guard/rows.ts";
const POLICY = "policy.ts";
const TOOLS = "judge-tool.ts";

const cut = (rule, file, text, instead = "") => ({ rule, file, text, instead });

/** Each takes one rule away: the text, which occurs once in the file below packages/core/src, becomes another. */
export const mutations = [
  cut("a tool calls what its effect covers only", GUARD, "if (!covers(declared, needed))", "if (false)"),
  cut("RPCs that nobody classified are closed", GUARD, "if (needed === undefined)", "if (false)"),
  cut("descriptors are our own", GUARD, "await findContractMethod(claimed)", "await claimed"),
  cut(
    "tracked runs are closed under a task allowlist",
    GUARD,
    "method.parent.typeName === TRACKED_RUNS",
    "false",
  ),
  cut("unary requests are checked", GUARD, "await assertTargets(known.input, message, options, joined);"),
  cut("streamed requests are checked", GUARD, "await assertTargets(known, message, options, signal);"),
  cut("tasks are held to the list", GUARD, "if (!isTaskAllowed(policy, task))", "if (false)"),
  cut("apps are held to the list", GUARD, "!isAppAllowed(policy, target.name)", "false"),
  cut("triggers are held to the list", GUARD, "!isTriggerAllowed(policy, target)", "false"),
  cut("runs follow their root task", GUARD, "if (task) assertTask(policy, task);"),
  cut(
    "the caller's signal ends RPCs",
    GUARD,
    "AbortSignal.any([caller, own]) : caller",
    "own : new AbortController().signal",
  ),
  cut("nothing leaves after the end of a call", GUARD, "if (signal.aborted)", "if (false)"),
  cut(
    "rows are dropped from lists",
    GUARD,
    "if (isList(known)) hideRows(known.output, response.message, policy);",
  ),
  cut(
    "rows are dropped from watches",
    GUARD,
    "if (isList(method)) hideRows(method.output, message, policy);",
  ),
  cut("events of hidden apps are dropped", GUARD, "if (isEventShown(message, policy))"),
  cut("a task's name is a target", TARGETS, "isMessage(message, TaskNameSchema) ||"),
  cut("a task's identifier is a target", TARGETS, "|| isMessage(message, TaskIdentifierSchema)"),
  cut(
    "an identifier of Flyte 1 is a target",
    TARGETS,
    "if (isMessage(message, CoreIdentifierSchema))",
    "if (false)",
  ),
  cut("a run is a target", TARGETS, "if (isMessage(message, RunIdentifierSchema))", "if (false)"),
  cut("an app is a target", TARGETS, "if (isMessage(message, AppIdentifierSchema))", "if (false)"),
  cut("a trigger is a target", TARGETS, '{ kind: "trigger", taskName, name }, '),
  cut("a trigger's task is a target", TARGETS, ", taskTarget({ project, domain, name: taskName })"),
  cut("code without a name is on no list", TARGETS, "!message.taskTemplate?.id", "false"),
  cut("triggers deployed with a task are targets", TARGETS, "message.triggers.map(", "[].map("),
  cut("an app by its address is a target", TARGETS, 'message.identifier.case === "ingress"', "false"),
  cut("targets are found inside messages", TARGETS, 'field.fieldKind === "message" &&', "false &&"),
  cut("targets are found in lists", TARGETS, 'field.fieldKind === "list" &&', "false &&"),
  cut(
    "a run without a known task is closed",
    "guard/root-task.ts",
    "if (task === undefined) throw",
    "if (false) throw",
  ),
  cut(
    "a run whose task cannot be asked for is closed",
    "guard/root-task.ts",
    "!== Code.NotFound",
    "=== undefined",
  ),
  cut("rows of tasks follow the list", ROWS, "if (isMessage(row, TaskSchema)) return", "if (false) return"),
  cut("rows of runs follow the list", ROWS, "if (isMessage(row, RunSchema)) return", "if (false) return"),
  cut("rows of apps follow the list", ROWS, "if (isMessage(row, AppSchema)) return", "if (false) return"),
  cut("rows of triggers follow the list", ROWS, "if (isMessage(row, TriggerSchema))", "if (false)"),
  cut("groups of runs follow the list", ROWS, "if (isMessage(row, TaskGroupSchema))", "if (false)"),
  cut(
    "latest runs of forbidden tasks are hidden",
    ROWS,
    "record[field.localName]?.forEach((row) => hideLatestRun(row, policy));",
  ),
  cut(
    "the count of hidden apps is hidden",
    ROWS,
    'isLimited(policy, "apps") && isMessage(message, ListAppsResponseSchema)',
    "false",
  ),
  cut(
    "counts of hidden rows are hidden",
    ROWS,
    'isLimited(policy, "tasks") && isMessage(message, ListTasksResponseSchema)',
    "false",
  ),
  cut("a client ends with its call", "server/call-tool.ts", "ended.abort();"),
  cut(
    "policies hold beside each other",
    POLICY,
    "[policy, ...(policy.and ? policiesOf(policy.and) : [])]",
    "[policy]",
  ),
  cut(
    "a bare entry means no task with a slash",
    POLICY,
    'task.name.includes("/") ? forms.slice(2) : forms',
    "forms",
  ),
  cut("inline code must be named", TOOLS, "if (!inlineCode || !tasks)", "if (true)"),
  cut("read-only leaves reading tools", TOOLS, "(readOnly ?", "(false ?"),
  cut(
    "read-only groups leave reading tools",
    TOOLS,
    '!readOnlyGroups?.some((entry) => ["all", name].includes(entry))',
    "true",
  ),
  cut("excluded tools do not exist", TOOLS, "!excludeTools.includes(name)", "true"),
];
