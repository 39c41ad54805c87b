"""A record's folder, read with suspicion: nothing but plain files under the names the format knows, each within
its size before a byte of it is read."""

import csv
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from chancery.core.tables import Table

from .rules import FILE_LIMIT, MB, TABLE_LIMIT, TEXT_LIMIT, Fault

CHARTER, PACKAGE, FILES = "charter.toml", "datapackage.json", "files"


class Folder:
    """The plain files of a folder. What is wrong with one is kept in `faults`; nothing is raised."""

    def __init__(self, root: Path, tables: list[Table]) -> None:
        self.root, self.faults = root, list[Fault]()
        self.sizes: dict[str, int] = {}
        limits = {CHARTER: TEXT_LIMIT, PACKAGE: TEXT_LIMIT, **dict.fromkeys(map(csv_name, tables), TABLE_LIMIT)}
        self.inner = {folder: ending for folder, ending in map(inner, tables) if folder}
        for folder, ending in self.inner.items():
            self._list(folder, TEXT_LIMIT, ending)
        self._list("", limits)
        self._list(FILES, FILE_LIMIT)

    def names(self, folder: str) -> list[str]:
        """The names of the files in one of the inner folders, in order."""
        return sorted(name.removeprefix(f"{folder}/") for name in self.sizes if name.startswith(f"{folder}/"))

    def fault(self, file: str, row: int, column: str, reason: str) -> None:
        self.faults.append(Fault(file, row, column, reason))

    def read(self, name: str, size: int = -1) -> bytes | None:
        """The bytes of a listed file; None if it cannot be read."""
        try:
            with self.open(name) as file:
                return file.read(size)
        except OSError as problem:
            self.fault(name, 0, "", f"cannot be read: {problem.strerror}")
            return None

    def open(self, name: str) -> io.BufferedReader:
        """A listed file, opened so that a link put there meanwhile is not followed."""
        return open(os.open(self.root / name, os.O_RDONLY | os.O_NOFOLLOW), "rb")  # noqa: SIM115

    def text(self, name: str) -> str | None:
        """The text of a file: UTF-8 without a byte order mark. None if it is not."""
        data = self.read(name)
        if data is None:
            return None
        if data.startswith(b"\xef\xbb\xbf"):
            self.fault(name, 0, "", "begins with a byte order mark; save it as UTF-8 without BOM")
            return None
        try:
            return data.decode()
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            self.fault(name, 0, "", f"line {line} is not UTF-8 text (byte 0x{data[problem.start]:02x})")
            return None

    def rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """The rows of a table with their numbers, the header first; ends at a row that is not CSV."""
        text = self.text(name)
        number = 0
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text or "", newline=""), strict=True), start=1):
                yield number, row
        except csv.Error as problem:
            self.fault(name, number + 1, "", f"cannot be read as CSV: {problem}")

    def _list(self, folder: str, limits: dict[str, int] | int, ending: str = "") -> None:
        path = self.root / folder
        if folder and (not os.path.lexists(path) or path.is_symlink() or not path.is_dir()):
            return None  # told as a fault of the folder above, if it is there
        known = {*self.inner, FILES} if not folder else set()
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as problem:
            return self.fault(str(path), 0, "", f"cannot be read as a folder: {problem.strerror}")
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name in known and entry.is_dir(follow_symlinks=False):
                continue
            limit = limits if isinstance(limits, int) else limits.get(entry.name)
            if limit is None or not entry.name.endswith(ending):
                self.fault(printable(name), 0, "", "is not known to the format of the record")
            elif not stat.S_ISREG(mode := entry.stat(follow_symlinks=False).st_mode):
                self.fault(printable(name), 0, "", "is a link" if stat.S_ISLNK(mode) else "is not a plain file")
            elif (size := entry.stat(follow_symlinks=False).st_size) > limit:
                self.fault(printable(name), 0, "", f"has {size // MB} MB; at most {limit // MB} MB are read")
            else:
                self.sizes[name] = size
        return None


def inner(table: Table) -> tuple[str, str]:
    """The folder in which the rows of a table have a file each, and how such a file's name ends; nothing where all of
    a row is in the table's CSV file."""
    return {"markdown": ("news", ".md"), "json": (table.name, ".json")}.get(table.layout, ("", ""))


def csv_name(table: Table) -> str:
    return f"{table.name}.csv"


def printable(name: str) -> str:
    """A file's name as it can be shown, whatever bytes it is made of."""
    return "".join(char if char.isprintable() else "�" for char in name.encode(errors="replace").decode())
