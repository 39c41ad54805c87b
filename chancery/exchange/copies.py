"""A copy of everything public, with which anybody verifies the record without asking those who keep it.

record/                    the record, as `dump` writes it
journal/entries-1.jsonl    what each entry discloses, a line each; a further file every 10,000 entries
journal/manifests/<seq>    the rows that a load wrote
journal/checkpoints.txt    every signed head, with a blank line between them
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chancery.journal import queries
from chancery.journal.verify import Told, read

from . import dump, store, swap
from .record import Watch, unwatched
from .rules import NotARecord

RECORD, JOURNAL, MANIFESTS, CHECKPOINTS = "record", "journal", "manifests", "checkpoints.txt"
_EACH = 10_000
_WITHHELD, _SHOWN = {"seq", "at", "commitment"}, {"public", "salt", "private"}
_NOTE = re.compile(r"[^\n]+\n(?:[^\n]+\n)+\n(?:— [^\n]+\n)+")


def copy(folder: Path, watch: Watch = unwatched) -> None:
    """Writes the copy of one moment: complete, or not at all. A copy that stands there is replaced.
    Raises `NotARecord` where something else does."""
    folder = Path(os.path.abspath(folder))
    if folder.exists() and set(os.listdir(folder)) not in ({RECORD, JOURNAL}, set()):
        raise NotARecord(folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        (new / RECORD).mkdir()
        (new / JOURNAL / MANIFESTS).mkdir(parents=True)
        with store.snapshot():
            dump.write(new / RECORD, watch)
            _journal(new / JOURNAL)
        new.chmod(0o755)
        swap.replace(new, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _journal(folder: Path) -> None:
    for seq, blob in queries.manifests().items():
        (folder / MANIFESTS / str(seq)).write_bytes(blob)
    (folder / CHECKPOINTS).write_text("\n".join(queries.checkpoints()), encoding="utf-8")
    seq = 0
    while entries := queries.after(seq):
        with open(_part(folder, seq), "a", encoding="utf-8") as file:
            for entry in entries:
                told = json.dumps(queries.disclosure(entry), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
                file.write(f"{told}\n")
        seq = entries[-1].seq


def _part(folder: Path, seq: int) -> Path:
    return folder / f"entries-{seq // _EACH + 1}.jsonl"


# ---------------------------------------------------------------- reading
def entries(folder: Path) -> Iterator[Told]:
    """The entries of a copy, in order. Raises ValueError for a line that is not one."""
    number = 1
    while (path := folder / JOURNAL / f"entries-{number}.jsonl").exists():
        with open(path, encoding="utf-8") as file:
            yield from told_of(json.loads(line) for line in file)
        number += 1


def told_of(lines: Iterable[Any]) -> Iterator[Told]:
    for line in lines:
        # All or nothing of a public part: a word that is misspelt must not pass for an entry that is not public.
        if not isinstance(line, dict) or set(line) not in (_WITHHELD, _WITHHELD | _SHOWN):
            raise ValueError(f"not an entry of a journal: {str(line)[:200]}")
        yield read(line)


def manifests(folder: Path) -> dict[int, bytes]:
    place = folder / JOURNAL / MANIFESTS
    names = [name for name in os.listdir(place) if name.isascii() and name.isdigit()] if place.is_dir() else []
    return {int(name): (place / name).read_bytes() for name in names}


def checkpoints(folder: Path) -> list[str]:
    path = folder / JOURNAL / CHECKPOINTS
    return _NOTE.findall(path.read_text(encoding="utf-8")) if path.exists() else []
