import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

interface Locator {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  waitFor(): Promise<void>;
  textContent(): Promise<string | null>;
  allTextContents(): Promise<string[]>;
  isVisible(): Promise<boolean>;
  count(): Promise<number>;
}

/** What these tests use of a page; the program's own types are not installed with this workspace. */
export interface Page {
  goto(url: string): Promise<unknown>;
  getByRole(role: "button" | "status", options?: { name?: string; exact?: boolean }): Locator;
  locator(selector: string): Locator;
  getByText(text: string): Locator;
  /** Runs code in the page and gives its last value. */
  evaluate(code: string): Promise<unknown>;
  on(event: "console", listener: (message: { type(): string; text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  on(event: "request", listener: (request: { url(): string }) => void): void;
}

/** What kind of reader a browser plays. */
export interface Reader {
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
  permissions?: readonly string[];
  viewport?: { width: number; height: number };
}

interface Playwright {
  chromium: {
    launch(options: { executablePath: string; args: string[] }): Promise<{
      newPage(reader: Reader): Promise<Page>;
      close(): Promise<void>;
    }>;
  };
}

const LIBRARY = fileURLToPath(new URL("../clients/node_modules/playwright-core/index.mjs", import.meta.url));

const folders = ["/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
const names = ["chromium", "chromium-browser", "google-chrome"];
const BROWSER = [
  process.env["FLYTE_TEST_BROWSER"] ?? "",
  ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
].find((path) => existsSync(path));

/** Why no browser can be driven here, undefined where one can. */
export const whyNoBrowser =
  BROWSER === undefined
    ? "there is no Chromium; Debian's package `chromium` or FLYTE_TEST_BROWSER gives one"
    : existsSync(LIBRARY)
      ? undefined
      : "playwright-core is not installed; `npx nx run @flyte-mcp/e2e:clients` does it";

/** A page of a browser without a window, which finds all the hosts given on this machine. */
export async function openBrowser(reader: Reader = {}, hosts: readonly string[] = []) {
  const { chromium } = (await import(pathToFileURL(LIBRARY).href)) as Playwright;
  const rules = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(",");
  const args = ["--no-sandbox", `--host-resolver-rules=${rules}`];
  const browser = await chromium.launch({ executablePath: BROWSER ?? "", args });
  return { page: await browser.newPage(reader), close: () => browser.close() };
}
