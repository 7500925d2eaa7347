/** What a request meets instead of, or on its way to, the plane. */
export type FaultKind =
  /** The connection ends before any answer. */
  | "cut"
  /** The connection ends after the first bytes of the answer's body. */
  | "cut mid stream"
  /** No answer, ever. */
  | "hang"
  /** A web page with status 200, as a console or a login page answers. */
  | "html"
  /** 302 to a login page. */
  | "login"
  /** This status with a proxy's web page. */
  | { status: number; retryAfterS?: number }
  /** The plane's own answer after a pause. */
  | { delayMs: number };

export interface Fault {
  kind: FaultKind;
  /** The end of a procedure's path, e.g. `RunService/ListRuns`; every request when left out. */
  procedure?: string;
  /** How many requests meet it (default: all from now on). */
  times?: number;
}

/** The faults of one server; the first that fits a request is met. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The kind that a request to this path meets, counted. */
  take(path: string): FaultKind | undefined;
}

export function createFaults(initial: readonly Fault[] = []): Faults {
  let left: { fault: Fault; times: number }[] = [];
  const add = (fault: Fault) => left.push({ fault, times: fault.times ?? Infinity });
  initial.forEach(add);
  return {
    add: (fault) => void add(fault),
    clear: () => void (left = []),
    take(path) {
      const met = left.find(({ fault, times }) => times > 0 && path.endsWith(fault.procedure ?? ""));
      if (met) met.times--;
      return met?.fault.kind;
    },
  };
}
