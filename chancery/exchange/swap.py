"""One folder in the place of another, so that whoever looks, at whatever instant, sees the old or the new."""

import ctypes
import os
import shutil
from pathlib import Path

_AT_FDCWD, _EXCHANGE = -100, 2


def replace(new: Path, place: Path) -> None:
    """Puts the folder `new`, which lies beside it, in the place of `place`; what stood there is removed."""
    sync(new)
    if not place.exists():
        os.rename(new, place)
    elif _exchange(new, place):
        shutil.rmtree(new)
    else:  # no exchange in one step here: for an instant the place is empty, and the old stands beside it
        old = place.with_name(f".{place.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        os.rename(place, old)
        os.rename(new, place)
        shutil.rmtree(old)
    sync_folder(place.parent)


def sync(folder: Path) -> None:
    """Brings all that lies in a folder to the disk."""
    for root, _folders, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(root))


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two names in one step of the file system; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
