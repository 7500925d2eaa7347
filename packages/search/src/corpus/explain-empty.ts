import { createToolError } from "@flyte-mcp/core";
import type { ToolError } from "@flyte-mcp/core";
import type { CorpusName } from "../search-options.ts";
import type { Source } from "./read-source.ts";

const WHAT: Record<CorpusName, string> = {
  sdk_examples: "Flyte's SDK examples are",
  docs_examples: "The examples of Flyte's documentation are",
  full_docs: "Flyte's documentation is",
};

/** That there is nothing to search and why, and the commands that change it, here or by way of another machine. */
export function explainEmpty(name: CorpusName, source: Source, why: string): ToolError {
  const { command, path } = carryOver(source);
  const flag = `--${name.replaceAll("_", "-")}-path`;
  return createToolError({
    code: "not_configured",
    message: `${WHAT[name]} not on this machine: ${why.replace(/[.]?$/, ".")}`,
    hint: `With a network, run \`flyte-mcp corpus update\`. Without one, run \`${command}\` elsewhere, copy the result here and start the server with \`${flag} ${path}\`.`,
  });
}

/** That it is being fetched and takes its time. */
export function explainWait(name: CorpusName, latest: string): ToolError {
  return createToolError({
    code: "unavailable",
    message: `${WHAT[name]} still being fetched for the first search${latest && ` (${latest})`}.`,
    hint: "Ask again in a minute; the work goes on.",
    retryable: true,
  });
}

function carryOver({ kind, shown, ref, folder }: Source): { command: string; path: string } {
  const file = shown.replace(/\/+$/, "").split("/").at(-1) ?? "";
  if (kind === "text") return { command: `curl -fLO ${shown}`, path: file };
  const place = (root: string) => (folder ? `${root}/${folder}` : root);
  if (kind === "tarball") return { command: `curl -fL ${shown} | tar xz`, path: folder ?? "FOLDER" };
  const branch = ref ? ` --branch ${ref}` : "";
  return {
    command: `git clone --depth 1${branch} ${shown}`,
    path: place(file.replace(/\.git$/, "")),
  };
}
