"""Everything public of a Chancery at an address, fetched into a folder as a copy that can be verified."""

import json
import shutil
import zipfile
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from chancery.core.refusals import Refusal, sentence

from .copies import CHECKPOINTS, JOURNAL, MANIFESTS, RECORD
from .rules import MB

_TIMEOUT = 60  # seconds
_LARGEST = 2048 * MB  # of one answer, and of the record unpacked
_TRIES = 3
HEAD = "Chancery-Entry"
"""The header that says at which public entry a record stands."""


class NotReachable(Refusal):
    sentence = sentence("{address} does not answer as a Chancery does: {problem}")


class StillChanging(Refusal):
    sentence = sentence("The record changed while it was fetched; try again.")


def fetch(address: str, folder: Path) -> None:
    """Fetches a copy into an empty folder. Raises `NotReachable`, `StillChanging`."""
    address = address.rstrip("/")
    if urlsplit(address).scheme not in ("http", "https"):
        raise NotReachable(address=address, problem="only http and https are spoken")
    for attempt in range(_TRIES):
        place = folder / str(attempt)
        (place / JOURNAL / MANIFESTS).mkdir(parents=True)
        head = _record(address, place)
        if _journal(address, place / JOURNAL) == head:
            place.rename(folder / "copy")
            return
    raise StillChanging


def _record(address: str, folder: Path) -> int:
    """Unpacks the record; returns the last public entry it stands at."""
    path = folder / "record.zip"
    try:
        with _answer(f"{address}/data/record.zip") as answer, open(path, "wb") as file:
            head = int(answer.headers.get(HEAD, "-1"))
            shutil.copyfileobj(_Bounded(answer), file)
        with zipfile.ZipFile(path) as packed:
            _unpack(packed, folder / RECORD)
    except (OSError, ValueError, zipfile.BadZipFile, HTTPException) as problem:
        raise NotReachable(address=address, problem=problem) from None
    path.unlink()
    return head


def _unpack(packed: zipfile.ZipFile, folder: Path) -> None:
    if sum(one.file_size for one in packed.infolist()) > _LARGEST:
        raise ValueError("the record is too large")
    for one in packed.infolist():
        # ZipFile leaves out "..", drives and roots itself; a link is written as the plain text it is.
        packed.extract(one, folder)


def _journal(address: str, folder: Path) -> int:
    """Fetches the journal and its signed heads; returns the last public entry."""
    heads = [_get(f"{address}/journal/checkpoint").decode()]  # before the entries, so that none of them lacks
    seq = head = 0
    with open(folder / "entries-1.jsonl", "w", encoding="utf-8") as file:
        while entries := _page(address, seq):
            for told in entries:
                file.write(json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n")
                seq = int(told["seq"])
                if told.get("public") is None:
                    continue
                head, content = seq, json.loads(told["public"])
                if content.get("act") == "journal.rotate-key":
                    heads.append(_get(f"{address}/journal/checkpoints/{seq}").decode())
                if content.get("said", {}).get("manifest"):
                    (folder / MANIFESTS / str(seq)).write_bytes(_get(f"{address}/data/manifests/{seq}"))
    (folder / CHECKPOINTS).write_text("\n".join(dict.fromkeys(heads)), encoding="utf-8")
    return head


def _page(address: str, seq: int) -> list[Any]:
    try:
        entries = json.loads(_get(f"{address}/journal/entries.json?after={seq}"))["entries"]
        if any(int(told["seq"]) <= seq for told in entries):
            raise ValueError("its entries are out of order")
    except (KeyError, TypeError, ValueError) as problem:
        raise NotReachable(address=address, problem=problem) from None
    return entries


def _get(address: str) -> bytes:
    try:
        with _answer(address) as answer:
            return _Bounded(answer).read()
    except (OSError, ValueError, HTTPException) as problem:
        raise NotReachable(address=address, problem=problem) from None


def _answer(address: str) -> Any:
    return urlopen(Request(address, headers={"Accept-Encoding": "identity"}), timeout=_TIMEOUT)


class _Bounded:
    """An answer that ends with an error where it is larger than anything a record has."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.left = answer, _LARGEST

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.answer.read(min(size, self.left + 1) if size >= 0 else self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise ValueError("the answer is too large")
        return data
