"""`chancery serve`: prepares the database, then keeps the web server and the clock running.

It stays small (no Django in it), since it lives as long as they do."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
_AGAIN = 2.0  # seconds before a process that died is started again


def serve(words: list[str]) -> int:
    """Runs until it is told to stop. Returns the exit code."""
    options = _options(words)
    origin = os.environ.setdefault("CHANCERY_ORIGIN", f"http://localhost:{options.port}")
    chancery = [sys.executable, "-m", "chancery"]
    prepared = subprocess.run([*chancery, "prepare", "--record", str(options.record)], check=False)
    if prepared.returncode:
        return prepared.returncode
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options.host, "--port", str(options.port),
        "--workers", str(options.workers), "--blocking-threads", "1", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "chancery.wsgi:application",
    ]  # fmt: skip
    commands = [web] if options.no_clock else [web, [*chancery, "clock"]]
    threading.Thread(target=_announce, args=(origin, options.port), daemon=True).start()
    return _keep(commands)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chancery serve", description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-clock", action="store_true", help="the clock runs elsewhere")
    default = Path(os.environ.get("CHANCERY_CHARTER", ROOT / "records" / "cica" / "charter.toml")).parent
    parser.add_argument("--record", type=Path, default=default, help="loaded when the database is empty")
    return parser.parse_args(words)


def _keep(commands: list[list[str]]) -> int:
    """Starts each command, starts again what dies, and stops all when told to."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    running = [subprocess.Popen(command) for command in commands]
    while not stopping.wait(0.5):
        for index, process in enumerate(running):
            if process.poll() is not None and not stopping.wait(_AGAIN):
                if index == 0 and process.returncode in (1, 2):
                    stopping.set()  # the server cannot start at all: its own words are on the screen
                    break
                running[index] = subprocess.Popen(commands[index])
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    return max(0, *(process.returncode or 0 for process in running)) if running[0].returncode in (1, 2) else 0


def _announce(origin: str, port: int) -> None:
    """Says the address once it answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/journal/keys", timeout=2).close()
        except OSError as problem:
            if not hasattr(problem, "code"):  # an answer with an error is an answer too
                time.sleep(0.1)
                continue
        sys.stdout.write(f"\nThe record is served at {origin}/\n")
        sys.stdout.flush()
        return
