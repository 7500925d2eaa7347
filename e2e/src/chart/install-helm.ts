import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HELM = "v3.17.4";

/** Helm's program, built by Go once and kept; undefined where there is no Go, or it cannot fetch. */
export function installHelm(): string | undefined {
  const folder = fileURLToPath(new URL(`../../../node_modules/.cache/helm-${HELM}`, import.meta.url));
  const program = join(folder, "helm");
  if (existsSync(program)) return program;
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "-mod=mod" };
  try {
    execFileSync("go", ["install", `helm.sh/helm/v3/cmd/helm@${HELM}`], { env, stdio: "pipe" });
    return program;
  } catch {
    return undefined;
  }
}
