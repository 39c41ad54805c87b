"""How long the practice Digest takes to be typeset, and how much memory its process needs."""

import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "records" / "practice"
ISSUE = RECORD / "digests" / "2024-q4-1.json"
TIMES = 3


def run(times: int = TIMES) -> dict[str, Any]:
    """For each language of the issue: pages, size, the middle of several times in seconds, and the largest
    memory of the process in MB."""
    edition = json.loads(ISSUE.read_text(encoding="utf-8"))
    figures: dict[str, Any] = {"pictures": len(set(_files(edition)))}
    for language in ("en", "ru", "ar"):
        order = {"edition": edition, "language": language, "charter": _charter(), "files": str(RECORD / "files")}
        made = [_typeset(order) for _ in range(times)]
        seconds, memory, pdf = sorted(made, key=lambda one: one[0])[times // 2]
        figures[language] = {
            "pages": len(pypdfium2.PdfDocument(pdf)), "mb": round(len(pdf) / 1e6, 1),
            "seconds": round(seconds, 2), "peak_memory_mb": memory,
        }  # fmt: skip
    return figures


def _typeset(order: dict[str, Any]) -> tuple[float, int, bytes]:
    """Seconds, peak memory in MB, and the PDF of one process as the clock starts it."""
    with tempfile.TemporaryFile() as into, tempfile.TemporaryFile() as given:
        given.write(json.dumps(order).encode())
        given.seek(0)
        begun = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "chancery.newsroom.typesetting"], cwd=ROOT, stdin=given, stdout=into
        )
        _pid, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"the typesetter ended with {child.returncode}")
        into.seek(0)
        return seconds, round(used.ru_maxrss / 1024), into.read()


def _charter() -> dict[str, Any]:
    with open(RECORD / "charter.toml", "rb") as file:
        data = tomllib.load(file)
    identity = data["identity"]
    return {
        **{name: identity[name] for name in ("symbol", "name", "short", "address", "email", "website")},
        "issued_by_organisation": identity["issued_by_organisation"], "languages": data["languages"]["record"],
        "dimensions": [{"code": one["code"], "name": one["name"]} for one in data["dimensions"]],
    }  # fmt: skip


def _files(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["file"]] if isinstance(value.get("file"), str) else []
        return own + [file for inner in value.values() for file in _files(inner)]
    return [file for inner in value for file in _files(inner)] if isinstance(value, list) else []


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
