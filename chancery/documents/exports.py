"""Texts as Word files: the rolling text of a negotiation, with what each reader may see of it, and a version alone."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from chancery.core.asof import now
from chancery.core.charter import LANGUAGE_NAMES, RIGHT_TO_LEFT
from chancery.core.dates import Day
from chancery.core.templatetags.chancery import day_words, plain
from chancery.parties.queries import Naming

from . import word, words
from .models import Document, Proposal, Version
from .queries.negotiation import Negotiation
from .queries.proposals import texts_of
from .rules.proposals import CHAIR, ProposalStatus
from .rules.readings import standing
from .rules.rolling import RollingText, compiled
from .word import Column, Paper, Voice


def rolling(seen: Negotiation, languages: list[str]) -> bytes:
    """The text that somebody sees under negotiation, with its brackets as tracked changes, in a language or in two
    beside each other. Raises `NotALanguageOfTheText`."""
    at, version = now(), seen.version
    texts = {code: seen.proposed.rolling(code, texts_of(version, code)) for code in languages}
    return _written(version, languages, texts, lambda: voices(seen.proposed.open, seen.names), at)


def clean(version: Version, languages: list[str]) -> bytes:
    """A version as it was circulated. Raises `NotALanguageOfTheText`."""
    texts = {code: compiled(standing(texts_of(version, code), [], {}), [], {}) for code in languages}
    return _written(version, languages, texts, dict, now())


def voices(rows: Iterable[Proposal], names: Naming) -> dict[str, Voice]:
    """Who speaks in proposals, as files name them."""
    return {
        row.ref: Voice(
            author=author(row.parties, names), at=row.at, reason=row.reason,
            supporters=_supporters(row), status=_status(row),
        )
        for row in rows
    }  # fmt: skip


def author(parties: str, names: Naming) -> str:
    """`Maravel (XP)`, `XA, XB`, `Chair`: what Word shows beside a change."""
    codes = parties.split()
    if codes == [CHAIR]:
        return _("Chair")
    if len(codes) == 1:
        return f"{plain(names[codes[0]])} ({codes[0].upper()})"
    return ", ".join(_("Chair") if one == CHAIR else one.upper() for one in codes)


def _supporters(row: Proposal) -> str:
    if not row.supporters:
        return ""
    return _("Supported by %(parties)s") % {"parties": ", ".join(row.supporters.upper().split())}


def _status(row: Proposal) -> str:
    return str(words.PROPOSAL[row.status]) if row.status == ProposalStatus.AD_REFERENDUM else ""


def _written(
    version: Version, languages: list[str], texts: Mapping[str, RollingText], speak: Callable[[], Mapping[str, Voice]],
    at: dt.datetime,
) -> bytes:
    """In the words of the first language, as far as the interface has them."""
    document, first = version.document, languages[0]
    interface = first if first in settings.CHARTER.interface else settings.CHARTER.interface[0]
    with translation.override(interface):
        said = speak()
        columns = tuple(
            Column(code, code in RIGHT_TO_LEFT, LANGUAGE_NAMES.get(code, code), texts[code], said) for code in languages
        )
        return word.write(
            Paper(
                document=document.ref, version=version.ref, title=document.title.wording(first).text,
                symbol=called(document, version), organisation=settings.CHARTER.name.wording(interface).text,
                body=document.body.name.wording(interface).text, date=str(day_words(Day(version.circulated))),
                classification="" if document.is_public else str(words.CLASSIFICATION[document.classification]),
                columns=columns, exported=at,
            )
        )  # fmt: skip


def called(document: Document, version: Version) -> str:
    return "/".join(filter(None, (document.symbol, version.suffix)))
