"""`make bench [ONLY=pages,journal]`: measures everything on this machine and writes docs/benchmarks.md.

Ratios and medians, since machines differ and are noisy; the machine stands above the figures."""

import datetime as dt
import os
import platform
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import comparison, digest, exchange, journal, memory, negotiation, pages, rolling, silence, word

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "benchmarks.md"
BENCHES: dict[str, tuple[str, Callable[[], Any]]] = {
    "pages": ("Public pages", pages.run),
    "memory": ("Memory and start", memory.run),
    "digest": ("The Digest as PDF", digest.run),
    "exchange": ("Load and dump", exchange.run),
    "journal": ("The journal", journal.run),
    "silence": ("Silence", silence.run),
    "comparison": ("Comparison of two versions", comparison.run),
    "negotiation": ("A text under negotiation", negotiation.run),
    "rolling": ("The rolling text", rolling.run),
    "word": ("Word files out and in", word.run),
}


def main() -> None:
    wanted = [name for name in os.environ.get("ONLY", "").split(",") if name] or list(BENCHES)
    sections = _kept()
    for name in wanted:
        title, run = BENCHES[name]
        say(f"— {title} …")
        found = run()
        write = WRITTEN.get(name, _as_table)
        sections[title] = f"## {title}\n\n{DESCRIPTIONS[name]}\n\n{write(found)}\n"
        say(sections[title])
        _save(sections)


def _kept() -> dict[str, str]:
    """The sections measured before, so that one bench can be run again alone."""
    if not TARGET.exists():
        return {}
    parts = TARGET.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def _save(sections: dict[str, str]) -> None:
    order = [title for title, _ in BENCHES.values()]
    head = (
        "# Benchmarks\n\nMade by `make bench`; what the terms mean is said with each section.\n\n"
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {dt.date.today():%Y-%m-%d}.\n\n"  # noqa: DTZ011
    )
    TARGET.write_text(head + "\n".join(sections[title] for title in order if title in sections), encoding="utf-8")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


DESCRIPTIONS = {
    "pages": (
        "Two workers, one load generator (wrk) on the same machine. *Warm*: kept pages, requests a second beside the "
        "bare view, which answers the same bytes in the same process and server before all middleware; target at "
        "least 0.6. *Cold*: empty page cache, warm process, compression included; median CPU of one page in ms, "
        "target 12 for home and 8 for lists; queries at most 12 and the same at every size. The practice record with "
        "meetings and news multiplied: 100 × is 4,000."
    ),
    "memory": (
        "Proportional set size of everything `make run` starts (supervisor, server, two workers, clock), target "
        "300 MB idle; seconds from the command to the first answered page, database there already, target 4."
    ),
    "digest": "The practice issue as PDF/UA-1 and PDF/A-2a by a process of its own; target 3 s and 300 MB.",
    "exchange": "A synthetic record of 100,000 meetings, whole commands; target 5,000 rows a second each way.",
    "journal": (
        "Appends beside the database's own rate of one-row commits (SQLite, synchronous=FULL); full verification of "
        "1,000,000 entries, target 50,000 a second; proofs as the log grows tenfold."
    ),
    "silence": (
        "A thousand silences of 28 members that end at one instant, closed by two clocks of which one is killed after "
        "1.5 s; target 10 s. Then clocks killed at any statement: everything is closed, numbered and told once."
    ),
    "negotiation": (
        "The page of 200 paragraphs in two languages with 28 delegations' positions on each, asked of the real server: "
        "target 250 ms to the first byte and 300 kB as sent; one paragraph of it as a fragment, target 30 ms. Then 28 "
        "delegations record 50 positions each at once, one click each, at two workers: none may be lost. On PostgreSQL "
        "too where `CHANCERY_BENCH_POSTGRESQL` names an empty database."
    ),
    "rolling": (
        "A text of 200 paragraphs of 80 words, compiled with its open proposals and every bracket written, in one "
        "process; target 100 ms at 1,000 proposals, and linear growth. A change found by comparing in a paragraph of "
        "300 words, target 5 ms. Then the page of such a text in two languages on the real server: target 250 ms to "
        "the first byte, 300 kB as sent, 30 ms for one paragraph. Ten delegations propose on one paragraph at once: "
        "none may be lost."
    ),
    "word": (
        "A text of 200 paragraphs of 80 words with 1,000 open proposals written as DOCX with tracked changes, and read "
        "again; target 3 s each. *Known again* counts the proposals that came back word for word. The last is a file "
        "of 10,000 tracked changes."
    ),
    "comparison": (
        "Word by word, in one process; medians. Two versions of a hundred pages (34,000 words and signs) target 1 s, a "
        "paragraph of 300 words with a tenth changed 5 ms. *Nothing in common* is the worst case, which a bound on the "
        "steps of a comparison keeps near a second."
    ),
}


def _as_table(found: dict[str, Any]) -> str:
    """Any nested figures as a table of two columns."""

    def rows(value: Any, name: str) -> list[str]:
        if isinstance(value, dict):
            return [row for key, inner in value.items() for row in rows(inner, f"{name} {key}".strip())]
        shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
        return [f"| {name.replace('_', ' ')} | {shown} |"]

    return "\n".join(["| what | figure |", "| --- | --- |", *rows(found, "")])


def _pages(found: dict[str, Any]) -> str:
    lines = ["| warm | connections | requests/s | bare view | ratio | p95, ms |", f"|{' --- |' * 6}"]
    for size, by_page in found["warm"].items():
        for page, by_connections in by_page.items():
            for connections, one in by_connections.items():
                lines.append(
                    f"| {page}, {size} | {connections} | {one['rps']:,.0f} | {one['bare']:,.0f} | {one['ratio']:.2f} |"
                    f" {one['p95']:.1f} |"
                )
    lines += ["", "| cold | record | CPU, ms | p95, ms | queries | bytes (br) |", f"|{' --- |' * 6}"]
    for size, by_page in found["cold"].items():
        for page, one in by_page.items():
            lines.append(
                f"| {page} | {size} | {one['cpu']:.1f} | {one['p95']:.1f} | {one['queries']} | {one['bytes']:,} |"
            )
    return "\n".join(lines)


WRITTEN = {"pages": _pages}

if __name__ == "__main__":
    main()
