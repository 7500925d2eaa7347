import { stem } from "./stem.ts";

/** Words that people use for one thing in and around Flyte; each finds the others, at less weight than itself. */
const FAMILIES: readonly string[] = [
  "schedule cron periodic nightly hourly daily trigger recurring fixedrate",
  "parallel concurrent fanout map gather simultaneous asyncio",
  "cache memoize reuse skip recompute",
  "retry attempt backoff flaky transient rerun again",
  "gpu accelerator cuda nvidia a100 h100 t4 device",
  "secret password credential apikey token",
  "image container docker dockerfile",
  "human approval approve condition signal event wait confirm",
  "dataframe pandas polars parquet table",
  "serve serving app endpoint fastapi http web api",
  "dashboard streamlit gradio ui frontend panel",
  "checkpoint resume recover restart continue",
  "spot preemptible interruptible preempt",
  "error exception failure crash fail except",
  "notification notify slack email alert webhook",
  "hyperparameter tune tuning optuna hpo sweep optimize",
  "distributed cluster spark ray dask multinode torchrun",
  "llm agent openai anthropic claude gpt langgraph chat prompt",
  "embedding vector rag retrieval semantic chroma",
  "memory ram oom resources cpu limit",
  "timeout deadline duration expire",
  "variable environment env setting",
  "upload download file artifact blob s3 storage",
  "directory folder dir",
  "dependency package requirements pip uv install library",
  "plot chart visualize graph report html deck",
  "train training fit epoch finetune",
  "predict inference infer batch",
  "dynamic runtime branch conditional",
  "subtask nested child",
  "enum choice literal option",
  "dataclass pydantic basemodel struct schema",
  "warm reuse reusable pool replica",
  "log logging logger print trace tracing",
  "query sql database snowflake bigquery duckdb postgres",
  "shell bash command script subprocess",
  "autoscale scale scaling replicas idle",
  "pod kubernetes k8s podtemplate sidecar toleration node",
  "cancel abort stop kill terminate",
  "local locally laptop",
  "remote cluster devbox",
  "stream streaming async generator",
  "test pytest unittest mock",
  "classification classifier classify sklearn xgboost",
  "picture image photo vision ocr",
  "authentication auth login oauth sso",
  "browser scrape crawl web",
  "sandbox untrusted isolate codemode",
  "queue priority rate throttle limit semaphore",
  "link url console dashboard",
  "version tag label metadata",
  "monorepo workspace project layout structure",
];

const relations = new Map<string, Set<string>>();
for (const family of FAMILIES) {
  const stems = family.split(" ").map(stem);
  for (const one of stems) {
    const related = relations.get(one) ?? new Set<string>();
    for (const other of stems) if (other !== one) related.add(other);
    relations.set(one, related);
  }
}

/** Terms that people use for the same thing as `term`. */
export function relatedWords(term: string): Iterable<string> {
  return relations.get(term) ?? [];
}
