"""Versions as PDF: made once and kept under the digest of what is printed. A short paper is made while the reader
waits; a long one is left to the clock. Each is typeset in a process of its own."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from chancery.core.canonical import canonical
from chancery.core.charter import LANGUAGE_NAMES, RIGHT_TO_LEFT
from chancery.core.dates import Day
from chancery.core.prints import Print
from chancery.core.templatetags.chancery import day_words
from chancery.core.text import LocalizedText
from chancery.core.typesetting.inline import line as inline
from chancery.core.typesetting.press import print_apart

from . import words
from .models import Document, Version
from .queries import documents as queries
from .queries.documents import Cell, Line, Reading
from .rules.blocks import BlockKind

TEMPLATE = Path(__file__).parent / "paper.typ"
SHORT = 30_000  # characters of a plan up to which a paper is made at once: in a third of a second
SECONDS = 120.0  # the longest that one typesetting may take
Plan = dict[str, Any]


def plan(version: Version, languages: list[str]) -> Plan | None:
    """What is printed of a version in a language, or in two beside each other; None where it cannot be read in one
    of them. The words around the text are in the first."""
    readings = [queries.rendered(version, code) for code in languages]
    if not all(readings):
        return None
    with translation.override(_interface(languages[0])):
        return _plan(version, [one for one in readings if one])


def _interface(language: str) -> str:
    """The language of the words around a text: its own, if the interface has it."""
    return language if language in settings.CHARTER.interface else settings.CHARTER.interface[0]


def _plan(version: Version, readings: list[Reading]) -> Plan:
    document, code = version.document, translation.get_language() or ""
    lines = queries.lines(version, readings)
    called = "/".join(filter(None, (document.symbol, version.suffix)))
    title = document.title.wording(readings[0].language).text
    day = version.circulated
    return {
        "language": code, "rtl": code in RIGHT_TO_LEFT, "date": [day.year, day.month, day.day],
        "title": f"{called} {title}".strip(), "author": settings.CHARTER.name.wording(code).text,
        "organisation": _said(settings.CHARTER.name, code), "body": _said(document.body.name, code),
        "symbol": called, "day": inline(day_words(Day(day)), code),
        "classification": _classification(document, code),
        "digest": f"SHA-256 {version.digest}", "columns": [_column(one, code) for one in readings],
        "titled": any(one.kind is BlockKind.TITLE and any(cell.block.text for cell in one.cells) for one in lines[:1]),
        "heading": _said(document.title, readings[0].language),
        "lines": [_line(one, code) for one in lines], "note": _foreign(version.note, version.language, code),
    }  # fmt: skip


def _classification(document: Document, code: str) -> list[Any]:
    """Said only where it is not for everybody."""
    return [] if document.is_public else inline(str(words.CLASSIFICATION[document.classification]), code)


def _said(text: LocalizedText, code: str) -> list[Any]:
    wording = text.wording(code)
    return _foreign(wording.text, wording.language, code)


def _foreign(text: str, language: str, code: str) -> list[Any]:
    """Words that may be in another language than what stands around them."""
    nodes = inline(text, language)
    if language == code or not nodes:
        return nodes
    return [{"k": "lang", "lang": language, "rtl": language in RIGHT_TO_LEFT, "c": nodes}]


def _column(reading: Reading, code: str) -> Plan:
    """A language, and what its text is worth where it is not the one that was adopted."""
    return {
        "lang": reading.language, "rtl": reading.direction == "rtl", "standing": inline(str(reading.standing), code),
        "name": inline(LANGUAGE_NAMES.get(reading.language, reading.language), reading.language),
    }  # fmt: skip


def _line(line: Line, code: str) -> Plan:
    cells = [_cell(one, code) for one in line.cells]
    first = next((place for place, one in enumerate(line.cells) if one.block.text.strip()), -1)
    return {"kind": line.kind.value, "number": line.number, "cells": cells, "first": first}


def _cell(cell: Cell, code: str) -> Plan:
    state = {"stale": _("The original has changed since"), "missing": _("Not translated yet")}.get(cell.freshness, "")
    table = cell.block.kind is BlockKind.TABLE
    return {
        "lang": cell.language, "rtl": cell.direction == "rtl", "state": inline(state, code),
        "lines": [inline(one, cell.language) for one in cell.block.text.split("\n")],
        "rows": [[inline(one, cell.language) for one in row] for row in cell.block.rows] if table else [],
    }  # fmt: skip


# ---------------------------------------------------------------- made once
def paper(of: Plan) -> Print:
    """The PDF of a plan, there or still to be made."""
    return Print(_folder() / f"{sha256(canonical(of)).hexdigest()}.pdf")


def is_short(of: Plan) -> bool:
    """Whether it is made while the reader waits."""
    return len(json.dumps(of["lines"], ensure_ascii=False)) <= SHORT


def typeset(of: Plan) -> bytes:
    """The PDF of a plan, made in a process of its own. Raises `Untypesettable`, `TooSlow`."""
    return print_apart(TEMPLATE, of, timeout=SECONDS)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "papers"


# ---------------------------------------------------------------- the clock's part
def order(made: Print, of: Plan) -> None:
    """Leaves a paper to the clock. What is ordered is kept beside where it will lie, until it is there."""
    made.path.parent.mkdir(parents=True, exist_ok=True)
    asked = made.path.with_suffix(".asked")
    if not asked.exists():
        coming = asked.with_suffix(".coming")
        coming.write_text(json.dumps(of, ensure_ascii=False), encoding="utf-8")
        coming.replace(asked)


def due(now: Any) -> list[str]:
    """The papers that were ordered and are still to be made, by name."""
    return [one.stem for one in sorted(_folder().glob("*.asked")) if Print(one.with_suffix(".pdf")).is_due]


def make(name: str) -> None:
    """Makes one of the papers that are due."""
    made = Print(_folder() / f"{name}.pdf")
    asked = made.path.with_suffix(".asked")
    made.make(lambda: typeset(json.loads(asked.read_text(encoding="utf-8"))))
    if made.size:
        asked.unlink(missing_ok=True)
