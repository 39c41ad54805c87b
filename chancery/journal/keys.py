"""The secret key that signs checkpoints: a file outside the database, readable by its owner alone.

A copy of the database, or whoever can write to it, can therefore not sign. The public half is in the journal
(see `queries.vkeys`). What can go wrong with the file is described in docs/how-to/lost-signing-key.md.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .note import MalformedKey, Signer


class KeyMissing(Exception):
    """The key that the journal names cannot be used to sign: its file is missing, unreadable or another's."""


def origin() -> str:
    """The name of the journal, and of its keys: it stays when the host changes."""
    return f"{settings.CHARTER.ref}/journal"


def ensure() -> Signer:
    """The key, made now where there is none. Two processes that start together get the same one.

    Raises KeyMissing for a file that holds something else."""
    with _lock():
        path = settings.KEY_FILE
        if not path.exists():
            _write(path, Signer.generate(origin()))
        signer = _held(path)
    if signer is None:
        raise KeyMissing(f"{path} does not hold a signing key, or may not be read")
    return signer


def current(vkey: str) -> Signer:
    """The key whose public half the journal names. Raises KeyMissing.

    A rotation that was interrupted after the journal had named the new key is completed first."""
    held = _held(settings.KEY_FILE)
    if held and held.verifier.vkey == vkey:
        return held
    with _lock():
        waiting = _held(_next())
        if waiting and waiting.verifier.vkey == vkey:
            _next().replace(settings.KEY_FILE)
            return waiting
    raise KeyMissing(
        f"{settings.KEY_FILE} does not hold the key {vkey}, which the journal names. Put the file back"
        " from its backup; if there is none, see docs/how-to/lost-signing-key.md"
    )


def prepare() -> Signer:
    """A new key that waits beside the present one until the journal has named it."""
    with _lock():
        signer = Signer.generate(origin())
        _write(_next(), signer)
        return signer


@contextmanager
def _lock() -> Iterator[None]:
    path: Path = settings.KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _next() -> Path:
    path: Path = settings.KEY_FILE
    return path.with_name(f"{path.name}.next")


def _write(path: Path, signer: Signer) -> None:
    """Writes the file so that it is there whole or not at all, and never readable by others."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(f"{signer.skey}\n")
        file.flush()
        os.fsync(descriptor)
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # the name too is on the disk before the journal names the key
    os.close(folder)


def _held(path: Path) -> Signer | None:
    """The key in a file; None where there is none that can be read."""
    try:
        return Signer.parse(path.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError, MalformedKey):
        return None
