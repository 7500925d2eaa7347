import { spawn } from "node:child_process";

type Env = Record<string, string | undefined>;

/** The command that opens a page here, or undefined where there is no browser to open. */
export function browserCommand(platform: string, env: Env): readonly string[] | undefined {
  if (env["BROWSER"]) return [env["BROWSER"]];
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open"] : undefined;
}

/** Opens a page in the person's browser; a failure leaves the person with the printed address. */
export function openBrowser(url: string): void {
  const [file, ...args] = browserCommand(process.platform, process.env) ?? [];
  if (file === undefined) return;
  const child = spawn(file, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
