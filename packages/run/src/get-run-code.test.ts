import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import type { TestClient } from "@flyte-mcp/core/testing";
import type { TaskTemplateSchema } from "@flyte-mcp/idl/core/tasks";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "@flyte-mcp/sandbox";
import { run } from "./index.ts";

const run_name = "demo-add-1";

/** The tool before a sandbox that hands code out or, as the open-source plane, does not. */
async function onSandbox(codeBundles: boolean, test: (client: TestClient) => Promise<void>): Promise<void> {
  const plane = await startSandbox({ codeBundles, execute: false });
  const flyte = createFlyte({ endpoint: plane.url, project: "flytesnacks", domain: "development" });
  const client = await connectClient({ groups: [run], flyte });
  await test(client).finally(() => client.close().then(plane.close));
}

const stores: Server[] = [];
afterEach(() => stores.splice(0).forEach((store) => store.close()));

/** The tool before a plane that signs a link to these bytes, or refuses with this error. */
async function play(
  template: MessageInitShape<typeof TaskTemplateSchema>,
  bundle: Uint8Array | ConnectError,
): Promise<TestClient> {
  const store = createServer((_request, response) => {
    response.end(bundle instanceof ConnectError ? "" : bundle);
  });
  stores.push(store);
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(store.address() as AddressInfo).port}/x?X-Amz-Signature=canary-signature`;
  const spec = { case: "task", value: { taskTemplate: template } } as const;
  const flyte = playFlyte((router) =>
    router
      .service(RunService, { getActionDetails: () => ({ details: { spec } }) })
      .service(DataProxyService, {
        createDownloadLink() {
          if (bundle instanceof ConnectError) throw bundle;
          return { preSignedUrls: { signedUrl: [url] } };
        },
      }),
  );
  return connectClient({ groups: [run], flyte });
}

const container = (...args: string[]) =>
  ({ target: { case: "container", value: { image: "registry.test/seed:1", args } } }) as const;

/** A gzipped archive of one file. */
function archiveOf(path: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(path);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("        0", 148);
  header.write(
    header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0"),
    148,
  );
  return gzipSync(Buffer.concat([header, content, Buffer.alloc(-content.length & 511)]));
}

describe("get_run_code", () => {
  it("lists the files of the code, of a folder, and reads one", () =>
    onSandbox(true, async ({ answer }) => {
      const files = [
        { path: "settings/defaults.toml", size_bytes: 15 },
        { path: "tasks.py", size_bytes: 92 },
      ];
      const about = { run: run_name, action: "a0", task: "seed.add", version: "v1" };
      expect(await answer("get_run_code", { run_name })).toEqual({ ...about, files });
      const folder = await answer("get_run_code", { run_name, path: "settings/" });
      expect(folder).toEqual({ ...about, files: files.slice(0, 1) });
      expect(await answer("get_run_code", { run_name, path: "./tasks.py", from_line: 6 })).toEqual({
        ...about,
        path: "tasks.py",
        size_bytes: 92,
        total_lines: 8,
        content: "@env.task\nasync def add():\n    ...",
      });
    }));

  it("names files that are near, and refuses lines beyond the end", () =>
    onSandbox(true, async ({ failure }) => {
      expect(await failure("get_run_code", { run_name, path: "task.py" })).toBe(
        'The code has no file "task.py". Did you mean "tasks.py"? Leave path out to list the files. [not_found]',
      );
      expect(await failure("get_run_code", { run_name, path: "defaults.toml" })).toContain(
        "Did you mean settings/defaults.toml?",
      );
      expect(await failure("get_run_code", { run_name, path: "../../etc/passwd" })).toContain(
        'The code has no file "../../etc/passwd".',
      );
      expect(await failure("get_run_code", { run_name, path: "tasks.py", from_line: 99 })).toBe(
        "tasks.py has 8 lines; from_line 99 is beyond its end. [out_of_range]",
      );
    }));

  it("says that the open-source plane hands no code out, and where the code is", () =>
    onSandbox(false, async ({ failure }) => {
      expect(await failure("get_run_code", { run_name })).toBe(
        "This control plane gives no link to the code of this run. Its task names no code bundle: the code is in the image registry.example/seed:1. [unimplemented]",
      );
      expect(await failure("get_run_code", { run_name: "demo-gate-1", action_name: "c0" })).toBe(
        "Action c0 is a condition: it has no code of its own. Ask for that of its parent a0. [failed_precondition]",
      );
      expect(await failure("get_run_code", { run_name: "demo-ad-1" })).toContain('Did you mean "demo-add-1"');
    }));

  const refused = new ConnectError("artifact_type is required", Code.InvalidArgument);
  const pod = {
    podSpec: {
      containers: [
        { name: "side", args: [] as string[] },
        { name: "main", args: ["--tgz", "s3://bucket/pod.tar.gz"] },
      ],
    },
  };
  it.each<[string, MessageInitShape<typeof TaskTemplateSchema>, string]>([
    [
      "the arguments",
      container("--tgz", "s3://bucket/fast.tar.gz", "--dest", "."),
      "s3://bucket/fast.tar.gz",
    ],
    [
      "the primary container of a pod",
      { target: { case: "k8sPod", value: pod }, config: { primary_container_name: "main" } },
      "s3://bucket/pod.tar.gz",
    ],
    ["the metadata", { metadata: { codeBundleUri: "s3://bucket/meta.tar.gz" } }, "s3://bucket/meta.tar.gz"],
  ])("finds the place of the code in %s", async (_where, template, uri) => {
    const { failure } = await play(template, refused);
    expect(await failure("get_run_code", { run_name: "r1" })).toBe(
      `This control plane gives no link to the code of this run. The code lies at ${uri}, for whoever may read that bucket. [unimplemented]`,
    );
  });

  it.each([
    container("--pkl", "s3://bucket/a.pkl.gz"),
    { metadata: { codeBundleUri: "s3://bucket/a.pkl.gz" } },
  ])("does not open pickled code", async (template) => {
    const { failure } = await play(template, new Uint8Array());
    expect(await failure("get_run_code", { run_name: "r1" })).toBe(
      "The code is a pickled object, not files: s3://bucket/a.pkl.gz. Only Python can open it. [failed_precondition]",
    );
  });

  it("reads a long file in parts, and gets past a line that is too long", async () => {
    const lines = [
      ...Array.from({ length: 400 }, (_, index) => `line ${index} "quoted"`),
      "x".repeat(50_000),
      "end",
    ];
    const { answer } = await play(container(), archiveOf("long.py", Buffer.from(lines.join("\n"))));
    const args = { run_name: "r1", path: "long.py" };
    let from_line: number | undefined = 1;
    let read = "";
    for (; from_line !== undefined; read += "\n") {
      const part: Record<string, unknown> = await answer("get_run_code", { ...args, from_line });
      expect(JSON.stringify(part).length).toBeLessThan(10_000);
      read += String(part["content"]);
      from_line = part["next_line"] as number | undefined;
    }
    const cut = lines.with(400, `${"x".repeat(1_333)}… [cut]`);
    expect(read.trimEnd()).toBe(cut.join("\n"));
  });

  it("tells of a file that is no text, without its bytes", async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 1, 2);
    const { failure } = await play(container(), archiveOf("model.bin", bytes));
    expect(await failure("get_run_code", { run_name: "r1", path: "model.bin" })).toBe(
      "model.bin is no text (4 bytes). [failed_precondition]",
    );
  });

  it("says when what comes is no archive, and never shows the link", async () => {
    const { failure } = await play(container(), Buffer.from("<html>log in</html>"));
    const text = await failure("get_run_code", { run_name: "r1" });
    expect(text).toContain("is no archive of files (tar) that can be read here. [data_loss]");
    expect(text).not.toContain("canary");
  });
});
