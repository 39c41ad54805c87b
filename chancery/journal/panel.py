"""The history of a subject, for the pages of other areas: the view puts `history=panel.history([...])` into
its context, the template includes `journal/history.html`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from . import queries, words
from .models import Entry

LATEST = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a list shows it."""

    number: int
    at: dt.datetime
    act: str
    by: str
    url: str


def shown(entry: Entry) -> Shown:
    decided = queries.decided(entry)
    url = reverse("journal-entry", args=[entry.seq])
    return Shown(entry.seq, entry.at, words.act(decided), words.capacity(decided), url)


def history(subjects: Iterable[str]) -> dict[str, Any]:
    """The latest entries about the subjects (`table:ref`), loads included."""
    return {"entries": [shown(entry) for entry in queries.history(subjects)[:LATEST]]}
