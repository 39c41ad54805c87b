"""The record as files that a browser fetches. Small ones are pages like any other and kept as such; the whole
record is packed once for each public entry and kept on disk."""

import fcntl
import io
import os
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from chancery.core.refusals import Refusal, sentence
from chancery.core.tables import Table
from chancery.journal.queries import marked_head

from . import dump, files, store
from .distant import HEAD
from .rules import MB

_KEPT = 2 * MB  # bytes up to which a table is a page of its own
_LARGEST = 1024 * MB  # bytes of all files up to which the record is packed on demand
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows: the same record gives the same bytes


class TooLarge(Refusal):
    sentence = sentence("The whole record is too large to be packed here. Ask those who keep it for a copy.")
    status = 503


def table(described: Table, name: str) -> HttpResponseBase:
    """One table as CSV."""
    spool = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - the answer closes it
    text = io.TextIOWrapper(spool, encoding="utf-8", newline="", write_through=True)
    with store.snapshot():
        dump.write_csv(text, described, store.public(described))
    text.detach()
    size = spool.tell()
    spool.seek(0)
    if size <= _KEPT:
        with spool:
            answer: HttpResponseBase = HttpResponse(spool.read(), content_type="text/csv; charset=utf-8")
    else:
        answer = FileResponse(spool, content_type="text/csv; charset=utf-8")
        answer["Cache-Control"] = "no-cache"
    answer["Content-Disposition"] = f'attachment; filename="{settings.CHARTER.ref}-{name}"'
    return answer


def record() -> HttpResponseBase:
    """The whole record. Raises `TooLarge`."""
    path, seq = _packed()
    answer = FileResponse(open(path, "rb"), content_type="application/zip")  # noqa: SIM115
    answer["Content-Disposition"] = f'attachment; filename="{settings.CHARTER.ref}-record-{seq}.zip"'
    answer["Cache-Control"] = "no-cache"
    answer[HEAD] = str(seq)
    return answer


def _packed() -> tuple[Path, int]:
    """The record of the present entry, packed now where nobody asked for it before. Who comes meanwhile waits."""
    folder = Path(settings.HOME) / "packed"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with store.snapshot():
            seq, mark = marked_head()
            path = folder / f"{seq}-{mark.hex()[:8]}-{settings.CHARTER.digest[:8]}-{settings.RELEASE}.zip"
            if not path.exists():
                _pack(path)
        for other in folder.glob("*.zip"):
            if other != path:
                other.unlink(missing_ok=True)  # whoever is fetching it keeps it open
    return path, seq


def _pack(path: Path) -> None:
    if sum(os.path.getsize(files.place(name)) for name in files.named() if files.place(name).exists()) > _LARGEST:
        raise TooLarge
    with tempfile.TemporaryDirectory(prefix=".packing-", dir=path.parent) as place:
        unpacked, packed = Path(place) / "record", Path(place) / "record.zip"
        unpacked.mkdir()
        dump.write(unpacked)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(one for one in unpacked.rglob("*") if one.is_file()):
                info = zipfile.ZipInfo(file.relative_to(unpacked).as_posix(), _MOMENT)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                with open(file, "rb") as source, archive.open(info, "w", force_zip64=True) as target:
                    while block := source.read(MB):
                        target.write(block)
        os.replace(packed, path)
