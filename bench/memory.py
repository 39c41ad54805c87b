"""What `make run` costs: memory of everything it starts, and the time from the command to the first answered page."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from . import synthetic


def run() -> dict[str, float]:
    """PSS in MB, idle and under 32 connections; seconds from the command to the first 200, database there already."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
        home = Path(folder) / "home"
        record = synthetic.ROOT / "records" / "practice"
        synthetic.chancery(home, "prepare", "--record", str(record))
        starts = sorted(_start(home)[0] for _ in range(3))
        seconds, process, port = _started(home)
        try:
            time.sleep(5)
            idle = pss(process.pid)
            for page in ("/en/", "/en/members/", "/en/meetings/", "/ru/", "/en/digest/"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{page}").close()
            command = ["wrk", "-t1", "-c32", "-d5s", f"http://127.0.0.1:{port}/en/"]
            loaded = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            time.sleep(4)
            under_load = pss(process.pid)
            loaded.wait()
        finally:
            _stop(process)
    return {"start, seconds": starts[1], "idle, MB": idle, "under load, MB": under_load}


def _start(home: Path) -> tuple[float]:
    seconds, process, _ = _started(home)
    _stop(process)
    return (seconds,)


def _started(home: Path) -> tuple[float, subprocess.Popen, int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**synthetic.environment(home), "DJANGO_SETTINGS_MODULE": "chancery.settings"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "chancery", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=synthetic.ROOT, start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    while time.perf_counter() - began < 60:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=5).close()
            return time.perf_counter() - began, process, port
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not answer")


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def pss(pid: int) -> float:
    """Proportional set size of a process and everything below it, in MB (Linux)."""
    total = 0
    for child in [pid, *below(pid)]:
        try:
            text = Path(f"/proc/{child}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


def below(pid: int) -> list[int]:
    """All processes started by a process, and by those."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = list(parents.get(pid, []))
    for child in found:
        found += parents.get(child, [])
    return found
