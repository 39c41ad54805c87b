"""What may happen to a document as a whole: its place in a series, how far it goes, what it is to others."""

import datetime as dt
from collections.abc import Iterable

from chancery.core.refusals import Refusal, sentence

from .access import Classification
from .symbols import RelationKind, addendum

WIDTH = (Classification.SECRETARIAT, Classification.BODY, Classification.PARTIES, Classification.PUBLIC)
"""The classifications, from the narrowest to the widest."""


class SessionOfAnotherBody(Refusal):
    """A paper of a session is one of the body that meets."""

    sentence = sentence("{meeting} is not a session of this body.")
    field = "session"


class RouteElsewhere(Refusal):
    sentence = sentence("The way chosen does not lead through {body}. Choose another way, or none.")
    field = "route"


class UnknownLanguage(Refusal):
    """A text is written and adopted in a language of the charter."""

    sentence = sentence("“{language}” is not a language of this organisation.")
    field = "language"


class NoSymbol(Refusal):
    sentence = sentence("This document has no symbol, so that an addendum can bear none. Table a document instead.")


class Withdrawn(Refusal):
    """What was withdrawn stays on the record as it was."""

    sentence = sentence("This document was withdrawn on {day}; nothing is added to it any more.")
    status = 409


class SameClassification(Refusal):
    sentence = sentence("The document is classified so already.")
    field = "classification"
    status = 409


class StaysPublic(Refusal):
    """What was published stays published: others hold copies, and the journal tells it."""

    sentence = sentence("What is public stays public. Withdraw the document, or table another one.")
    field = "classification"
    status = 409


class UnderEmbargo(Refusal):
    """An embargo is a promise: it is moved or taken away in the open, not passed by."""

    sentence = sentence("It is under embargo. Move or end the embargo first.")
    field = "classification"
    status = 409


class EmbargoOver(Refusal):
    sentence = sentence("An embargo ends in the future. Give a later time.")
    field = "until"


class NoEmbargo(Refusal):
    sentence = sentence("There is no embargo to end. Give the time at which one is to end.")
    field = "until"


class NotWider(Refusal):
    """An embargo ends by opening the document, never by closing it."""

    sentence = sentence("When the embargo ends the document must go further than it does now.")
    field = "released_as"


class RelationKnown(Refusal):
    sentence = sentence("This is on record already.")
    field = "other"
    status = 409


class RelatedInCircle(Refusal):
    """Nothing supersedes, amends or implements itself, by whatever way round."""

    sentence = sentence("{other} already stands in this relation to this document, directly or through others.")
    field = "other"


class IsAddendum(Refusal):
    """The symbol of an addendum says what it is part of."""

    sentence = sentence("{symbol} is an addendum by its symbol: it stays part of that document. Withdraw it instead.")
    status = 409


class ScanOfAFile(Refusal):
    """A scan shows the signed paper."""

    sentence = sentence("A scan is a PDF or a picture of the signed paper, not a Word file.")
    field = "file"


class ItemNumberTaken(Refusal):
    sentence = sentence("The agenda has an item {number} already.")
    field = "number"
    status = 409


class ItemHasPapers(Refusal):
    sentence = sentence("Documents stand under this item. Take them off first.")
    status = 409


class PaperKnown(Refusal):
    sentence = sentence("This document stands under this item already.")
    field = "document"
    status = 409


def check_not_withdrawn(withdrawn: dt.date | None) -> None:
    """Raises `Withdrawn`."""
    if withdrawn:
        raise Withdrawn(day=withdrawn)


def check_unrelating(kind: RelationKind, symbol: str, of: str) -> None:
    """Whether what one document was said to be to another one may be taken back. Raises `IsAddendum`."""
    if kind is RelationKind.PART_OF and of and symbol.startswith(addendum(of, "")):
        raise IsAddendum(symbol=symbol)


def check_classification(now: Classification, wanted: Classification, *, embargo: bool) -> None:
    """Whether a document may be classified anew. Raises `SameClassification`, `StaysPublic`, `UnderEmbargo`."""
    if wanted is now:
        raise SameClassification
    if now is Classification.PUBLIC:
        raise StaysPublic
    if embargo:
        raise UnderEmbargo


def is_narrower(wanted: Classification, now: Classification) -> bool:
    """Whether a document would go less far than it does."""
    return WIDTH.index(wanted) < WIDTH.index(now)


def check_embargo(now: Classification, released_as: Classification, until: dt.datetime, at: dt.datetime) -> None:
    """Whether a document may be put under embargo until an instant. Raises `EmbargoOver`, `NotWider`,
    `StaysPublic`."""
    if now is Classification.PUBLIC:
        raise StaysPublic(field="until")
    if until <= at:
        raise EmbargoOver
    if released_as is now or is_narrower(released_as, now):
        raise NotWider


def leads_back(start: str, target: str, steps: Iterable[tuple[str, str]]) -> bool:
    """Whether the steps (from, to) lead from `start` to `target`, or both are one."""
    onward: dict[str, list[str]] = {}
    for one, other in steps:
        onward.setdefault(one, []).append(other)
    seen, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here == target:
            return True
        if here not in seen:
            seen.add(here)
            ahead += onward.get(here, [])
    return False
