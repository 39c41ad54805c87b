"""Silences on which the tests of pages and queries look: four members, an observer, a text for members."""

import datetime as dt
from typing import Any

import time_machine

from chancery.decisions.acts import silence as acts
from chancery.decisions.models import Silence
from chancery.decisions.rules import Verb
from chancery.decisions.rules.silence import ReplyKind, Shape
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.rules import Role
from tests.decisions import texts
from tests.people.cast import person

OPENED = dt.datetime(2024, 12, 4, 13, tzinfo=dt.UTC)  # a Wednesday, 18:00 at the seat
EXPIRES = dt.datetime(2024, 12, 13, 12, tzinfo=dt.UTC)  # a Friday, 17:00 at the seat
BETWEEN = OPENED + dt.timedelta(days=2)


def presidency(body: str = "") -> Any:
    return person(f"Chair of {body or 'all'}", (Role.PRESIDENCY, body))


def voice(party: str, role: Role = Role.DELEGATE) -> Any:
    return person(f"{role} of {party}", (role, party))


def opened(by: Any, version: Any = None, at: dt.datetime = OPENED, **changes: Any) -> Silence:
    """A silence of the senior officials on a text, as the Chair proposed it."""
    given = {
        "version": version or texts.version(), "body": texts.body("soc"), "shape": Shape.REGULATION,
        "verb": Verb.APPROVE, "expires": EXPIRES, "basis": "Regulations, article 4", **changes,
    }  # fmt: skip
    with time_machine.travel(at, tick=False):
        return acts.propose(**given, by=by)


def says(silence: Silence, by: Any, party: str, kind: ReplyKind, words: str = "", at: dt.datetime = BETWEEN) -> Any:
    with time_machine.travel(at, tick=False):
        return acts.reply(silence=silence, party=Party.objects.get(pk=party), kind=kind, words=words, by=by)


def closed(silence: Silence) -> Silence:
    with time_machine.travel(EXPIRES, tick=False):
        acts.close(ref=silence.ref, by=policy.CLOCK)
    return now(silence)


def now(silence: Silence) -> Silence:
    return Silence.objects.get(pk=silence.pk)
