// The command itself: refuses a Node that is too old, then runs app.js, whose compiled code it keeps for the next start.
// It may use nothing that an old Node does not parse.
"use strict";
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`${__COMMAND__} needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

const fs = require("fs");
const path = require("path");
const OLD_MS = 30 * 24 * 3600 * 1000;
const app = path.join(__dirname, "app.js");
const folder = nameFolder();
run(app, folder && path.join(folder, `${__COMMAND__}-${__BUILD__}-${process.version}-${process.arch}.bin`));

/** Where compiled code is kept, unless it is not wanted. */
function nameFolder() {
  const { FLYTE_MCP_CODE_CACHE: named, XDG_CACHE_HOME: caches, HOME: home } = process.env;
  if (named) return named === "off" ? undefined : named;
  const base = caches || (home && path.join(home, ".cache"));
  return base ? path.join(base, "flyte-mcp") : undefined;
}

function isOwnFolder(name) {
  try {
    return isOwn(fs.lstatSync(name), "isDirectory");
  } catch {
    return false;
  }
}

/** What others can write to would run as their code. */
function isOwn(stat, kind) {
  if (!stat[kind]()) return false;
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0);
}

function run(file, cache) {
  const vm = require("vm");
  const code = fs.readFileSync(file, "latin1");
  const cachedData = cache && isOwnFolder(path.dirname(cache)) ? readCache(cache) : undefined;
  const script = new vm.Script(code, { filename: file, cachedData });
  const module = { exports: {} };
  const importHere = (name) => import(name);
  const body = script.runInThisContext();
  body.call(module.exports, module.exports, require, module, file, __dirname, importHere);
  if (!cache || (cachedData !== undefined && !script.cachedDataRejected)) return;
  // When the client has its list; a server that has no such moment, after a while.
  const timer = setTimeout(keep, __KEEP_AFTER_MS__, script, cache).unref();
  process.once("flyte-mcp:listed", () => {
    clearTimeout(timer);
    keep(script, cache);
  });
}

/** V8 looks at version, flags and length; whether the rest is whole is looked at here. */
function readCache(cache) {
  try {
    const file = fs.openSync(cache, "r");
    try {
      if (!isOwn(fs.fstatSync(file), "isFile")) return undefined;
      const bytes = fs.readFileSync(file);
      const data = bytes.subarray(4);
      return bytes.length > 4 && bytes.readUInt32LE(0) === sample(data) ? data : undefined;
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Over a byte of each block that a disk or an editor would lose. */
function sample(data) {
  let sum = data.length;
  for (let at = 0; at < data.length; at += 509) sum = (Math.imul(sum, 31) + data[at]) >>> 0;
  return sum;
}

/** Whole or not at all, also where two start at once. */
function keep(script, cache) {
  const folder = path.dirname(cache);
  const draft = `${cache}.${process.pid}`;
  try {
    // Only here: a command that prints a sentence leaves nothing behind.
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwnFolder(folder)) return;
    const data = script.createCachedData();
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(sample(data));
    fs.writeFileSync(draft, Buffer.concat([sum, data]), { mode: 0o600 });
    fs.renameSync(draft, cache);
    forgetOld(folder);
  } catch {
    // The next start is as fast as this one.
    removeQuietly(draft);
  }
}

function removeQuietly(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Then there is nothing that could be removed.
  }
}

/** Code of versions that are gone. */
function forgetOld(folder) {
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    if (name.startsWith(`${__COMMAND__}-`) && Date.now() - fs.statSync(file).mtimeMs > OLD_MS)
      fs.rmSync(file);
  }
}
