"""What a party says of a text, and where a paragraph stands."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence

LONGEST = 20_000  # characters of what a party says of one paragraph


class Stance(StrEnum):
    """What a party says of a paragraph or a text."""

    CAN_JOIN = "can_join"
    AWAITING_CAPITAL = "awaiting_capital"
    COMMENT = "comment"
    RESERVATION = "reservation"
    OBJECTION = "objection"


NEEDS_WORDS = frozenset({Stance.COMMENT, Stance.RESERVATION, Stance.OBJECTION})


class CallKind(StrEnum):
    """How delegations are asked: before the others, by the chair alone; or openly."""

    SOUNDING = "sounding"
    POSITIONS = "positions"


class ParagraphStatus(StrEnum):
    OPEN = "open"
    AD_REFERENDUM = "ad-referendum"  # agreed by the delegates, and some capital is still to confirm
    AGREED = "agreed"


class ObserverHasNoPosition(Refusal):
    """An observer has a voice and no position."""

    sentence = sentence("An observer may comment on a text; positions are for Member States.")
    field = "stance"
    status = 403


class NotOfTheParties(Refusal):
    sentence = sentence("{party} neither is a member nor an observer today, and has no voice on this text.")
    status = 403


class WordsMissing(Refusal):
    sentence = sentence("Say in words what you comment on, reserve or object to.")
    field = "words"


class WordsTooLong(Refusal):
    sentence = sentence("This has {found} characters; at most {limit} are kept. Table a longer text as a paper.")
    field = "words"


class UnknownParagraph(Refusal):
    """Positions are taken on what is negotiated: neither on headings nor on what the text does not have."""

    sentence = sentence("The text has no paragraph “{block}” on which positions are taken.")
    field = "block"
    status = 404


class NoSounding(Refusal):
    sentence = sentence("The Chair is not sounding delegations on this now.")
    status = 409


class DueTooEarly(Refusal):
    sentence = sentence("Delegations need time to answer. Choose an instant that is still to come.")
    field = "due"


class CallOver(Refusal):
    sentence = sentence("This call for positions was closed already.")
    status = 409


class SessionElsewhere(Refusal):
    """What a body agrees, it agrees at a session of its own, or between its sessions."""

    sentence = sentence("{session} is not a session of {body}.")
    field = "session"


class ReasonMissing(Refusal):
    sentence = sentence("Give the reason; it is kept with what was done.")
    field = "reason"


class ParagraphClosed(Refusal):
    """What was agreed is not spoken of again unless all consent."""

    sentence = sentence("This paragraph is agreed. Ask the Chair to reopen it: that needs the consent of all.")
    status = 409


class NotAskedFor(Refusal):
    sentence = sentence("Positions on this text are not open: it was withdrawn, adopted or replaced. Open the latest.")
    status = 409


class ObjectionStands(Refusal):
    """Consensus: no formal objection by a member."""

    sentence = sentence("It cannot be agreed while {parties} object.")
    status = 409


class NothingToConfirm(Refusal):
    sentence = sentence("No confirmation of {party} is awaited on this paragraph.")
    status = 409


class NotClosed(Refusal):
    sentence = sentence("This paragraph is open; there is nothing to reopen.")
    status = 409


class ReopeningRefused(Refusal):
    """A paragraph is reopened by the body that closed it, or by one above."""

    sentence = sentence("It was agreed by {body}. Only a session of that body, or of one above it, can reopen it.")
    field = "session"
    status = 409


class AgreedTextChanged(Refusal):
    sentence = sentence("Paragraph {number} is agreed and its words have changed. Reopen it first, or restore them.")
    field = "blocks"
    status = 409


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where a paragraph stands, and the parties whose capital is still to confirm."""

    status: ParagraphStatus
    awaiting: tuple[str, ...] = ()


def check_stance(stance: Stance, words: str, *, member: bool, observer: bool, party: object) -> None:
    """Whether a party may say this. Raises `NotOfTheParties`, `ObserverHasNoPosition`, `WordsMissing`,
    `WordsTooLong`."""
    if not member and not observer:
        raise NotOfTheParties(party=party)
    if observer and stance is not Stance.COMMENT:
        raise ObserverHasNoPosition
    if stance in NEEDS_WORDS and not words.strip():
        raise WordsMissing
    if len(words) > LONGEST:
        raise WordsTooLong(found=len(words), limit=LONGEST)


def agree(last: Mapping[str, Stance], members: frozenset[str]) -> Agreement:
    """What becomes of a paragraph that the chair gavels, from the last word of each party. Silence in the room is
    consent; the objection of a member prevents it; a capital that is awaited leaves it ad referendum.

    Raises `ObjectionStands`, with the codes of the parties."""
    objecting = sorted(one for one, stance in last.items() if stance is Stance.OBJECTION and one in members)
    if objecting:
        raise ObjectionStands(parties=", ".join(one.upper() for one in objecting))
    awaiting = tuple(
        sorted(one for one, stance in last.items() if stance is Stance.AWAITING_CAPITAL and one in members)
    )
    return Agreement(ParagraphStatus.AD_REFERENDUM if awaiting else ParagraphStatus.AGREED, awaiting)


def confirm(agreement: Agreement, party: str) -> Agreement:
    """A capital confirms; with the last of them the paragraph is agreed. Raises `NothingToConfirm`."""
    if party not in agreement.awaiting:
        raise NothingToConfirm(party=party.upper())
    left = tuple(one for one in agreement.awaiting if one != party)
    return Agreement(ParagraphStatus.AD_REFERENDUM if left else ParagraphStatus.AGREED, left)


def decline(agreement: Agreement, party: str) -> Agreement:
    """A capital does not confirm: the paragraph is open again. Raises `NothingToConfirm`."""
    if party not in agreement.awaiting:
        raise NothingToConfirm(party=party.upper())
    return Agreement(ParagraphStatus.OPEN)


def check_reopening(closed_by: str, session_of: str | None, route: Sequence[str], name: object) -> None:
    """A paragraph is reopened at a session of the body that closed it, or of one above it on the route of the text.
    Raises `ReopeningRefused`, with the `name` of that body."""
    above = route[route.index(closed_by) :] if closed_by in route else ()
    if session_of != closed_by and session_of not in above:
        raise ReopeningRefused(body=name)


def check_due(due: dt.datetime, at: dt.datetime) -> None:
    """Raises `DueTooEarly`."""
    if due <= at:
        raise DueTooEarly


def owed(asked: Sequence[str], open_: Sequence[str], answered: Collection[str]) -> tuple[str, ...]:
    """The open paragraphs on which a party that was asked has not spoken. If the whole text was asked about (`asked`
    empty), a word on the whole (`""`) answers for all."""
    if not asked and "" in answered:
        return ()
    return tuple(one for one in open_ if one not in answered and (not asked or one in asked))
