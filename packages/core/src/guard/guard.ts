import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { DescMessage, DescMethod, Message, MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import type { Effect } from "../contract.ts";
import { isAppAllowed, isLimited, isTaskAllowed, isTriggerAllowed } from "../policy.ts";
import type { Policy, TaskRef } from "../policy.ts";
import { findContractMethod } from "./contract-method.ts";
import { recordRequest } from "./last-request.ts";
import { refusal } from "./refusal.ts";
import type { FindRootTask } from "./root-task.ts";
import { hideRows, isEventShown } from "./rows.ts";
import { covers, rpcEffect } from "./rpc-effect.ts";
import { readTargets } from "./targets.ts";
import type { Target } from "./targets.ts";

export interface GuardOptions {
  /** What the calling tool declared. */
  effect: Effect;
  policy: Policy;
  /** The caller's cancellation, joined to each RPC's own. */
  signal: AbortSignal;
  findRootTask: FindRootTask;
}

/** Holds every RPC of one tool call to the tool's effect and the server's policy; a refusal never reaches Flyte. */
export function guard(next: Transport, options: GuardOptions): Transport {
  const { policy, effect } = options;
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const bytes = toBytes(method.input, input);
      const known = await openMethod(method, effect, policy);
      const message = fromBinary(known.input, bytes);
      const joined = join(options.signal, signal);
      assertGoingOn(joined);
      await assertTargets(known.input, message, options, joined);
      try {
        const init = message as unknown as typeof input;
        const response = await next.unary(known, joined, timeoutMs, header, init, contextValues);
        if (isList(known)) hideRows(known.output, response.message, policy);
        return response;
      } catch (error) {
        throw recordRequest(error, known, message);
      }
    },
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      const known = await openMethod(method, effect, policy);
      const joined = join(options.signal, signal);
      assertGoingOn(joined);
      const checked = await readChecked(method.input, known.input, input, options, joined);
      const requests = createAsyncIterable(checked) as unknown as typeof input;
      const request = checked.at(-1);
      const open = next.stream(known, joined, timeoutMs, header, requests, contextValues);
      const response = await open.catch((error: unknown) => {
        throw request ? recordRequest(error, known, request) : error;
      });
      return { ...response, message: readEach(known, response.message, policy, request) };
    },
  };
}

/** The method as our contract has it, where the tool may call it. */
async function openMethod<M extends DescMethod>(claimed: M, effect: Effect, policy: Policy): Promise<M> {
  const known = await findContractMethod(claimed);
  if (!known) throw refusal(`${claimed.parent.name}.${claimed.name} is not open to tools`);
  assertOpen(known, effect, policy);
  return known as M;
}

function assertOpen(method: DescMethod, declared: Effect, policy: Policy): void {
  const needed = rpcEffect(method);
  const rpc = `${method.parent.name}.${method.name}`;
  if (needed === undefined) throw refusal(`${rpc} is not open to tools`);
  if (!covers(declared, needed))
    throw refusal(`A tool declared "${declared}" may not call ${rpc} (${needed})`);
  // Its runs are unknown to RunService, so the task of one cannot be looked up.
  if (isLimited(policy, "tasks") && method.parent.typeName === TRACKED_RUNS) {
    throw refusal(`${rpc} is closed on a server with a task allowlist`);
  }
}

/** Transports notice a signal that was aborted before the call at different times; nothing may leave then. */
function assertGoingOn(signal: AbortSignal): void {
  if (signal.aborted) throw new ConnectError("the call has ended", Code.Canceled);
}

const TRACKED_RUNS = "flyteidl2.workflow.TrackedRunService";

/** What goes over the wire and nothing else: no field hidden among unknown ones, no object that changes after the check. */
function toBytes<I extends DescMessage>(schema: I, init: MessageInitShape<I>): Uint8Array {
  return toBinary(schema, create(schema, init));
}

async function assertTargets(
  schema: DescMessage,
  message: Message,
  options: GuardOptions,
  signal: AbortSignal,
): Promise<void> {
  const { policy } = options;
  if (!(["tasks", "apps", "triggers"] as const).some((kind) => isLimited(policy, kind))) return;
  for (const target of readTargets(schema, message)) await assertTarget(target, options, signal);
}

async function assertTarget(target: Target, options: GuardOptions, signal: AbortSignal): Promise<void> {
  const { policy, findRootTask } = options;
  if (target.kind === "task") return assertTask(policy, target.task);
  if (target.kind === "app" && !isAppAllowed(policy, target.name)) throw offList("App", target.name, "app");
  if (target.kind === "trigger" && !isTriggerAllowed(policy, target)) {
    throw offList("Trigger", `${target.taskName}/${target.name}`, "trigger");
  }
  if (target.kind === "run" && isLimited(policy, "tasks")) {
    // A run that does not exist yet (CreateRun names it) follows the task that the same request names.
    const task = await findRootTask(target.run, signal);
    if (task) assertTask(policy, task);
  }
}

function assertTask(policy: Policy, task: TaskRef): void {
  if (!isTaskAllowed(policy, task))
    throw offList("Task", `${task.domain}/${task.project}/${task.name}`, "task");
}

function offList(what: string, name: string, list: string): ConnectError {
  return refusal(`${what} ${name} is not on this server's ${list} allowlist`);
}

function isList(method: DescMethod): boolean {
  return /^(List|Watch)/.test(method.name);
}

function join(caller: AbortSignal, own: AbortSignal | undefined): AbortSignal {
  return own ? AbortSignal.any([caller, own]) : caller;
}

/** All requests of a stream, checked before the first is sent: no RPC open to tools answers between them. */
async function readChecked<I extends DescMessage>(
  claimed: I,
  known: DescMessage,
  input: AsyncIterable<MessageInitShape<I>>,
  options: GuardOptions,
  signal: AbortSignal,
): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const init of input) {
    const message = fromBinary(known, toBytes(claimed, init));
    await assertTargets(known, message, options, signal);
    messages.push(message);
  }
  return messages;
}

async function* readEach<T extends Message>(
  method: DescMethod,
  messages: AsyncIterable<T>,
  policy: Policy,
  request: Message | undefined,
): AsyncIterable<T> {
  try {
    for await (const message of messages) {
      if (isList(method)) hideRows(method.output, message, policy);
      if (isEventShown(message, policy)) yield message;
    }
  } catch (error) {
    throw request ? recordRequest(error, method, request) : error;
  }
}
