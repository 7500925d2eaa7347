import { readFileSync } from "node:fs";
import { toBinary } from "@bufbuild/protobuf";
import { ImageSpecSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import {
  aptLayer,
  commandsLayer,
  copyFileLayer,
  copyFolderLayer,
  createImage,
  createScriptImage,
  envLayer,
  pipLayer,
  poetryLayer,
  requirementsLayer,
  uvProjectLayer,
  workdirLayer,
} from "./index.ts";
import type { ContextFile, Image, ImageLayer, PipOptions, SecretRef } from "./index.ts";

/** Images made with the SDK for Python, and what it computed of each. */
interface Vector {
  name: string;
  how: How;
  tag: string;
  spec_b64: string;
  uri: string;
  needs_build: boolean;
  get_image_id: string;
  hash_stream: string[];
  build_inputs: { target_image: string; context: string };
  build_secrets?: { key: string; group?: string }[];
  context_files: ContextFile[];
}

interface How {
  base: string;
  image_uri?: string;
  python_version?: string;
  flyte_version?: string;
  install_flyte?: boolean;
  name?: string;
  registry?: string;
  registry_secret?: SecretRef;
  clone?: { name?: string; registry?: string; python_version?: string };
  layers?: Given[];
  pip_options?: PipOptions;
  script?: ContextFile;
}

/** A layer in the notation of the vectors; one of the first is there. */
interface Given extends Omit<PipOptions, "extra_index_urls" | "secrets"> {
  pip?: string[];
  apt?: string[];
  commands?: string[];
  env?: Record<string, string>;
  workdir?: string;
  requirements?: ContextFile;
  uv_project?: { pyproject: ContextFile; uv_lock?: ContextFile; files?: ContextFile[] };
  poetry_project?: { pyproject: ContextFile; poetry_lock: ContextFile; extra_args?: string };
  copy_file?: ContextFile;
  copy_folder?: { src: string; files: ContextFile[] };
  copy_contents_only?: boolean;
  dst?: string;
  extra_index_urls?: string | string[];
  secrets?: (string | Record<string, string>)[];
}

const lines = readFileSync(new URL("../fixtures/images.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const vectors = lines.map((line) => JSON.parse(line) as Vector);

const OUT_OF_REACH = {
  dockerfile: "the remote builder takes none",
  pixi_project: "it is lowered to other layers by code of the SDK",
  from_base_not_extendable: "every image of ours may be extended",
  uv_not_py: "a script comes as text, without a file name",
  uv_comments_inside: "the SDK refuses a comment that PEP 723 allows",
  uv_hash_value: "the SDK installs what is commented out",
};

const REFUSED = [
  "from_base_no_name",
  "uv_bad_two_blocks",
  "uv_bad_toml",
  "uv_bad_deps_string",
  "uv_bad_requires_number",
  "uv_bad_none",
  "uv_empty_block",
];

const within = vectors.filter(({ name }) => !Object.hasOwn(OUT_OF_REACH, name) && !REFUSED.includes(name));

it("has six of the vectors out of reach and seven refused, and computes all others", () => {
  expect(vectors).toHaveLength(106);
  expect([Object.keys(OUT_OF_REACH).length, REFUSED.length, within.length]).toEqual([6, 7, 93]);
});

it.each(within.map((vector) => [vector.name, vector] as const))("computes %s as the SDK", (_name, vector) => {
  const image = compute(vector.how);
  expect(image.tag).toBe(vector.tag);
  expect(Buffer.from(toBinary(ImageSpecSchema, image.spec)).toString("base64")).toBe(vector.spec_b64);
  expect(image.needsBuild).toBe(vector.needs_build);
  expect(image.uri).toBe(vector.uri);
});

// A tag that is no hash has no stream.
const streamed = within.filter(({ hash_stream }) => hash_stream);

it.each(streamed.map((vector) => [vector.name, vector] as const))(
  "hashes for %s what the SDK does",
  (_name, vector) => {
    expect(compute(vector.how).hashed.join("")).toBe(vector.hash_stream.join(""));
  },
);

const named = within.filter(({ how }) => how.base !== "image" || how.clone);

it.each(named.map((vector) => [vector.name, vector] as const))("builds %s as the SDK", (_name, vector) => {
  const image = compute(vector.how);
  expect(image.id).toBe(vector.get_image_id);
  expect(image.target).toBe(vector.build_inputs.target_image);
  expect(image.files.length > 0).toBe(vector.build_inputs.context !== "");
  expect([...image.files].sort(byPath)).toEqual([...vector.context_files].sort(byPath));
  const secrets = image.secrets.map(({ key, group }) => ({ key, ...(group ? { group } : {}) }));
  expect(secrets).toEqual(
    (vector.build_secrets ?? []).map(({ key, group }) => ({ key, ...(group ? { group } : {}) })),
  );
});

it.each(REFUSED)("refuses %s", (name) => {
  const vector = vectors.find((candidate) => candidate.name === name)!;
  expect(() => compute(vector.how)).toThrow();
});

function byPath(a: ContextFile, b: ContextFile): number {
  return a.path < b.path ? -1 : 1;
}

function compute(how: How): Image {
  const layers = (how.layers ?? []).map(toLayer);
  const { name, registry, registry_secret: registrySecret, python_version: pythonVersion = "3.11" } = how;
  if (how.base === "uv_script")
    return createScriptImage(how.script!.content, {
      ...{ name: name!, pythonVersion, registry, registrySecret, layers },
      pip: how.pip_options,
    });
  const clone = how.clone ?? {};
  return createImage({
    name: name ?? clone.name,
    base: how.base === "image" ? how.image_uri! : how.install_flyte === false ? "python" : "flyte",
    pythonVersion: clone.python_version ?? pythonVersion,
    flyteVersion: how.flyte_version,
    layers,
    registry: registry ?? clone.registry,
    registrySecret,
  });
}

function toLayer(given: Given): ImageLayer {
  const { pip, apt, commands, env, workdir, requirements, dst } = given;
  const extra = ([] as string[]).concat(given.extra_index_urls ?? []);
  const secrets = (given.secrets ?? []).map(toSecret);
  const options = { ...given, extra_index_urls: extra, secrets };
  if (pip) return pipLayer(pip, options);
  if (apt) return aptLayer(apt, secrets);
  if (commands) return commandsLayer(commands, secrets);
  if (env) return envLayer(env);
  if (workdir) return workdirLayer(workdir);
  if (requirements) return requirementsLayer(requirements, options);
  if (given.copy_file) return copyFileLayer(given.copy_file, dst);
  if (given.copy_folder) return toFolder(given.copy_folder, given);
  const uv = given.uv_project;
  if (uv) return uvProjectLayer({ pyproject: uv.pyproject, lock: uv.uv_lock, files: uv.files }, options);
  const { pyproject, poetry_lock, extra_args } = given.poetry_project!;
  return poetryLayer(pyproject, poetry_lock, extra_args);
}

function toFolder({ src, files }: NonNullable<Given["copy_folder"]>, given: Given): ImageLayer {
  return copyFolderLayer(src, files, given.dst ?? (given.copy_contents_only ? "." : `./${src}`));
}

function toSecret(secret: string | Record<string, string>): SecretRef {
  if (typeof secret === "string") return secret;
  const { as_env_var, ...rest } = secret;
  return { ...rest, ...(as_env_var ? { env_var: as_env_var } : {}) } as SecretRef;
}
