"""Symbols of documents, made by the charter's pattern: `PRA/MC/7/DOC.3/Rev.1`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from chancery.core.refusals import Refusal, sentence

MOST_MISSING = 100  # numbers of one series that are named


class Series(StrEnum):
    """The series in which a body's papers are numbered."""

    DOC = "DOC"  # documents for consideration
    INF = "INF"  # for information
    CRP = "CRP"  # conference room papers, for the length of a session
    L = "L"  # limited: drafts of decisions


class DocumentKind(StrEnum):
    STATEMENT = "statement"
    DECISION = "decision"
    DECLARATION = "declaration"
    CATALOGUE = "catalogue"
    MEMORANDUM = "memorandum"
    REGULATIONS = "regulations"
    MODALITIES = "modalities"
    PLAN = "plan"
    BUDGET = "budget"
    REPORT = "report"
    CONCEPT_PAPER = "concept-paper"
    ACTION_PLAN = "action-plan"
    CANDIDATURE = "candidature"
    AGENDA = "agenda"
    NOTE = "note"
    OTHER = "other"


class RelationKind(StrEnum):
    AMENDS = "amends"
    SUPERSEDES = "supersedes"
    IMPLEMENTS = "implements"
    PART_OF = "part-of"  # an addendum, an annex of its own


class VersionKind(StrEnum):
    ORIGINAL = "original"
    REVISION = "revision"
    CORRIGENDUM = "corrigendum"  # of an adopted text: it mends, and changes nothing that was decided


class SymbolTaken(Refusal):
    sentence = sentence("The symbol {symbol} is given already. Choose another number.")
    field = "number"
    status = 409


_SUFFIX = {VersionKind.ORIGINAL: "", VersionKind.REVISION: "Rev.", VersionKind.CORRIGENDUM: "Corr."}


def suffix(kind: VersionKind, number: int | None) -> str:
    """What a version adds to the symbol of its document."""
    return f"{_SUFFIX[kind]}{number}" if _SUFFIX[kind] else ""


def symbol(pattern: str, *, organisation: str, body: str, session: str, series: str, number: int) -> str:
    """The symbol by the charter's pattern. `session` is the ordinal of the session or, between sessions, the year."""
    return pattern.format(
        organisation=organisation, body=body.upper(), session=session, series=series, number=number
    )


def addendum(symbol: str, number: int | str) -> str:
    """The symbol of an addition to a document: a document of its own that is part of it."""
    return f"{symbol}/Add.{number}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that are missing between those given in one series of one session: the first of them, if many."""

    series: str
    missing: tuple[int, ...]


_LAST_NUMBER = re.compile(r"(.*?)(\d+)$")


def gaps(symbols: Iterable[str]) -> list[Gap]:
    """The numbers left out among symbols, series by series (`PRA/MC/7/DOC.`)."""
    given: dict[str, set[int]] = {}
    for one in symbols:
        if found := _LAST_NUMBER.fullmatch(one):
            given.setdefault(found[1], set()).add(int(found[2]))
    return [
        Gap(series, missing)
        for series, numbers in sorted(given.items())
        if (missing := tuple(islice((one for one in range(1, max(numbers)) if one not in numbers), MOST_MISSING)))
    ]


def duplicates(symbols: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Symbols that differ in nothing but case, blanks or leading zeros, with the references that bear them."""
    found: dict[str, list[str]] = {}
    for ref, one in symbols.items():
        alike = re.sub(r"(?<!\d)0+(?=\d)", "", "".join(one.split()).upper())
        found.setdefault(alike, []).append(ref)
    return [(one, refs) for one, refs in sorted(found.items()) if one and len(refs) > 1]
