type Decision = "approve" | "deny";

/** Walks a login by a browser as a person does, from the printed address to the page at the end, and gives its text. */
export async function walkBrowser(startUrl: string, decision: Decision = "approve"): Promise<string> {
  const page = await fetch(startUrl);
  const html = await page.text();
  const request = /name="request" value="([^"]+)"/.exec(html)?.[1];
  if (request === undefined) throw new Error(`no login form at ${page.url}: ${html}`);
  return textOf(await submit(new URL("/oauth2/authorize", page.url), { request, decision }));
}

/** Walks a login by device code: opens the page, enters the code, decides. */
export async function walkDevice(
  page: string,
  userCode: string,
  decision: Decision = "approve",
): Promise<string> {
  const html = await (await fetch(page)).text();
  if (!html.includes('name="user_code"')) throw new Error(`no form for a code at ${page}: ${html}`);
  return textOf(await submit(new URL(page), { user_code: userCode, decision }));
}

/** The address that a text asks a person to open. */
export function addressIn(text: string): string {
  const address = /open (http\S+)/.exec(text)?.[1];
  if (address === undefined) throw new Error(`no address in: ${text}`);
  return address;
}

/** The code that a text asks a person to enter. */
export function codeIn(text: string): string {
  const code = /the code ([A-Z]{4}-[A-Z]{4})/.exec(text)?.[1];
  if (code === undefined) throw new Error(`no code in: ${text}`);
  return code;
}

function submit(url: URL, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields) });
}

async function textOf(response: Response): Promise<string> {
  return (await response.text()).replace(/<[^>]*>/g, " ").trim();
}
