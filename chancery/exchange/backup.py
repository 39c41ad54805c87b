"""The whole of an installation in one file, and back: database, files and charter; on request the signing key.

The database in it is that of one moment. Its files were there before the rows that name them, so all of these
are in it too. What is put back is prepared beside what stands and takes its place in one step."""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from chancery.core.charter import CharterFaults
from chancery.core.charter import read as read_charter
from chancery.core.refusals import Refusal, sentence
from chancery.journal.queries import size

from . import files, swap
from .folder import CHARTER, FILES

_ABOUT, _KEY, _SQLITE, _POSTGRESQL = "backup.json", "journal.key", "database.sqlite3", "database.pgdump"
_OURS = {"secret_key", "static", "packed"}  # of a home that nothing was kept in yet
_OWN = ("secret_key", "journal.key")  # of this installation: kept where the backup brings none


class FileExists(Refusal):
    sentence = sentence("{file} exists already; choose another name.")


class NotABackup(Refusal):
    sentence = sentence("{file} is not a backup that can be read here: {problem}")


class HomeInUse(Refusal):
    sentence = sentence("{home} is not empty. Give --replace to put the backup in the place of all that is there.")


class ToolFailed(Refusal):
    sentence = sentence("{tool} is needed for PostgreSQL and did not succeed: {problem}")


# ---------------------------------------------------------------- out
def backup(file: Path, *, with_key: bool = False) -> None:
    """Writes the backup: whole, or not at all. Raises `FileExists`, `ToolFailed`."""
    if file.exists():
        raise FileExists(file=file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as place:
        unfinished = Path(place) / "backup.tar.gz"
        unfinished.touch(mode=0o600)
        database = _copied(Path(place))
        with tarfile.open(unfinished, "w:gz", compresslevel=6) as archive:
            archive.add(_about(Path(place)), _ABOUT)
            archive.add(settings.CHARTER_FILE, CHARTER)
            archive.add(database, database.name)
            if Path(settings.MEDIA_ROOT).is_dir():
                archive.add(settings.MEDIA_ROOT, FILES, filter=_without_unfinished)
            if with_key and settings.KEY_FILE.exists():
                archive.add(settings.KEY_FILE, _KEY)
        swap.sync(Path(place))
        os.rename(unfinished, file)
    swap.sync_folder(file.parent)


def _about(place: Path) -> Path:
    path = place / _ABOUT
    about = {
        "format": 1, "organisation": settings.CHARTER.ref, "release": settings.RELEASE,
        "database": connection.vendor, "entries": size(),
    }  # fmt: skip
    path.write_text(json.dumps(about, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path


def _without_unfinished(one: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if Path(one.name).name.startswith(".") else one


def _copied(place: Path) -> Path:
    """The database of one moment as a file."""
    if connection.vendor == "postgresql":
        path = place / _POSTGRESQL
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
        return path
    path = place / _SQLITE
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    with copy:
        connection.connection.backup(copy)
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.close()
    return path


# ---------------------------------------------------------------- back
def restore(file: Path, *, replace: bool = False) -> dict[str, Any]:
    """Puts a backup back; says what it was. Nothing else may run on the home meanwhile.

    Raises `NotABackup`, `HomeInUse`, `ToolFailed`; then, or when it is killed, everything is as before."""
    home = Path(settings.HOME)
    with _unpacked(file, home) as new:
        about = _read(file, new)
        if not replace and _in_use(home):
            raise HomeInUse(home=home)
        connections.close_all()
        if about["database"] == "postgresql":
            _into_postgresql(new)
        else:
            _into_home(new, home)
    return about


@contextmanager
def _unpacked(file: Path, home: Path) -> Iterator[Path]:
    """The backup's content in a folder beside the home."""
    new = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(new, ignore_errors=True)  # of a restoration that was killed
    new.mkdir(parents=True, mode=0o700)
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(new, filter="data")
        yield new
    except (OSError, EOFError, tarfile.TarError) as problem:
        raise NotABackup(file=file, problem=problem) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _read(file: Path, new: Path) -> dict[str, Any]:
    """What the backup says of itself. Raises `NotABackup` where it is not one of this organisation and database."""
    try:
        about: dict[str, Any] = json.loads((new / _ABOUT).read_text(encoding="utf-8"))
        organisation = read_charter(new / CHARTER).ref
        vendor = about["database"]
    except (OSError, ValueError, KeyError, CharterFaults) as problem:
        raise NotABackup(file=file, problem=problem) from None
    if organisation != settings.CHARTER.ref:
        raise NotABackup(file=file, problem=f"it is of {organisation}, and {settings.CHARTER.ref} is kept here")
    if vendor != connections["default"].vendor:
        raise NotABackup(file=file, problem=f"its database is {vendor}, the one here is not")
    return about


def _in_use(home: Path) -> bool:
    if connections["default"].vendor == "postgresql" and connection.introspection.table_names():
        return True
    return home.is_dir() and any(one.name not in _OURS for one in home.iterdir())


def _into_home(new: Path, home: Path) -> None:
    """SQLite: the whole home is exchanged for the prepared one."""
    if os.path.ismount(home):
        raise NotABackup(file=home, problem="CHANCERY_HOME is a mount point; make it a folder inside of it")
    place = Path(settings.DATABASES["default"]["NAME"])
    if not place.is_relative_to(home):
        raise NotABackup(file=place, problem="the database lies outside of CHANCERY_HOME; put it inside first")
    database = new / place.relative_to(home)
    database.parent.mkdir(parents=True, exist_ok=True)
    (new / _SQLITE).rename(database)
    for name in _OWN:
        if (home / name).exists() and not (new / name).exists():
            shutil.copy2(home / name, new / name)
    swap.replace(new, home)


def _into_postgresql(new: Path) -> None:
    """PostgreSQL: files that lack are put there first, then the schema is exchanged in one transaction."""
    _add_files(new / FILES)
    script = new / "restore.sql"
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(new / _POSTGRESQL))
    begin = new / "begin.sql"
    begin.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n", encoding="utf-8")
    _run(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
        f"--file={begin}", f"--file={script}", f"--dbname={settings.DATABASES['default']['NAME']}",
    )  # fmt: skip
    if (new / _KEY).exists() and not settings.KEY_FILE.exists():
        shutil.copy2(new / _KEY, settings.KEY_FILE)


def _add_files(source: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    for one in sorted(path for path in source.rglob("*") if path.is_file()):
        name = one.relative_to(source)
        if not (root / name).exists() or files.sha256(root / name) != files.sha256(one):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            unfinished = root / name.with_name(f".{name.name}.new")
            shutil.copy2(one, unfinished)
            os.replace(unfinished, root / name)
    if root.is_dir():
        swap.sync(root)


def _run(tool: str, *words: str) -> None:
    """A program of PostgreSQL, with the connection's settings. Raises `ToolFailed`."""
    database = settings.DATABASES["default"]
    given = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    environment = {**os.environ, **{key: str(database[name]) for key, name in given.items() if database.get(name)}}
    try:
        subprocess.run([tool, *words], env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise ToolFailed(tool=tool, problem="it is not installed") from None
    except subprocess.CalledProcessError as problem:
        raise ToolFailed(tool=tool, problem=problem.stderr.strip()) from None
