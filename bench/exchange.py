"""How fast a record of 100,000 meetings is loaded (checked, then written) and dumped, as whole commands."""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHARTER = ROOT / "records" / "practice" / "charter.toml"
MEETINGS = 100_000


def run(meetings: int = MEETINGS) -> dict[str, Any]:
    """Rows a second of load and dump, and the largest memory of each command in MB."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as place:
        folder, home = Path(place) / "record", Path(place) / "home"
        rows = synthetic(folder, meetings)
        _chancery(home, "migrate", "--verbosity", "0")
        load, load_memory = _chancery(home, "load", str(folder))
        dump, dump_memory = _chancery(home, "dump", str(Path(place) / "again"))
        same = all(
            (folder / name).read_bytes() == (Path(place) / "again" / name).read_bytes()
            for name in ("meetings.csv", "parties.csv")
        )
    return {
        "rows": rows, "load_rows_a_second": round(rows / load), "dump_rows_a_second": round(rows / dump),
        "load_memory_mb": load_memory, "dump_memory_mb": dump_memory, "round_trip_is_identical": same,
    }  # fmt: skip


def synthetic(folder: Path, meetings: int) -> int:
    """Writes a record of many meetings that say something in two languages; returns the number of its rows."""
    folder.mkdir(parents=True)
    shutil.copyfile(CHARTER, folder / "charter.toml")
    parties = [f"{one}{other}" for one in "abcdef" for other in "klmno"]
    contents: dict[str, list[dict[str, str]]] = {
        "sources": [{"ref": "bench", "title": "Invented for measuring", "quality": "invented"}],
        "parties": [{"ref": ref, "kind": "state", "source": "bench"} for ref in parties],
        "meetings": [_meeting(number, parties) for number in range(meetings)],
    }
    for name, header in _headers().items():
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(contents.get(name, ()))
    return sum(map(len, contents.values()))


def _meeting(number: int, parties: list[str]) -> dict[str, str]:
    year, month, day = 1995 + number % 30, 1 + number // 30 % 12, 1 + number // 360 % 28
    return {
        "ref": f"meeting-{number:06}",
        "kind": "workshop",
        "title.en": f"Workshop {number} on confidence between neighbours",
        "title.ru": f"Семинар {number} о доверии между соседями",
        "title.working": "ru",
        "starts": f"{year}-{month:02}-{day:02}" if number % 5 else f"{year}-{month:02}",
        "opens": "10:00",
        "place.en": "The capital",
        "place.ru": "Столица",
        "country": parties[number % len(parties)],
        "hosts": f"{parties[number % len(parties)]} {parties[(number + 1) % len(parties)]}",
        "summary.en": f"Experts of {number % 28} States exchanged experience and agreed to meet again.",
        "summary.ru": f"Эксперты {number % 28} государств обменялись опытом и условились о новой встрече.",
        "source": "bench",
    }


def _headers() -> dict[str, list[str]]:
    """The columns of each table, as the practice record has them."""
    headers = {}
    for path in sorted(CHARTER.parent.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            headers[path.stem] = next(csv.reader(file))
    return headers


def _chancery(home: Path, *words: str) -> tuple[float, int]:
    """Runs a command; returns its seconds and the MB it needed at most."""
    environment = {**os.environ, "CHANCERY_HOME": str(home), "CHANCERY_CHARTER": str(CHARTER)}
    environment.pop("CHANCERY_DATABASE", None)
    watched = (
        "import resource, sys; from chancery.cli import main; sys.argv = ['chancery', *sys.argv[1:]]; main();"
        " print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    )
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", watched, *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(done.stderr)
    return seconds, int(done.stderr.split()[-1])


if __name__ == "__main__":
    print(run())
