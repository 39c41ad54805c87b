"""Deciding in the room, and the way a text climbs.

Sources: the organisation's Rules of Procedure, articles 1.1 and 1.2, as far as public: decisions at all levels are
taken by consensus, which is that no member objects at the moment of adoption; a meeting needs two thirds of the
members."""

import math
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from chancery.core.refusals import Refusal, sentence
from chancery.meetings.rules import Status

from .register import Verb


class NoQuorum(Refusal):
    sentence = sentence("{present} members are present; a decision needs {needed} of {members}.")
    field = "present"
    status = 409


class Objected(Refusal):
    """An objection stands until whoever made it says otherwise, in writing or in the room."""

    sentence = sentence("{parties} object: there is no consensus. Ask them first, or leave the text as it is.")
    field = "lifted"
    status = 409


class VerbOfAnotherLevel(Refusal):
    sentence = sentence("{body} does not “{verb}”; its verbs are: {verbs}.")
    field = "verb"


class NotItsTurn(Refusal):
    """A document comes to a body after the bodies below it on its route have dealt with it."""

    sentence = sentence("This document is before {next}; {body} comes to it later or was never on its way.")
    status = 409


class AlreadyDecided(Refusal):
    """A document is decided upon once by each body."""

    sentence = sentence("{body} has decided on this document already.")
    status = 409


class AgreedNotInText(Refusal):
    sentence = sentence("What was agreed on {numbers} is not in the text yet. Circulate the next version first.")
    status = 409


class ParagraphsOpen(Refusal):
    sentence = sentence("Paragraphs {numbers} are still open. Agree them first.")
    status = 409


class NotAMemberObjects(Refusal):
    sentence = sentence("{party} is not a Member State on that day; only Member States object to a decision.")
    field = "party"


class SessionNotSitting(Refusal):
    """What is decided in a room is decided while a session lasts; it may be recorded afterwards."""

    sentence = sentence("{session} has not begun, or was called off. A decision is recorded once a session has begun.")
    field = "session"
    status = 409


class TextReplaced(Refusal):
    """A body decides on the latest text before it."""

    sentence = sentence("A later version of this text was circulated. Look at that one: it lies before the body.")
    status = 409


class TextWithdrawn(Refusal):
    sentence = sentence("This document was withdrawn on {day}; nothing is decided on it.")
    status = 409


class StillNegotiated(Refusal):
    """A corrigendum mends what is settled, and changes nothing that was decided."""

    sentence = sentence("This text is still before the bodies. Circulate a revision, not a corrigendum.")
    field = "kind"
    status = 409


class TextAdopted(Refusal):
    """What was adopted never changes; a corrigendum mends what was written wrongly, and changes nothing decided."""

    sentence = sentence("This text was adopted. It never changes: circulate a corrigendum, or table another document.")
    status = 409


FIRM = frozenset({Verb.ADOPT, Verb.APPROVE, Verb.ENDORSE, Verb.FINALISE, Verb.ESTABLISH, Verb.ELECT, Verb.ADMIT})
"""The verbs with which a text is settled; the others let it go on while paragraphs are open."""


def quorum(members: int, fraction: Fraction) -> int:
    """How many members must be present: 19 of 28 for two thirds."""
    return math.ceil(members * fraction)


def check_quorum(present: Collection[str], members: Collection[str], fraction: Fraction | None) -> None:
    """Raises `NoQuorum`; of those present only members count."""
    counted = len(set(present) & set(members))
    if fraction and counted < quorum(len(members), fraction):
        raise NoQuorum(present=counted, needed=quorum(len(members), fraction), members=len(members))


def check_consensus(objections: Collection[str], members: Collection[str]) -> None:
    """Consensus is that no member objects; nobody else's objection stands in the way. Raises `Objected`."""
    objecting = sorted(set(objections) & set(members))
    if objecting:
        raise Objected(parties=", ".join(one.upper() for one in objecting))


def check_objector(party: str, members: Collection[str], name: object) -> None:
    """Only members object. Raises `NotAMemberObjects`."""
    if party not in members:
        raise NotAMemberObjects(party=name)


def check_sitting(status: Status, session: object) -> None:
    """Whether something can be decided at a session: it is under way, or was held and is recorded now. Raises
    `SessionNotSitting`."""
    if status not in (Status.UNDER_WAY, Status.HELD):
        raise SessionNotSitting(session=session)


def check_paragraphs(verb: Verb, open_ones: Sequence[str], unwritten: Sequence[str] = ()) -> None:
    """A text that is negotiated paragraph by paragraph is settled once none is open, no proposal stands in brackets and
    what was agreed on it is in its words (`unwritten` are the paragraphs where it is not yet).

    Raises `ParagraphsOpen`, `AgreedNotInText`."""
    if verb in FIRM and open_ones:
        raise ParagraphsOpen(numbers=", ".join(open_ones))
    if verb in FIRM and unwritten:
        raise AgreedNotInText(numbers=", ".join(unwritten))


def check_verb(verb: Verb, verbs: Collection[str], body: object) -> None:
    """Each level has its own verbs. Raises `VerbOfAnotherLevel`."""
    if verbs and verb.value not in verbs:
        raise VerbOfAnotherLevel(body=body, verb=verb.value, verbs=", ".join(verbs))


def settles(route: Sequence[str], body: str, verb: Verb) -> bool:
    """Whether a decision closes a text for good: a firm verb of the last body on its way."""
    return verb in FIRM and is_last(route, body)


def next_body(route: Sequence[str], dealt: Collection[str]) -> str | None:
    """The body that a document is before: the lowest on its route above those that dealt with it. A body may pass a
    document over, so what counts is the highest one that has dealt with it."""
    last = max((place for place, body in enumerate(route) if body in dealt), default=-1)
    return route[last + 1] if last + 1 < len(route) else None


def is_last(route: Sequence[str], body: str) -> bool:
    """Whether a body's decision settles a document: it stands at the end of its route, or there is no route."""
    return not route or route[-1] == body


def check_turn(route: Sequence[str], dealt: Mapping[str, bool], body: str, *, name: object, next_name: object) -> None:
    """Whether a body may deal with a document now. `dealt` are the bodies that did, and whether for good (with a firm
    verb); one that only considered it may come back to it until a higher body has taken it up. A document without a
    route is before whichever body takes it.

    Raises `AlreadyDecided`, `NotItsTurn`."""
    if dealt.get(body):
        raise AlreadyDecided(body=name)
    above = route[route.index(body) + 1 :] if body in route else ()
    if route and (body not in route or any(one in dealt for one in above)):
        raise NotItsTurn(next=next_name, body=name)
    if route and body not in dealt and next_body(route, dealt) != body:
        raise NotItsTurn(next=next_name, body=name)
