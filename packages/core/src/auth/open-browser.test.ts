import { browserCommand } from "./open-browser.ts";

it.each<[string, Record<string, string>, readonly string[] | undefined]>([
  ["darwin", {}, ["open"]],
  ["win32", {}, ["rundll32", "url.dll,FileProtocolHandler"]],
  ["linux", { DISPLAY: ":0" }, ["xdg-open"]],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, ["xdg-open"]],
  ["linux", { BROWSER: "/usr/bin/firefox", DISPLAY: ":0" }, ["/usr/bin/firefox"]],
  ["linux", {}, undefined],
])("a page is opened on %s with %j by %j", (platform, env, command) => {
  expect(browserCommand(platform, env)).toEqual(command);
});
