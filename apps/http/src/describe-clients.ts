import { clientPrograms } from "@flyte-mcp/clients";

/** How to connect to a running server with each client, for the person who started it. */
export function describeClients(url: string, hasPage: boolean): string {
  const ofTheirOwn = clientPrograms.flatMap(({ name, addUrl }) =>
    addUrl ? [[name, addUrl("flyte", url)] as const] : [],
  );
  const others = clientPrograms.filter(({ addUrl }) => !addUrl).map(({ id }) => id);
  const rows = [
    ...ofTheirOwn,
    ["Others", `npx -y flyte-mcp setup CLIENT --url ${url}`],
    ["", `CLIENT: ${others.join(", ")}`],
    ["mcporter", `mcporter list --http-url ${url} --allow-http --schema`],
    ["Inspector", `npx @modelcontextprotocol/inspector --cli ${url} --transport http --method tools/list`],
  ] as const;
  return [
    ...(hasPage ? [`In a browser: ${new URL(".", url).href}`, ""] : []),
    "Connect a client:",
    ...rows.map(([name, how]) => `  ${name.padEnd(13)} ${how}`),
    "",
    "Stop with Ctrl-C.",
  ].join("\n");
}
