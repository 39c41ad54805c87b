"""Public pages: warm against the bare view, cold in CPU and queries, at 1, 10 and 100 times the record.

Needs `wrk` (Debian: apt-get install wrk)."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from . import synthetic

PAGES = {
    "home": "/en/",
    "members": "/en/members/",
    "bodies": "/en/bodies/",
    "meeting list": "/en/meetings/",
    "meeting page": "/en/meetings/{meeting}/",
}
CONNECTIONS = (1, 8, 32)
SECONDS = 3
LUA = """
done = function(summary, latency, requests)
  io.write(string.format('{"rps": %.1f, "p50": %.3f, "p95": %.3f, "errors": %d}',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""
COLD = """
import django, json, statistics, sys, time; django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.core.handlers.wsgi import WSGIHandler
pages = json.loads(sys.argv[1])
client = Client(headers={"accept-encoding": "br"})
def shelf():
    at = client.handler._middleware_chain
    seen = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        inner = getattr(at, "__wrapped__", at)
        if hasattr(inner, "shelf"):
            return inner.shelf
        at = getattr(inner, "get_response", None)
        at = getattr(at, "__wrapped__", at)
found = {}
for name, url in pages.items():
    assert client.get(url).status_code == 200, url
    kept = shelf()
    cpu, wall = [], []
    for _ in range(40):
        kept.pages.clear(); kept.size = 0
        c, w = time.process_time(), time.perf_counter()
        client.get(url)
        cpu.append((time.process_time() - c) * 1000); wall.append((time.perf_counter() - w) * 1000)
    kept.pages.clear(); kept.size = 0
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    found[name] = {"cpu": statistics.median(cpu), "p95": sorted(wall)[37]}
    # one more: the head of the journal, which is asked of the driver itself, past what Django counts
    found[name] |= {"queries": len(queries) + 1, "bytes": len(answer.content)}
print(json.dumps(found))
"""


def run() -> dict[str, object]:
    if not shutil.which("wrk"):
        sys.exit("This bench needs wrk (Debian: apt-get install wrk).")
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
        place = Path(folder)
        base = synthetic.prepared(place)
        sizes = {"1×": base}
        for times in (10, 100):
            count = synthetic.BASE * (times - 1) // 2
            sizes[f"{times}×"] = synthetic.copy(base, place, count, count)
        sizes["100,000 meetings"] = synthetic.copy(base, place, 100_000, 0)
        meeting = _meeting(base)
        pages = {name: url.format(meeting=meeting) for name, url in PAGES.items()}
        found["warm"] = {size: _warm(home, pages) for size, home in sizes.items() if size in ("1×", "100×")}
        found["cold"] = {
            size: _cold(home, pages if "100,000" not in size else {"meeting list": pages["meeting list"]})
            for size, home in sizes.items()
        }
    return found


def _meeting(home: Path) -> str:
    """A meeting with participants."""
    code = """
import django; django.setup()
from chancery.meetings.models import Meeting
print(Meeting.objects.filter(participations__isnull=False).values_list("ref", flat=True).order_by("ref").first())
"""
    command = [sys.executable, "-c", code]
    made = subprocess.run(command, env=synthetic.environment(home), check=True, capture_output=True, text=True)
    return made.stdout.strip()


@contextmanager
def served(home: Path):
    """The pages of a home on a port of their own, with two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2",
        "--blocking-threads", "1", "--no-ws", "--log-level", "error", "chancery.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=synthetic.environment(home), cwd=synthetic.ROOT)
    origin = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{origin}/en/members/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield origin
    finally:
        process.terminate()
        process.wait(10)


def _warm(home: Path, pages: dict[str, str]) -> dict[str, dict[int, dict[str, float]]]:
    found: dict[str, dict[int, dict[str, float]]] = {}
    with served(home) as origin, tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA)
        script.flush()
        for name, url in pages.items():
            for warming in (url, f"/bare{url}"):
                _load(origin + warming, 8, 1, script.name)
            found[name] = {}
            for connections in CONNECTIONS:
                page = _load(origin + url, connections, SECONDS, script.name)
                bare = _load(f"{origin}/bare{url}", connections, SECONDS, script.name)
                found[name][connections] = {**page, "bare": bare["rps"], "ratio": page["rps"] / bare["rps"]}
    return found


def _load(url: str, connections: int, seconds: int, script: str) -> dict[str, float]:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-H", "Accept-Encoding: br", "-s", script, url]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(made.stdout[made.stdout.rindex("{") :])


def _cold(home: Path, pages: dict[str, str]) -> dict[str, dict[str, float]]:
    made = subprocess.run(
        [sys.executable, "-c", COLD, json.dumps(pages)],
        env=synthetic.environment(home), check=True, capture_output=True, text=True, cwd=synthetic.ROOT,
    )  # fmt: skip
    return json.loads(made.stdout.splitlines()[-1])
