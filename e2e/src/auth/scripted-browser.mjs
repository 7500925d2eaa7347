#!/usr/bin/env node
// Opens the address that it is given and approves what it is asked there, as a browser with a person before it does.
const page = await fetch(process.argv[2]);
const [, request] = /name="request" value="([^"]+)"/.exec(await page.text());
const body = new URLSearchParams({ request, decision: "approve" });
await fetch(new URL("/oauth2/authorize", page.url), { method: "POST", body });
