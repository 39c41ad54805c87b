"""What is written into a Word file: plain values, already in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..rules.rolling import RollingText


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a proposal, as the file names them (`Maravel (XP)`, `XA, XB`, `Chair`). `at` is the instant of
    tabling, aware; whole seconds are kept. `supporters` and `status` are lines in words, empty where there is nothing
    to say."""

    author: str
    at: dt.datetime
    reason: str = ""
    supporters: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A text in a language. A clean text is one compiled of no proposals. `voices` are by the reference of each open
    proposal; `name` is that of the language in itself, `note` what the text is worth (“working translation”)."""

    language: str
    rtl: bool
    name: str
    text: RollingText
    voices: Mapping[str, Voice] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A text in one language, or in two beside each other. `document` and `version` are references, by which the file
    is known again; `symbol` has the suffix of its revision."""

    document: str
    version: str
    title: str
    symbol: str
    organisation: str
    body: str
    date: str
    columns: tuple[Column, ...]
    exported: dt.datetime
    classification: str = ""
