/** A page of the Flyte console. */
export interface ConsolePage {
  project: string;
  domain: string;
  kind: "runs" | "tasks" | "apps" | "triggers";
  /** Path segments below the kind: the run's name, or task name and trigger name. */
  path: readonly string[];
  /** The action that a run's page opens. */
  action?: string;
}

export type ConsoleUrl = (page: ConsolePage) => string | undefined;

/** Makes console addresses below `base` (scheme, host and port); without a base there are none. A copied address may end in `/v2`. */
export function createConsoleUrl(base: string | undefined): ConsoleUrl {
  return (page) => {
    if (base === undefined) return undefined;
    const scope = `/v2/domain/${encodeURIComponent(page.domain)}/project/${encodeURIComponent(page.project)}`;
    const path = [page.kind, ...page.path.map(encodeURIComponent)].join("/");
    const query = page.action === undefined ? "" : `?i=${encodeURIComponent(page.action)}`;
    return `${base.replace(/(\/v2)?\/*$/, "")}${scope}/${path}${query}`;
  };
}
