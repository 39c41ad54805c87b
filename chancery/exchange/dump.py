"""The record written as plain files, in its canonical form."""

import csv
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings

from chancery.core import tables
from chancery.core.charter import CharterFaults
from chancery.core.charter import read as read_charter
from chancery.core.tables import Table

from . import edition, files, package, store, swap, texts
from .folder import CHARTER, FILES, PACKAGE, Folder, csv_name, inner
from .record import Watch, unwatched
from .rules import FileMissing, NotARecord


def dump(folder: Path, watch: Watch = unwatched) -> None:
    """Writes the public record of one moment into a folder: complete, or not at all. A record of the same
    organisation that stands there is replaced. Raises `NotARecord` where something else does."""
    folder = Path(os.path.abspath(folder))
    _may_be_replaced(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with store.snapshot():
            write(new, watch)
        new.chmod(0o755)
        swap.replace(new, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def write(folder: Path, watch: Watch = unwatched) -> None:
    """Writes the record into an empty folder."""
    charter = settings.CHARTER
    shutil.copyfile(settings.CHARTER_FILE, folder / CHARTER)
    _text(folder / PACKAGE, package.describe(charter))
    folders = [*filter(None, (inner(table)[0] for table in tables.all_tables())), FILES]
    for name in folders:
        (folder / name).mkdir()
    named: set[str] = set()
    for table in tables.all_tables():
        _LAYOUTS[table.layout](folder, table, _watched(table, named, watch))
    for name in sorted(named):
        try:
            shutil.copyfile(files.place(name), folder / FILES / name)
        except FileNotFoundError:
            raise FileMissing(file=name) from None
    for name in folders:
        if not any((folder / name).iterdir()):
            (folder / name).rmdir()


def write_csv(file: TextIO, table: Table, facts: Iterator[Any]) -> None:
    """One table as CSV."""
    languages = settings.CHARTER.languages
    kept = len(table.header(languages)) - sum(column.kind == "json" for column in table.columns)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.header(languages)[:kept])
    for fact in facts:
        writer.writerow(table.cells(fact, languages)[:kept])


def _watched(table: Table, named: set[str], watch: Watch) -> Iterator[Any]:
    """The public facts of a table; the files they name are noted on the way."""
    for fact in store.public(table):
        if table.name in files.NAMING:
            named.add(fact.file)
        elif table.name == files.EDITIONS:
            named.update(edition.files(fact.content))
        watch("writing", 1)
        yield fact


def _csv(folder: Path, table: Table, facts: Iterator[Any]) -> None:
    with open(folder / csv_name(table), "w", encoding="utf-8", newline="") as file:
        write_csv(file, table, facts)


def _markdown(folder: Path, table: Table, facts: Iterator[Any]) -> None:
    for fact in facts:
        _text(_place(folder, table, fact), texts.write(fact.title, fact.lede, fact.status, fact.body))


def _json(folder: Path, table: Table, facts: Iterator[Any]) -> None:
    def contents() -> Iterator[Any]:
        for fact in facts:
            _text(_place(folder, table, fact), table.cells(fact, settings.CHARTER.languages)[-1])
            yield fact

    _csv(folder, table, contents())


_LAYOUTS = {"csv": _csv, "markdown": _markdown, "json": _json}


def _place(folder: Path, table: Table, fact: Any) -> Path:
    """The file of a fact that has one of its own."""
    name, ending = inner(table)
    return folder / name / f"{fact.ref}{ending}"


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _may_be_replaced(folder: Path) -> None:
    """Nothing, an empty folder, or a record of this organisation with nothing beside it."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    foreign = NotARecord(folder=folder)
    if not folder.is_dir() or Folder(folder, list(tables.all_tables())).faults:
        raise foreign
    try:
        if read_charter(folder / CHARTER).ref != settings.CHARTER.ref:
            raise foreign
    except CharterFaults:
        raise foreign from None
