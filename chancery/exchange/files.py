"""The record's files on disk: put there before the act that names them, taken away after the act that forgets
them, so that whenever the process dies every name in the database has its file."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from chancery.core import tables

from . import edition, swap
from .folder import FILES, Folder

NAMING = ("pictures", "attachments", "enclosures")
"""The tables whose rows name a file each."""
EDITIONS = "digests"
"""The table whose rows name pictures somewhere in their content."""
_LOADING = ".loading"  # the names of a load that has not ended


def named() -> set[str]:
    """The names of all files that the database names, drafts' too."""
    names: set[str] = set()
    for name in NAMING:
        names.update(tables.table(name).model._base_manager.values_list("file", flat=True))
    for content in tables.table(EDITIONS).model._base_manager.values_list("content", flat=True).iterator():
        names.update(edition.files(content))
    return names - {""}


def digest(name: str) -> str | None:
    """The SHA-256 of a file of the record; None where there is none."""
    try:
        return sha256(place(name))
    except FileNotFoundError:
        return None


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def changed(files: Mapping[str, str]) -> list[str]:
    """The names under which the database already keeps another content: a file never changes under its name."""
    held = named() & files.keys()
    return sorted(name for name in held if digest(name) not in (None, files[name]))


def put(folder: Folder, names: Iterable[str]) -> None:
    """Copies files of a folder to their place, each whole or not at all."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    names = sorted(names)
    _write(root / _LOADING, "\n".join(names).encode())
    for name in names:
        with folder.open(f"{FILES}/{name}") as source, open(root / f".{name}.new", "wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
        os.replace(root / f".{name}.new", root / name)
    swap.sync_folder(root)


def sweep(before: Iterable[str] = ()) -> None:
    """Removes what a load that ended, or was killed, left behind: names of `before`, and of the load, that
    the database does not name."""
    root = Path(settings.MEDIA_ROOT)
    loading = root / _LOADING
    left = loading.read_text().split("\n") if loading.exists() else []
    if not left and not before:
        return
    kept = named()
    for name in {*left, *before} - {""}:
        (root / f".{name}.new").unlink(missing_ok=True)
        if name not in kept:
            (root / name).unlink(missing_ok=True)
    loading.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
