import { create } from "@bufbuild/protobuf";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ActionDetailsSchema, ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import { classifyFailure } from "./classify-failure.ts";

interface Failure {
  message?: string;
  code?: string;
  kind?: ErrorInfo_Kind;
  event?: string;
  phase?: ActionPhase;
  hasGpuFault?: boolean;
  hasRun?: boolean;
}

function verdictOf({ message = "", code = "", kind, event, phase, hasGpuFault, hasRun }: Failure): string {
  const error = {
    message,
    code,
    kind: kind ?? ErrorInfo_Kind.UNSPECIFIED,
    ...(hasGpuFault && { gpuFault: {} }),
  };
  const details = create(ActionDetailsSchema, {
    status: { phase: phase ?? ActionPhase.FAILED },
    result: { case: "errorInfo", value: error },
    attempts: [
      {
        attempt: 1,
        clusterEvents: event === undefined ? [] : [{ message: event }],
        phaseTransitions: hasRun ? [{ phase: ActionPhase.QUEUED }, { phase: ActionPhase.RUNNING }] : [],
      },
    ],
  });
  return classifyFailure(details).verdict;
}

it.each<[Failure, string]>([
  [{ code: "QUEUED_TIMEOUT_EXCEEDED", kind: ErrorInfo_Kind.SYSTEM }, "queued_timeout"],
  [{ code: "MAX_RUNTIME_EXCEEDED|mine" }, "runtime_timeout"],
  [{ code: "DEADLINE_EXCEEDED" }, "deadline"],
  [{ message: "boom", code: "DeadlineExceededError", kind: ErrorInfo_Kind.USER }, "deadline"],
  [{ message: "MAX_RUNTIME_EXCEEDED after 5s", phase: ActionPhase.TIMED_OUT }, "runtime_timeout"],
  [{ message: "too long", code: "TaskTimeoutError", kind: ErrorInfo_Kind.USER }, "timeout"],
  [{ message: "from my API: StatusCode.DEADLINE_EXCEEDED", kind: ErrorInfo_Kind.USER }, "user_code"],
  [{ message: "429 RESOURCE_EXHAUSTED: model quota", kind: ErrorInfo_Kind.USER }, "user_code"],
  [{ phase: ActionPhase.TIMED_OUT }, "timeout"],
  [{ message: "[1/1] currentAttempt done. OOMKilled" }, "out_of_memory"],
  [{ message: "Pod failed. container exited with code 137" }, "out_of_memory"],
  [
    { message: "CUDA out of memory. Tried to allocate 2 GiB", kind: ErrorInfo_Kind.USER },
    "gpu_out_of_memory",
  ],
  [{ message: "killed", code: "RetriesExhausted|OOMError", kind: ErrorInfo_Kind.USER }, "out_of_memory"],
  [{ message: "no such room", code: "BedroomError", kind: ErrorInfo_Kind.USER }, "user_code"],
  [
    { message: 'Grace period [3m0s] exceeded||Back-off pulling image "x"', kind: ErrorInfo_Kind.USER },
    "image_pull",
  ],
  [{ event: "0/3 nodes are available: 3 Insufficient nvidia.com/gpu" }, "quota"],
  [
    { message: "boom", kind: ErrorInfo_Kind.USER, event: "FailedScheduling: Insufficient cpu", hasRun: true },
    "user_code",
  ],
  [{ message: "boom", kind: ErrorInfo_Kind.USER, event: "Pod was evicted", hasRun: true }, "node_lost"],
  [{ message: "my cache evicted it", kind: ErrorInfo_Kind.USER, hasRun: true }, "user_code"],
  [{ phase: ActionPhase.ABORTED }, "action_aborted"],
  [{ message: 'pods "x" is forbidden: exceeded quota: project-quota' }, "quota"],
  [{ hasGpuFault: true }, "gpu_fault"],
  [{ code: "GpuXidError", kind: ErrorInfo_Kind.SYSTEM }, "gpu_fault"],
  [{ message: "The node was lost", kind: ErrorInfo_Kind.SYSTEM }, "node_lost"],
  [{ message: "spotify answered 500", kind: ErrorInfo_Kind.USER }, "user_code"],
  [{ message: "boom", kind: ErrorInfo_Kind.USER, event: "Demistify Pending" }, "user_code"],
  [{ message: "etcd is down", kind: ErrorInfo_Kind.SYSTEM }, "platform"],
  [{ message: "?" }, "unknown"],
])("calls %j %s", (failure, verdict) => {
  expect(verdictOf(failure)).toBe(verdict);
});
