import { clientPrograms, createSnippet } from "@flyte-mcp/clients";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { openBrowser, whyNoBrowser } from "../chromium.ts";
import type { Reader } from "../chromium.ts";

if (whyNoBrowser) process.stderr.write(`SKIPPED: no browser opens the page, ${whyNoBrowser}\n`);
const described = whyNoBrowser ? describe.skip : describe;

const HOST = "mcp.example.com";
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
const PHONE = { viewport: { width: 360, height: 740 } };

described("the page in a browser", () => {
  let server: HttpServer;
  beforeAll(async () => (server = await startHttp(["--sandbox", "--allowed-hosts", HOST])));
  afterAll(() => server.stop());

  async function open(reader: Reader = {}, host = "127.0.0.1") {
    const { page, close } = await openBrowser(reader, [HOST]);
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    const address = `http://${host}:${new URL(server.url).port}/`;
    await page.goto(address);
    return { page, close, complaints, requests, address, endpoint: `${address}flyte-mcp/mcp` };
  }

  it("loads without a complaint and without another request", async () => {
    const { page, close, complaints, requests, address } = await open();
    await page.getByText("Connect a client").waitFor();
    expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([address]);
    expect(complaints).toEqual([]);
    await close();
  });

  it("copies the endpoint and says so", async () => {
    const { page, close, complaints, endpoint } = await open(CLIPBOARD);
    await page.getByRole("button", { name: "Copy the endpoint" }).click();
    await page.getByRole("button", { name: "Copied the endpoint" }).waitFor();
    expect(await page.getByRole("status").textContent()).toBe("Copied to the clipboard.");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(endpoint);
    expect(complaints).toEqual([]);
    await close();
  });

  it("copies for each client what its settings take, and a command", async () => {
    const { page, close, endpoint } = await open(CLIPBOARD);
    const copy = async (what: string) => {
      await page.getByRole("button", { name: `Copy the ${what}`, exact: true }).click();
      await page.getByRole("button", { name: `Copied the ${what}`, exact: true }).waitFor();
      return String(await page.evaluate("navigator.clipboard.readText()"));
    };
    for (const [index, client] of clientPrograms.entries()) {
      if (index > 0) await page.locator(`summary:text-is("${client.name}")`).click();
      const entry = await copy(`entry for ${client.name}`);
      expect(entry).toBe(createSnippet(client, "flyte", { url: endpoint }));
      if (client.format === "json") expect(JSON.stringify(JSON.parse(entry))).toContain(endpoint);
      expect(await copy(`command for ${client.name}`)).toContain(endpoint);
    }
    await close();
  });

  it("copies where the browser keeps its clipboard shut, as over plain http", async () => {
    const { page, close, complaints, endpoint } = await open({}, HOST);
    expect(await page.evaluate("isSecureContext")).toBe(false);
    await page.getByRole("button", { name: "Copy the endpoint" }).click();
    await page.getByRole("button", { name: "Copied the endpoint" }).waitFor();
    expect(await page.evaluate("getSelection().toString()")).toBe(endpoint);
    expect(complaints).toEqual([]);
    await close();
  });

  it("selects the text where copying is refused", async () => {
    const { page, close, endpoint } = await open();
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    await page.getByRole("button", { name: "Copy the endpoint" }).click();
    await page.getByRole("button", { name: "Selected the endpoint" }).waitFor();
    expect(await page.getByRole("status").textContent()).toContain("the text is selected");
    expect(await page.evaluate("getSelection().toString()")).toBe(endpoint);
    await close();
  });

  it("shows all but the buttons where no script runs", async () => {
    const { page, close, endpoint } = await open({ javaScriptEnabled: false });
    expect(await page.locator("#endpoint").textContent()).toBe(endpoint);
    expect(await page.locator("button").count()).toBeGreaterThan(0);
    expect(await page.getByRole("button").count()).toBe(0);
    await page.locator('summary:text-is("Codex")').click();
    expect(await page.locator("#entry-codex").isVisible()).toBe(true);
    await close();
  });

  it.each(["light", "dark"] as const)("can be read in the %s", async (colorScheme) => {
    const { page, close } = await open({ colorScheme });
    const poor = await page.evaluate(POOR_CONTRASTS);
    const paper = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    await close();
    expect(poor).toEqual([]);
    expect(paper).toMatch(colorScheme === "dark" ? /^rgb\(\d\d?, / : /^rgb\(2\d\d, /);
  });

  it("fits on a phone", async () => {
    const { page, close } = await open(PHONE);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(PHONE.viewport.width);
    await close();
  });

  it("has landmarks and headings that somebody who hears it can go by", async () => {
    const { page, close } = await open();
    const ids = String(await page.evaluate('[...document.querySelectorAll("[id]")].map((e) => e.id).join()'));
    const named = '[...document.querySelectorAll("[aria-labelledby]")]';
    const labels = String(
      await page.evaluate(`${named}.map((e) => e.getAttribute("aria-labelledby")).join()`),
    );
    for (const landmark of ["header", "main", "footer", "h1"]) {
      expect(await page.locator(landmark).count()).toBe(1);
    }
    await close();
    expect(new Set(ids.split(",")).size).toBe(ids.split(",").length);
    expect(ids.split(",")).toEqual(expect.arrayContaining(labels.split(",")));
  });
});

/** The texts whose colour stands out from what is behind by less than 4.5 to 1. */
const POOR_CONTRASTS = `
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parse(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return parse(colour)[3] === 0 ? behind(node.parentElement) : colour;
  };
  [...document.body.querySelectorAll("*")]
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "" && !["SCRIPT"].includes(node.tagName)))
    .filter((node) => {
      const [one, other] = [light(getComputedStyle(node).color), light(behind(node))];
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < 4.5;
    })
    .map((node) => node.tagName + "." + node.className + " " + node.textContent.slice(0, 30))`;
