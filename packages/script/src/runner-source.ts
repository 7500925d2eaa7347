/** The module that the runner's bundle holds, and its task. */
export const RUNNER = { module: "mcp_runner", task: "run_script" };

/** Gives the runner how many seconds a script may last. */
export const TIMEOUT_VARIABLE = "FLYTE_MCP_SCRIPT_TIMEOUT_S";

/** Python: runs a script that it gets as an input by uv, shows what it prints, and returns the end of that. */
export const RUNNER_SOURCE = String.raw`"""Runs a uv script that travels as an input."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from typing import List

import flyte

RESULT_BYTES = 60_000
ERROR_CHARACTERS = 4_000
CHUNK_BYTES = 65_536
# They would make uv use the environment of the runner instead of the script's own.
HIDDEN = ("UV_PYTHON", "VIRTUAL_ENV", "PYTHONPATH", "${TIMEOUT_VARIABLE}")

env = flyte.TaskEnvironment(name="flyte_mcp")


@env.task
def ${RUNNER.task}(args: List[str], script: str) -> str:
    """Return the end of what the script prints; fail as it fails."""
    folder = tempfile.mkdtemp(prefix="flyte-mcp-")
    try:
        with open(os.path.join(folder, "main.py"), "wb") as file:
            file.write(script.encode())
        return follow(start(folder, args))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: str, args: List[str]) -> subprocess.Popen[bytes]:
    uv = shutil.which("uv")
    if uv is None:
        raise RuntimeError("The image of this run has no uv; scripts need one that has flyte and uv.")
    environment = {key: value for key, value in os.environ.items() if key not in HIDDEN}
    environment["PYTHONUNBUFFERED"] = "1"
    # The home of an image may not be writable.
    environment.setdefault("UV_CACHE_DIR", os.path.join(tempfile.gettempdir(), "uv-cache"))
    environment.setdefault("UV_PYTHON_INSTALL_DIR", os.path.join(tempfile.gettempdir(), "uv-python"))
    return subprocess.Popen(
        [uv, "run", "--no-project", "--script", "main.py", *args],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # A group of its own, so that all of it can be ended.
        start_new_session=True,
    )


def follow(process: subprocess.Popen[bytes]) -> str:
    limit = float(os.environ.get("${TIMEOUT_VARIABLE}", "0"))
    timed_out = threading.Event()
    timer = threading.Timer(limit, end, (process, timed_out))
    timer.daemon = True
    if limit > 0:
        timer.start()
    assert process.stdout is not None
    output = process.stdout.fileno()
    tail = b""
    try:
        while chunk := os.read(output, CHUNK_BYTES):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            tail = (tail + chunk)[-RESULT_BYTES:]
        code = process.wait()
    finally:
        timer.cancel()
        kill(process)
    text = tail.decode(errors="replace")
    if timed_out.is_set():
        raise RuntimeError(f"The script was stopped after {limit:g} s. The end of its output:\n{text[-ERROR_CHARACTERS:]}")
    if code != 0:
        raise RuntimeError(f"The script ended with {describe(code)}. The end of its output:\n{text[-ERROR_CHARACTERS:]}")
    return text


def end(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def describe(code: int) -> str:
    # uv reports a signal as shells do.
    number = -code if code < 0 else code - 128
    if number == signal.SIGKILL:
        return f"exit code {code}: it was killed, perhaps for want of memory"
    return f"exit code {code}"
`;
