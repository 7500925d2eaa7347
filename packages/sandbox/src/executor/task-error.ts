import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";

/** How a task fails; `traceback` is what it prints before. */
export interface TaskError extends Error {
  kind: ErrorInfo_Kind;
  /** The name of its Python class. */
  exception: string;
  traceback: string[];
}

/** A Python exception of the task's own code, e.g. `ValueError`; Flyte records its message without the name. */
export function createUserError(exception: string, message: string, where: string): TaskError {
  const frame = `  File "tasks.py", in ${where}`;
  const traceback = ["Traceback (most recent call last):", frame, `${exception}: ${message}`];
  return Object.assign(new Error(message), { kind: ErrorInfo_Kind.USER, exception, traceback });
}

/** An image that cannot be pulled, which Flyte counts as the user's fault. */
export function createPullError(image: string): TaskError {
  const message = `Grace period [3m0s] exceeded||Back-off pulling image "${image}"`;
  return Object.assign(new Error(message), { kind: ErrorInfo_Kind.USER, exception: "", traceback: [] });
}

/** A failure that is not the fault of the task's code. */
export function createSystemError(message: string): TaskError {
  return Object.assign(new Error(message), {
    kind: ErrorInfo_Kind.SYSTEM,
    exception: "SystemError",
    traceback: [],
  });
}

export function isTaskError(error: unknown): error is TaskError {
  return error instanceof Error && "kind" in error && "traceback" in error;
}
