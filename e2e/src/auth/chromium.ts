import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What these tests use of a page; the program's own types are not installed with this workspace. */
export interface Page {
  goto(url: string): Promise<unknown>;
  getByRole(role: "button", options: { name: string }): { click(): Promise<void> };
  locator(selector: string): { fill(text: string): Promise<void> };
  getByText(text: string): { waitFor(): Promise<void> };
}

interface Playwright {
  chromium: {
    launch(options: { executablePath: string; args: string[] }): Promise<{
      newPage(): Promise<Page>;
      close(): Promise<void>;
    }>;
  };
}

const LIBRARY = fileURLToPath(
  new URL("../../clients/node_modules/playwright-core/index.mjs", import.meta.url),
);

const BROWSER = [
  process.env["FLYTE_TEST_BROWSER"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => existsSync(path));

/** Why no browser can be driven here, undefined where one can. */
export const whyNoBrowser =
  BROWSER === undefined
    ? "there is no Chromium; Debian's package `chromium` or FLYTE_TEST_BROWSER gives one"
    : existsSync(LIBRARY)
      ? undefined
      : "playwright-core is not installed; `npx nx run @flyte-mcp/e2e:clients` does it";

/** A page of a browser without a window. */
export async function openBrowser() {
  const { chromium } = (await import(pathToFileURL(LIBRARY).href)) as Playwright;
  const browser = await chromium.launch({ executablePath: BROWSER ?? "", args: ["--no-sandbox"] });
  return { page: await browser.newPage(), close: () => browser.close() };
}
