import { createToolError } from "@flyte-mcp/core";
import { assertPackages, choosePythonVersion, readScriptHeader } from "@flyte-mcp/images";

const WITH_PASSWORD = /:\/\/[^/@\s]*:[^/@\s]+@/;

/** Throws a tool error where uv could not install what a script says it needs, before a cluster's time is spent. */
export function assertHeader(script: string): void {
  const { dependencies, requiresPython } = readScriptHeader(script);
  for (const dependency of dependencies) assertReachable(dependency);
  assertPackages(dependencies);
  choosePythonVersion(requiresPython);
}

function assertReachable(dependency: string): void {
  if (WITH_PASSWORD.test(dependency)) {
    const message = "No run was created: a dependency of the script holds a password.";
    const hint = "All who may see the run would see it. Take it from an index or repository that is open.";
    throw createToolError({ code: "invalid_argument", message, hint });
  }
  if (!dependency.includes("file://")) return;
  const message = `The script depends on "${dependency}", which lies on a disk that the cluster does not have.`;
  const hint = "Publish the package, or give it as git+https://... .";
  throw createToolError({ code: "invalid_argument", message, hint });
}
