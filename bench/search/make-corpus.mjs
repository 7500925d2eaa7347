// A corpus of about 1,000 files and 5 MB, the same at every run: for each topic one file that is about it, under its own
// words, and many that only say those words often; and questions in other words than the files have.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// What a file is called, says of itself and names; then keywords and a regular expression of someone who looks for it.
const TOPICS = [
  [
    "retries/exponential_backoff",
    "Wait longer between attempts",
    "RetryStrategy backoff_factor",
    "retrying exponentially",
    "[Rr]etry.*backoff|backoff_factor",
  ],
  [
    "triggers/nightly_report",
    "Start a task at three in the morning",
    "CronTrigger schedule_expression",
    "cron scheduling",
    "Cron\\w+\\(|schedule_expr",
  ],
  [
    "caching/by_content",
    "Reuse a result when the file is the same",
    "CachePolicy content_hash",
    "cache hashes contents",
    "CachePolicy|content_hash",
  ],
  [
    "gpu/pick_accelerator",
    "Ask for a device with much memory",
    "AcceleratorRequest nvidia_device",
    "gpu accelerators nvidia",
    "Accelerator\\w*",
  ],
  [
    "secrets/mount_file",
    "Read a password that is mounted",
    "SecretMount group_key",
    "mounting secret files",
    "SecretMount|mount.*secret",
  ],
  [
    "images/from_dockerfile",
    "Build an image from a recipe of your own",
    "ImageBuilder dockerfile_path",
    "building docker images dockerfile",
    "dockerfile_path|from_docker",
  ],
  [
    "human/approval_gate",
    "Go on once a person has agreed",
    "ApprovalGate wait_for_signal",
    "human approve signals",
    "Approval\\w+|wait_for_signal",
  ],
  [
    "frames/validate_columns",
    "Check a table before it is used",
    "FrameSchema column_check",
    "validating dataframe columns",
    "FrameSchema|column_check",
  ],
  [
    "serving/http_endpoint",
    "Answer requests of the web",
    "EndpointApp route_handler",
    "serve http endpoints",
    "EndpointApp|route_handler",
  ],
  [
    "dashboards/live_figures",
    "Show figures that move",
    "DashboardPage refresh_interval",
    "dashboard refreshing",
    "Dashboard\\w+",
  ],
  [
    "checkpoint/resume_training",
    "Go on where training stopped",
    "CheckpointStore resume_epoch",
    "resuming checkpoints",
    "Checkpoint\\w+|resume_epoch",
  ],
  [
    "spot/survive_eviction",
    "Live with machines that are taken away",
    "SpotPolicy on_eviction",
    "spot evictions interruptible",
    "Spot\\w+|on_eviction",
  ],
  [
    "errors/oom_recovery",
    "Give more memory after a crash",
    "MemoryEscalation oom_handler",
    "oom memory escalating",
    "oom_\\w+|MemoryEsc",
  ],
  [
    "notify/slack_message",
    "Tell a channel how a run ended",
    "SlackNotifier channel_name",
    "slack notifications",
    "[Ss]lack\\w+\\(",
  ],
  [
    "tuning/search_space",
    "Find good parameters",
    "SweepStudy search_space",
    "hyperparameter sweeps studies",
    "Sweep\\w+|search_space",
  ],
  [
    "cluster/spark_session",
    "Run on a cluster that is made for the run",
    "SparkSessionConfig executor_count",
    "spark executors",
    "Spark\\w+|executor_count",
  ],
  [
    "agents/tool_loop",
    "Let a model call functions until it is done",
    "AgentLoop tool_registry",
    "llm agents tools",
    "AgentLoop|tool_registry",
  ],
  [
    "vectors/build_store",
    "Find passages that are alike",
    "EmbeddingStore chunk_size",
    "embeddings chunking",
    "Embedding\\w+",
  ],
  [
    "limits/max_duration",
    "Stop what takes too long",
    "TimeoutPolicy max_duration",
    "timeouts duration",
    "[Tt]imeout\\w+|max_duration",
  ],
  [
    "files/sync_folder",
    "Put a folder into the store",
    "FolderSync remote_prefix",
    "syncing directories",
    "FolderSync|remote_prefix",
  ],
  [
    "deps/private_index",
    "Install from an index that asks who you are",
    "PackageIndex extra_url",
    "private package indexes",
    "PackageIndex|extra_url",
  ],
  [
    "reports/plot_page",
    "Put a chart on the page of a run",
    "ReportPage add_chart",
    "charts reports",
    "ReportPage|add_chart",
  ],
  [
    "nested/call_subtask",
    "Call a task from a task",
    "ChildInvocation parent_action",
    "subtasks invocations nested",
    "Child\\w+",
  ],
  [
    "types/enum_choice",
    "Take one of a few values",
    "ColorChoice allowed_values",
    "enum choices",
    "\\w+Choice|allowed_val",
  ],
  [
    "fanout/map_inputs",
    "Do the same for many values",
    "FanoutMap max_parallel",
    "fanout parallelism mapping",
    "Fanout\\w+|max_parallel",
  ],
  [
    "warm/reusable_pool",
    "Keep containers between calls",
    "ReusePool idle_ttl",
    "reusable container pools",
    "ReusePool|idle_ttl",
  ],
  [
    "logs/json_lines",
    "Print lines that a machine reads",
    "StructuredLogger log_fields",
    "structured logging",
    "StructuredLog\\w*",
  ],
  [
    "sql/warehouse_query",
    "Ask a warehouse",
    "WarehouseQuery row_limit",
    "warehouse queries sql",
    "Warehouse\\w+",
  ],
  [
    "shell/pipe_commands",
    "Run programs one after the other",
    "ShellPipeline stdin_from",
    "shell pipelines commands",
    "ShellPipe\\w+|stdin_from",
  ],
  [
    "scaling/replica_range",
    "Have as many copies as there is work",
    "AutoscaleRule replica_range",
    "autoscaling replicas",
    "Autoscale\\w+|replica_range",
  ],
];
const FILLER =
  "alpha result value batch index record column window merge offset buffer stage bucket metric sample layer matrix token region vendor invoice customer product order price station sensor reading weather river bridge garden engine rocket planet signal filter cursor marker border canvas button slider folder letter number figure corner circle square".split(
    " ",
  );

/** Numbers between 0 and 1, the same at every run. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function makeCorpus(folder, { files = 1_000, bytes = 5_000_000 } = {}) {
  const random = createRandom(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const block = (words) => {
    const [a, b, c] = [pick(words), pick(FILLER), pick(FILLER)];
    return `async def ${b}_${c}_${Math.floor(random() * 1e4)}(${c}: int, ${b}: str) -> list[str]:\n    # ${a} ${b} of ${pick(FILLER)}, then ${pick(words)}\n    ${c}s = [f"${b} {n} ${a}" for n in range(${c})]\n    return sorted(${c}s + [${b}, "${pick(FILLER)}"])\n\n`;
  };
  const body = (size, words) => {
    let text = "";
    while (text.length < size) text += block(words);
    return text;
  };
  const each = bytes / files;
  for (const [path, title, names] of TOPICS) {
    const [type, field] = names.split(" ");
    const use = `import flyte\n\nenv = flyte.TaskEnvironment(name="main")\npolicy = ${type}(${field}=3)\n\n\n@env.task(policy=policy)\nasync def main(n: int) -> int:\n    return n\n\n`;
    write(`${path}.py`, `"""${title}."""\n${use}${body(each * 0.6, FILLER)}`);
  }
  for (let nth = TOPICS.length; nth < files; nth++) {
    const [path, title, names] = TOPICS[nth % TOPICS.length];
    const said = `${path} ${title} ${names}`.toLowerCase().match(/[a-z]{3,}/g);
    // One word of a topic again and again, as in a log or a load test, so that counting alone is misled.
    const words = nth % 3 === 0 ? [...FILLER, ...FILLER] : [...FILLER.slice(0, 20), pick(said), pick(said)];
    const name = `${pick(FILLER)}_${pick(FILLER)}_${nth}`;
    const isProse = nth % 12 === 0;
    const text = isProse
      ? `# ${pick(FILLER)} ${pick(FILLER)}\n\n${body(each, words)}`
      : `"""${pick(FILLER)} ${pick(FILLER)}."""\n${body(each, words)}`;
    write(`${pick(FILLER)}/${name}.${isProse ? "md" : "py"}`, text);
  }
  write("uv.lock", "retry cron cache gpu secret\n".repeat(4_000));
  return TOPICS.map(([path, , , words, regex]) => ({ words, regex, expected: [`${path}.py`] }));
}
