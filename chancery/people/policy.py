"""The one policy. Every door asks `may(person, act, subject)`; what no area allowed is denied.

Areas add what they know in their `AppConfig.ready`: `policy.allow("parties.admit", rules.officer(...))`.
A subject is whatever the act is about (a fact, a reference, None); predicates are pure (see rules.py).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from chancery.core.refusals import NotAllowed, SecondFactorMissing

from . import rules
from .models import Account, Grant, NoteVerbale
from .rules import Predicate, Right, Role, Standing, anybody


@dataclass(frozen=True, slots=True)
class Machine:
    """Somebody who is not a person: the clock, the operator at the console, the compilers of a record."""

    name: str


CLOCK = Machine("clock")
OPERATOR = Machine("operator")
COMPILERS = Machine("compilers")


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """An officer who records an act for a party, on the strength of its note verbale. Made by `on_behalf`."""

    officer: Account
    note: NoteVerbale

    @property
    def pk(self) -> Any:
        return self.officer.pk


Person = Account | OnBehalf | Machine | None
"""Who asks: an account (its own or for a party by a note), a machine, or None for the public."""

_chairs: Callable[[dt.date], Mapping[str, str]] = lambda day: {}  # noqa: E731
_predicates: dict[str, Predicate] = {}
_reading: set[str] = set()
_own: set[str] = set()


def allow(act: str, predicate: Predicate, *, reading: bool = False, own: bool = False) -> None:
    """Says who may do an act. `reading` acts change nothing, `own` ones concern nothing but the account of
    whoever does them; neither needs a second factor."""
    _predicates[act] = predicate
    if reading:
        _reading.add(act)
    if own:
        _own.add(act)


def seat_chairs(chairs: Callable[[dt.date], Mapping[str, str]]) -> None:
    """Says who tells which party is in which chair on a day (rules.presiding)."""
    global _chairs
    _chairs = chairs


def presiding(rights: frozenset[Right], day: dt.date) -> frozenset[Right]:
    """The rights that hold on a day, without a presidency whose term is over or has not begun."""
    if not any(right.role is Role.PRESIDENCY for right in rights):
        return rights
    return rules.presiding(rights, _chairs(day))


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
    return act in _reading or act in _own or bool(standing.machine) or standing.second_factor


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
    day = day or settings.CHARTER.today(dt.datetime.now(dt.UTC))
    if isinstance(person, Machine):
        return Standing(machine=person.name, day=day)
    if isinstance(person, OnBehalf):
        return _on_behalf(person, day)
    if not isinstance(person, Account) or not person.is_active:
        return Standing()
    kept: Standing | None = getattr(person, "_standing", None)
    if kept is None or kept.day != day:
        rights = frozenset(Right(Role(role), scope) for role, scope in _rights(person, day))
        kept = Standing(
            presiding(rights, day), second_factor=has_second_factor(person), signed_in=True, day=day, account=person.ref
        )
        person._standing = kept
    return kept


def forget(person: Person) -> None:
    """What was known of an account is asked anew; acts that change its rights call this."""
    if isinstance(person, Account):
        person.__dict__.pop("_standing", None)


def _rights(account: Account, day: dt.date) -> list[tuple[str, str]]:
    """The rights held on a day. A deputy's hold only while the principal's own one does, which is asked only where
    somebody is one: every page of work asks for rights."""
    held = list(account.grants.on(day).values_list("role", "scope", "deputises"))
    principals = {principal for _, _, principal in held if principal}
    if principals:
        holding = Grant.objects.on(day).filter(pk__in=principals, account__is_active=True)
        principals = set(holding.values_list("pk", flat=True))
    return [(role, scope) for role, scope, principal in held if principal is None or principal in principals]


def _on_behalf(person: OnBehalf, day: dt.date) -> Standing:
    """The delegation's voice, with the officer's second factor, while the officer is one."""
    officer = standing_of(person.officer, day)
    if not officer.is_officer():
        return Standing()
    voice = frozenset({Right(Role.DELEGATE, person.note.party)})
    return Standing(voice, officer.second_factor, signed_in=True, day=day, account=person.officer.ref)


def has_second_factor(account: Account) -> bool:
    from allauth.mfa.models import Authenticator

    return account.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()


def has_recovery_codes(account: Account) -> bool:
    from allauth.mfa.models import Authenticator

    return account.authenticator_set.filter(type=Authenticator.Type.RECOVERY_CODES).exists()


def on_behalf(officer: Account, note: NoteVerbale) -> OnBehalf:
    """The officer as the voice of the party whose note this is: give it to an act as `by`, and the act asks
    the policy as if a delegate of the party had signed in. Raises `SecondFactorMissing` or `NotAllowed`."""
    require(officer, "people.act-on-behalf", note)
    return OnBehalf(officer, note)


def signed(person: Person, note: NoteVerbale | None = None, *, speaking: str = "") -> dict[str, Any]:
    """How a journal entry names who acted: the capacity in public words, the account in the private part.

    `speaking` is for whom the act is done where the act knows: `chair`, or the reference of a party. An officer who
    acts for the chair is named as such. With a note verbale (given, or in an `OnBehalf`) the public words name the
    party on whose behalf the Secretariat acted, and the private part the note."""
    if isinstance(person, Machine):
        return {"by": person.name}
    if isinstance(person, OnBehalf):
        person, note = person.officer, person.note
    if not isinstance(person, Account):
        raise NotAllowed
    private = {"account": person.ref}
    if note:
        private |= {"note": note.ref, "note-digest": note.digest}
        return {"by": f"secretariat on behalf of {note.party}", "private": private}
    return {"by": _capacity(standing_of(person), speaking), "private": private}


def _capacity(standing: Standing, speaking: str) -> str:
    """In which capacity somebody acts, in public words."""
    if speaking == "chair":
        return "chair" if standing.has(Role.PRESIDENCY) else "secretariat for the chair"
    if speaking:
        return f"delegation of {speaking}"
    if standing.is_officer():
        return "secretariat"
    return "chair" if standing.has(Role.PRESIDENCY) else "delegation" if standing.rights else "account"
