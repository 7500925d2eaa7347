import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { download } from "./download.ts";
import type { Fetch } from "./fetch-error.ts";
import { isFetchError } from "./fetch-error.ts";
import { hideLogin, isUrl } from "./read-source.ts";
import type { Source } from "./read-source.ts";

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PAGES = 600;
const AT_ONCE = 6;

/** Fetches a text into a folder and, when told to, the pages of the same site that it links to. */
export async function fetchText(
  source: Source,
  folder: string,
  followLinks: boolean,
  fetch: Fetch,
): Promise<void> {
  fetch.tell(`Downloading ${source.shown}`);
  const { address } = source;
  const { bytes } = await download(source, MOST_BYTES, fetch);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, basename(new URL(source.shown, "file:///").pathname)), bytes);
  if (followLinks && isUrl(address))
    await fetchPages(linksOf(bytes.toString("utf8"), address), folder, fetch);
}

/** The pages on a text's own site that it links to, once each. */
export function linksOf(text: string, base: string): URL[] {
  const links = new Map<string, URL>();
  for (const [, target = ""] of text.matchAll(/\]\(\s*<?([^)\s>]+)/g)) {
    const url = URL.canParse(target, base) ? new URL(target, base) : undefined;
    if (url === undefined || url.origin !== new URL(base).origin) continue;
    url.hash = "";
    if (url.href !== base) links.set(url.href, url);
  }
  return [...links.values()].slice(0, MOST_PAGES);
}

/** Pages that cannot be had are left out: one dead link must not cost the rest. */
async function fetchPages(links: readonly URL[], folder: string, fetch: Fetch): Promise<void> {
  const waiting = [...links];
  let [left, done, kept] = [MOST_BYTES, 0, 0];
  const work = async () => {
    for (let link = waiting.shift(); link && left > 0; link = waiting.shift()) {
      const size = await fetchPage(link, folder, left, fetch).catch((error: unknown) => {
        if (isFetchError(error)) return 0;
        throw error;
      });
      left -= size;
      kept += size > 0 ? 1 : 0;
      if (++done % 20 === 0) fetch.tell(`Downloaded ${done} of ${links.length} pages`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  fetch.tell(`Kept ${kept} of ${links.length} linked pages`);
}

/** How many bytes were kept: none of a page for people, or of one that has moved to another site. */
async function fetchPage(link: URL, folder: string, most: number, fetch: Fetch): Promise<number> {
  const wanted = { address: link.href, shown: hideLogin(link.href), mayMove: false };
  const { bytes, type } = await download(wanted, most, fetch);
  if (type.includes("html")) return 0;
  const target = join(folder, pagePath(link));
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await writeFile(target, bytes, { mode: 0o600 });
  return bytes.length;
}

/** A URL parser leaves no `..` in a path, and what else could lead elsewhere becomes a dash. */
function pagePath({ pathname }: URL): string {
  const parts = pathname
    .split("/")
    .filter(Boolean)
    .map((part) => part.replaceAll(/[^\w.-]/g, "-").replace(/^\.+/, "-"));
  const path = parts.join("/") || "index";
  return /\.(md|mdx|txt|rst)$/i.test(path) ? path : `${path}.md`;
}
