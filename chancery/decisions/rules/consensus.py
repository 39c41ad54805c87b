"""Deciding in the room, and the way a text climbs.

Sources: the organisation's Rules of Procedure, articles 1.1 and 1.2, as far as public: decisions at all levels are taken
by consensus, which is that no member objects at the moment of adoption; a meeting needs two thirds of the members."""

import math
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from chancery.core.refusals import Refusal, sentence

from .register import Verb


class NoQuorum(Refusal):
    sentence = sentence("{present} members are present; a decision needs {needed} of {members}.")
    field = "present"
    status = 409


class Objected(Refusal):
    sentence = sentence("{parties} object: there is no consensus. Record the objection instead of the adoption.")
    field = "objections"
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


class ParagraphsOpen(Refusal):
    sentence = sentence("Paragraphs {numbers} are still open. Agree them first.")
    status = 409


class NotAMemberObjects(Refusal):
    sentence = sentence("{party} is not a member on that day; only members object to a decision.")
    field = "objections"


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
    """Consensus is that no member objects. Raises `NotAMemberObjects`, `Objected`."""
    for one in sorted(objections):
        if one not in members:
            raise NotAMemberObjects(party=one.upper())
    if objections:
        raise Objected(parties=", ".join(sorted(one.upper() for one in objections)))


def check_verb(verb: Verb, verbs: Collection[str], body: object) -> None:
    """Each level has its own verbs. Raises `VerbOfAnotherLevel`."""
    if verbs and verb.value not in verbs:
        raise VerbOfAnotherLevel(body=body, verb=verb.value, verbs=", ".join(verbs))


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
