"""A small record to load, with which each test can do what it likes."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from chancery.core import tables
from chancery.exchange.texts import write

Rows = dict[str, list[dict[str, str]]]


def small() -> Rows:
    """Two states that follow each other in the chair, a session with its decision, and news with a picture."""
    said = {"source": "invented"}
    return {
        "sources": [{"ref": "invented", "title": "Invented for the tests", "quality": "invented"}],
        "parties": [{"ref": ref, "kind": "state", "iso2": ref.upper(), **said} for ref in ("xa", "xb")],
        "party_names": [
            {"ref": f"{ref}-en-short", "party": ref, "language": "en", "form": "short", "text": text,
             "status": "confirmed", **said}
            for ref, text in (("xa", "Aldora"), ("xb", "Arvessa"))
        ],
        "memberships": [
            {"ref": "xa-member", "party": "xa", "capacity": "member", "since": "1999-09-14", "signed": "1999",
             "session": "council-1", "decision": "founded", **said},
            {"ref": "xb-member", "party": "xb", "capacity": "member", "since": "2002-06", **said},
        ],
        "bodies": [
            {"ref": "council", "kind": "governing", "name.en": "Council", "name.ru": "Совет", "name.working": "ru",
             "presided": "chair", "since": "1999-09-14", **said},
        ],
        "chair_terms": [
            {"ref": "xa-1999", "party": "xa", "since": "1999-09-14", "until": "2004-01-01", **said},
            {"ref": "xb-2004", "party": "xb", "since": "2004-01-01", **said},
        ],
        "meetings": [
            {"ref": "council-1", "kind": "session", "title.en": "First session", "starts": "1999-09-14",
             "opens": "10:00", "body": "council", "ordinal": "1", "hosts": "xa xb", "dimension": "ec", **said},
            {"ref": "workshop", "kind": "workshop", "title.en": "A “quoted”, title\nin two lines",
             "starts": "2003-Q2", "part_of": "council-1", "format": "online", **said},
        ],
        "decisions": [
            {"ref": "founded", "body": "council", "session": "council-1", "manner": "session", "verb": "adopt",
             "taken": "1999-09-14", "title.en": "To begin", "concerns": "parties:xa bodies:council",
             "text_held": "no", "classification": "public", **said},
        ],
        "news": [
            {"ref": "1999-09-15-begun", "kind": "article", "dated": "1999-09-14", "published": "1999-09-15",
             "meetings": "council-1", "spotlight": "yes", **said},
        ],
        "pictures": [
            {"ref": "1999-09-15-begun-1", "news": "1999-09-15-begun", "file": "hall.png", "alt.en": "A hall",
             "layout": "wide", **said},
        ],
    }  # fmt: skip


def agreed(rows: Rows) -> None:
    """A text in two languages, revised once, adopted by silence, with what follows from it."""
    said = {"source": "invented"}
    blocks = [
        {"id": "b1", "kind": "title", "text": "On wells"},
        {"id": "b2", "kind": "operative", "text": "Decides to dig 3 wells."},
    ]
    document = {
        "series": "DOC", "number": "1", "kind": "decision", "title.en": "On wells", "body": "council",
        "language": "en", "sponsors": "xa", "classification": "public", "tabled": "2003-01-07", **said,
    }  # fmt: skip
    rows["agenda"] = [{"ref": "council-1-3", "meeting": "council-1", "number": "3 (a)", "title.en": "Wells", **said}]
    rows["documents"] = [
        {"ref": "wells", "symbol": "T/1/DOC.1", **document},
        {"ref": "wells-add-1", "symbol": "T/1/DOC.1/Add.1", **document},
    ]
    rows["document_relations"] = [
        {"ref": "wells-add-1-of", "document": "wells-add-1", "kind": "part-of", "other": "wells", **said},
    ]
    rows["versions"] = [
        {"ref": f"wells-{at}", "document": "wells", "position": str(at), "kind": kind, "circulated": f"2003-0{at}-08",
         "language": "en", "blocks": as_json(blocks[:at] if at == 1 else blocks), **said}
        for at, kind in enumerate(("original", "revision"), start=1)
    ]
    rows["translations"] = [
        {"ref": "wells-2-ru", "version": "wells-2", "language": "ru", "position": "1", "standing": "working",
         "circulated": "2003-02-09", "texts": as_json({"b1": "О колодцах"}), **said},
    ]
    rows["papers"] = [{"ref": "council-1-3-wells", "item": "council-1-3", "document": "wells", **said}]
    rows["decisions"].append(
        {"ref": "wells", "body": "council", "manner": "silence", "verb": "adopt", "taken": "2003-03-07",
         "title.en": "On wells", "text_held": "yes", "document": "wells", "version": "wells-2",
         "expired": "2003-03-07T12:00:00Z", "noted": "council-1", "classification": "public", **said}
    )
    rows["decision_links"] = [
        {"ref": "wells-founded", "decision": "wells", "kind": "implements", "other": "founded", **said},
    ]
    rows["statements"] = [
        {"ref": "wells-1", "decision": "wells", "kind": "interpretative", "parties": "xa xb", "text.en": "Deep wells.",
         "made": "2003-03-06", **said},
    ]
    rows["undertakings"] = [
        {"ref": "wells-u1", "decision": "wells", "block": "b2", "task.en": "Dig", "addressee": "parties:xb",
         "due": "2004-01-01", "status": "open", **said},
    ]


def build(folder: Path, change: Callable[[Rows], Any] | None = None) -> Path:
    """Writes the small record, after `change` had its way with the rows."""
    rows = small()
    if change:
        change(rows)
    for inner in ("news", "files"):
        (folder / inner).mkdir(parents=True)
    shutil.copyfile(settings.CHARTER_FILE, folder / "charter.toml")
    for table in tables.all_tables():
        if table.layout != "markdown":
            write_table(folder, table.name, rows.get(table.name, []))
    text = write("It has begun", "Two states met.", "confirmed", "They *met*.\n\n<script>alert(1)</script>")
    (folder / "news" / "1999-09-15-begun.en.md").write_text(text, encoding="utf-8")
    Image.new("RGB", (8, 6), "teal").save(folder / "files" / "hall.png")
    return folder


def write_table(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    """A table, and the file of each row that has one."""
    (folder / f"{name}.csv").write_text(table_text(name, rows), encoding="utf-8", newline="")
    own = [column.name for column in tables.table(name).columns if column.kind == "json"]
    for row in rows:
        for column in filter(row.get, own):
            (folder / name).mkdir(exist_ok=True)
            (folder / name / f"{row['ref']}.json").write_text(row[column], encoding="utf-8", newline="")


def table_text(name: str, rows: list[dict[str, str]]) -> str:
    table = tables.table(name)
    own = {column.name for column in table.columns if column.kind == "json"}
    header = [part for part in table.header(settings.CHARTER.languages) if part not in own]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["ref"]))
    return text.getvalue()


def edition() -> dict[str, Any]:
    """A Digest's edition of the least that there can be."""
    return {
        "quarter": "1999-Q3", "edition": 1, "published": "1999-10-01", "name": {"en": "Digest"},
        "title": {"en": "Begun"}, "headlines": [{"en": "It has begun"}], "banner": {}, "masthead": {"en": "Us"},
        "correction": {}, "chapters": [], "pages": [],
        "opening": {"kind": "foreword", "title": {"en": "T"}, "body": {"en": "B"}, "signed": {}},
    }  # fmt: skip


def as_json(value: Any) -> str:
    """A value as the record keeps it in a file."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def add_edition(folder: Path, content: Any) -> None:
    """A row of the Digest and its content."""
    row = {"ref": "1999-q3-1", "quarter": "1999-Q3", "edition": "1", "published": "1999-10-01", "source": "invented"}
    write_table(folder, "digests", [row])
    (folder / "digests").mkdir(exist_ok=True)
    (folder / "digests" / "1999-q3-1.json").write_text(as_json(content), encoding="utf-8")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
