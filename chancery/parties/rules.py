"""Who belongs: the rules of capacity, posts and names, on plain values."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from chancery.core.dates import Day, Period
from chancery.core.refusals import Refusal, sentence


class Kind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"


class Capacity(StrEnum):
    """In which capacity a party belongs; one at a time (settled: partner is derived from an instrument)."""

    MEMBER = "member"
    OBSERVER = "observer"


class Form(StrEnum):
    """The forms of a party's name."""

    SHORT = "short"
    FORMAL = "formal"
    SORT = "sort"
    BADGE = "badge"


class PostKind(StrEnum):
    """What a post is for."""

    HEAD = "head"
    DEPUTY = "deputy"
    EXPERT = "expert"
    OTHER = "other"


class AlreadyBelongs(Refusal):
    """A party is member or observer, never both, and never twice at once."""

    sentence = sentence("{party} is {capacity} from {since}. Give a later day, or change its capacity instead.")
    field = "since"


class DoesNotBelong(Refusal):
    sentence = sentence("{party} is neither member nor observer on {day}.")
    field = "since"


class SameCapacity(Refusal):
    sentence = sentence("{party} already is {capacity}.")
    field = "capacity"


class OnlyStatesAreMembers(Refusal):
    """Organisations may observe; only states can be members."""

    sentence = sentence("Only a State can be a member; an organisation can observe.")
    field = "capacity"


class EndsBeforeItBegins(Refusal):
    sentence = sentence("It began on {since}; its end cannot be earlier.")
    field = "until"


class PostIsHeld(Refusal):
    """A post has one holder at a time."""

    sentence = sentence("{person} holds this post from {since}. Record the end of that term first.")
    field = "since"


class NotInPost(Refusal):
    sentence = sentence("Nobody holds this post on {day}.")
    field = "until"


class NameExists(Refusal):
    sentence = sentence("A name of this form in this language holds from {since}. Give a later day.")
    field = "since"


def clash(period: Period, others: Iterable[Period]) -> Period | None:
    """The first period that surely overlaps, if any."""
    return next((other for other in others if period.overlaps(other)), None)


def check_end(since: Day | None, until: dt.date) -> None:
    """An end is not before the beginning. Raises `EndsBeforeItBegins`."""
    if since and until < since.date:
        raise EndsBeforeItBegins(since=since)


def check_capacity(kind: Kind, capacity: Capacity) -> None:
    """Raises `OnlyStatesAreMembers`."""
    if kind is Kind.ORGANISATION and capacity is Capacity.MEMBER:
        raise OnlyStatesAreMembers
