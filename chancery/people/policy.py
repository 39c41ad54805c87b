"""The one policy. Every door asks `may(person, act, subject)`; what no area allowed is denied.

Areas add what they know in their `AppConfig.ready`: `policy.allow("parties.admit", rules.officer(...))`.
A subject is whatever the act is about (a fact, a reference, None); predicates are pure (see rules.py).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from chancery.core.refusals import NotAllowed, SecondFactorMissing

from .models import Account
from .rules import Predicate, Right, Role, Standing, anybody


@dataclass(frozen=True, slots=True)
class Machine:
    """Somebody who is not a person: the clock, the operator at the console, the compilers of a record."""

    name: str


CLOCK = Machine("clock")
OPERATOR = Machine("operator")
COMPILERS = Machine("compilers")

Person = Account | Machine | None
"""Who asks: an account, a machine, or None for the public."""

_predicates: dict[str, Predicate] = {}
_reading: set[str] = set()


def allow(act: str, predicate: Predicate, *, reading: bool = False) -> None:
    """Says who may do an act. `reading` acts change nothing and need no second factor."""
    _predicates[act] = predicate
    if reading:
        _reading.add(act)


def acts() -> list[str]:
    """The names of all acts the policy knows, for the matrix of the tests and the reference."""
    return sorted(_predicates)


def may(person: Person, act: str, subject: Any = None) -> bool:
    """Whether a person may do an act on a subject today. Denied unless an area allowed it."""
    predicate = _predicates.get(act)
    if predicate is None:
        return False
    if predicate is anybody:
        return True
    standing = standing_of(person)
    if not predicate(standing, subject):
        return False
    return act in _reading or bool(standing.machine) or standing.second_factor


def require(person: Person, act: str, subject: Any = None) -> None:
    """Refuses what the policy denies. Raises `SecondFactorMissing` or `NotAllowed`."""
    if may(person, act, subject):
        return
    standing = standing_of(person)
    predicate = _predicates.get(act)
    if predicate and predicate(standing, subject) and not standing.second_factor:
        raise SecondFactorMissing
    raise NotAllowed


def standing_of(person: Person, day: dt.date | None = None) -> Standing:
    """What the policy knows of a person on a day at the seat (today). Kept on the account for one request."""
    if person is None or (isinstance(person, Account) and not person.is_active):
        return Standing()
    day = day or settings.CHARTER.today(dt.datetime.now(dt.UTC))
    if isinstance(person, Machine):
        return Standing(machine=person.name, day=day)
    kept: Standing | None = getattr(person, "_standing", None)
    if kept is None or kept.day != day:
        rights = frozenset(Right(Role(role), scope) for role, scope in _rights(person, day))
        kept = Standing(rights, second_factor=_has_second_factor(person), signed_in=True, day=day)
        person._standing = kept
    return kept


def _rights(account: Account, day: dt.date) -> list[tuple[str, str]]:
    return list(account.grants.on(day).values_list("role", "scope"))


def _has_second_factor(account: Account) -> bool:
    from allauth.mfa.models import Authenticator

    return account.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()


def signed(person: Person) -> dict[str, Any]:
    """How a journal entry names who acted: the capacity in public words, the account in the private part."""
    if isinstance(person, Machine):
        return {"by": person.name}
    if person is None:
        raise NotAllowed
    standing = standing_of(person)
    capacity = "secretariat" if standing.is_officer() else "delegation" if standing.rights else "account"
    return {"by": capacity, "private": {"account": person.ref}}
