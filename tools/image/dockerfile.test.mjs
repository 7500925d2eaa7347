import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyContext } from "./copy-context.mjs";
import { findFaults } from "./find-faults.mjs";

const read = (app) => readFileSync(new URL(`../../apps/${app}/Dockerfile`, import.meta.url), "utf8");

it.each(["http", "stdio"])("the Dockerfile of %s is in order", (app) => {
  expect(findFaults(read(app))).toEqual([]);
});

it.each([
  ["node:20.20.2-bookworm-slim", "node", "the image node has neither a tag of its own nor a digest"],
  ["distroless/nodejs20-debian12:nonroot", "x:latest", "the image gcr.io/x:latest has neither"],
  ["USER 65532:65532", "USER nonroot", "USER must be a number other than 0"],
  ["USER 65532:65532", "USER 0", "USER must be a number other than 0"],
  [/ENTRYPOINT .*/, "ENTRYPOINT node /app/dist/main.js", "ENTRYPOINT must be in exec form"],
  [/HEALTHCHECK .*/, "HEALTHCHECK CMD curl --fail localhost", "HEALTHCHECK must be in exec form, or NONE"],
  ["WORKDIR /app", "WORKDIR /app\nRUN mkdir dist", "RUN needs a shell that the image does not have"],
  ["WORKDIR /app", "WORKDIR /app\nADD https://example.com/x .", "ADD also fetches and unpacks; COPY"],
  ["--from=build ", "", "COPY into the image that is shipped must be from the build"],
  ["image.licenses", "image.license", "the label licenses is missing"],
  ["EXPOSE 8080", "EXPOSE port", "Invalid containerPort"],
  ["STOPSIGNAL SIGTERM", "STOPSIG SIGTERM", "Unknown instruction"],
])("%s written as %s is a fault", (good, bad, sentence) => {
  expect(findFaults(read("http").replace(good, bad)).join("\n")).toContain(sentence);
});

it("a build is sent what it reads, and neither history, settings, tests nor what was built before", () => {
  const context = mkdtempSync(join(tmpdir(), "flyte-mcp-context-"));
  const sent = copyContext(fileURLToPath(new URL("../../", import.meta.url)), context);
  rmSync(context, { recursive: true });
  expect(sent).toEqual(expect.arrayContaining(["package-lock.json", "apps/http/src/main.ts"]));
  expect(sent.filter((path) => /(^|\/)(\.|node_modules\/|dist\/|gen\/)|\.test\./.test(path))).toEqual([]);
});
