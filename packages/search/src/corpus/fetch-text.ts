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
  const { bytes, url } = await download(source, MOST_BYTES, fetch);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, basename(new URL(source.shown, "file:///").pathname)), bytes);
  if (followLinks && isUrl(url)) await fetchPages(linksOf(bytes.toString("utf8"), url), folder, fetch);
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
  let [left, done] = [MOST_BYTES, 0];
  const work = async () => {
    for (let link = waiting.shift(); link && left > 0; link = waiting.shift()) {
      left -= await fetchPage(link, folder, left, fetch).catch((error: unknown) => {
        if (isFetchError(error)) return 0;
        throw error;
      });
      if (++done % 20 === 0) fetch.tell(`Downloaded ${done} of ${links.length} pages`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function fetchPage(link: URL, folder: string, most: number, fetch: Fetch): Promise<number> {
  const { bytes, type, url } = await download(
    { address: link.href, shown: hideLogin(link.href) },
    most,
    fetch,
  );
  if (type.includes("html") || new URL(url).origin !== link.origin) return 0;
  const target = join(folder, pagePath(link));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
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
