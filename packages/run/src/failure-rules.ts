/** What kind of failure it is, and what helps against it. */
export interface Verdict {
  verdict: string;
  advice: string;
}

/** How a kind of failure shows in what Flyte recorded. */
export interface FailureRule extends Verdict {
  code: RegExp;
  message?: RegExp;
  event?: RegExp;
  /**
   * Where words that a task's own libraries use too are no proof. `placing`: once the pod ran, neither events nor the
   * task's message. `platform`: not the task's message. `timed out`: words count in that phase alone.
   */
  only?: "placing" | "platform" | "timed out";
}

/** The first that matches wins: the particular before the general. */
export const FAILURE_RULES: readonly FailureRule[] = [
  {
    verdict: "queued_timeout",
    code: /QUEUED_TIMEOUT_EXCEEDED|MaxQueuedTimeExceeded/,
    message: /QUEUED_TIMEOUT_EXCEEDED|MaxQueuedTimeExceeded/,
    only: "timed out",
    advice:
      "It waited too long for a place to run: raise max_queued_time in the task's timeout, or free the queue.",
  },
  {
    verdict: "runtime_timeout",
    code: /MAX_RUNTIME_EXCEEDED|MaxRuntimeExceeded/,
    message: /MAX_RUNTIME_EXCEEDED|MaxRuntimeExceeded/,
    only: "timed out",
    advice: "One attempt ran too long: raise max_runtime in the task's timeout, or give it less to do.",
  },
  {
    verdict: "deadline",
    code: /DEADLINE_EXCEEDED|DeadlineExceededError/,
    message: /DEADLINE_EXCEEDED|DeadlineExceeded/,
    only: "timed out",
    advice:
      "All attempts together took too long: raise deadline in the task's timeout, or lower its retries.",
  },
  {
    verdict: "timeout",
    code: /TaskTimeoutError/,
    advice:
      "It took too long; Flyte does not say which bound of the task's timeout fired: max_runtime, max_queued_time or deadline.",
  },
  {
    verdict: "gpu_out_of_memory",
    code: /CUDAOutOfMemory|^(torch\.)?OutOfMemoryError$/,
    message: /CUDA (error: )?out of memory/i,
    advice:
      "The GPU's own memory was full: smaller batches, or a GPU with more; memory in resources is not it.",
  },
  {
    verdict: "out_of_memory",
    code: /\bOOM|OutOfMemory|MemoryError/,
    message: /OOMKilled|out of memory|exit(ed with)? code:? 137|MemoryError/i,
    event: /OOMKill|out of memory/i,
    advice: "It used more memory than it may: raise memory in the task's resources, or handle less at once.",
  },
  {
    verdict: "image_pull",
    code: /ImagePullBackOff|ErrImagePull|InvalidImageName/,
    message: /ImagePullBackOff|ErrImagePull|InvalidImageName|Back-off pulling image|failed to pull image/i,
    event: /ImagePullBackOff|ErrImagePull|InvalidImageName|Back-off pulling image|failed to pull image/i,
    only: "placing",
    advice:
      "Its image cannot be pulled: check that the image exists and that the cluster may read its registry.",
  },
  {
    verdict: "quota",
    code: /ResourceQuota|QuotaExceeded/,
    message: /exceeded quota|insufficient (cpu|memory|nvidia|ephemeral)|Unschedulable|FailedScheduling/i,
    event: /exceeded quota|insufficient (cpu|memory|nvidia|ephemeral)|Unschedulable|FailedScheduling/i,
    only: "placing",
    advice: "The cluster has no room for it: ask for less in resources, or raise the quota of the project.",
  },
  {
    verdict: "gpu_fault",
    code: /Gpu(Xid|FallenOffBus|EccUncorrectable|RowRemapPending|Nvlink|Gsp)/,
    message: /Gpu(Xid|FallenOffBus|EccUncorrectable|RowRemapPending|Nvlink|Gsp)/,
    advice: "A GPU failed under it; of kind system it is the hardware, of kind user the program's own fault.",
  },
  {
    verdict: "node_lost",
    code: /\b(Task)?Interrupted|NodeShutdown|Preempt/,
    message: /\bpreempted\b|spot instance|node (was )?(lost|shut ?down|not ready)|NodeShutdown|\bevicted\b/i,
    only: "platform",
    event: /\bpreempted\b|Preempting|node (was )?(lost|shut ?down)|NodeShutdown|\bevicted\b/i,
    advice:
      "Its machine was taken away: run it again, with interruptible false or more retries if that recurs.",
  },
];
