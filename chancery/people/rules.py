"""Who may do what: roles, units and the predicates that the one policy is made of. Pure."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What an account can be."""

    OFFICER = "officer"  # of a unit of the Secretariat
    FOCAL_POINT = "focal-point"  # of a party
    DELEGATE = "delegate"  # of a party: its accredited voice
    ADMINISTRATOR = "administrator"  # of a party: invites and dismisses its own people
    PRESIDENCY = "presidency"  # of a body, or of the whole organisation
    AUDITOR = "auditor"  # reads everything, does nothing


class Unit(StrEnum):
    """The units of the Secretariat."""

    PROTOCOL = "protocol"  # membership, chair, bodies, accounts
    DOCUMENTS = "documents"  # decisions and documents
    PROGRAMME = "programme"  # measures, coordinators, meetings
    PRESS = "press"  # news and the Digest
    FINANCE = "finance"


@dataclass(frozen=True, slots=True)
class Right:
    """A grant as the policy sees it."""

    role: Role
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody before the policy: the rights held on a day, and whether a second factor is set up.

    `machine` is the clock or the operator at the console, who stand outside grants."""

    rights: frozenset[Right] = frozenset()
    second_factor: bool = False
    signed_in: bool = False
    machine: str = ""
    day: dt.date | None = None

    def has(self, role: Role, scope: str | None = None) -> bool:
        return any(right.role is role and scope in (None, right.scope) for right in self.rights)

    def is_officer(self, *units: Unit) -> bool:
        return any(right.role is Role.OFFICER and (not units or right.scope in units) for right in self.rights)


Predicate = Callable[[Standing, Any], bool]


def anybody(standing: Standing, subject: Any) -> bool:
    return True


def signed_in(standing: Standing, subject: Any) -> bool:
    return standing.signed_in


def officer(*units: Unit) -> Predicate:
    """An officer of one of the units (of any, if none is named)."""
    return lambda standing, subject: standing.is_officer(*units)


def reader(standing: Standing, subject: Any) -> bool:
    """Whoever works in the Secretariat, or audits it."""
    return standing.is_officer() or standing.has(Role.AUDITOR)


def presidency(standing: Standing, subject: Any) -> bool:
    return standing.has(Role.PRESIDENCY)


def machine(standing: Standing, subject: Any) -> bool:
    return bool(standing.machine)


def either(*predicates: Predicate) -> Predicate:
    return lambda standing, subject: any(one(standing, subject) for one in predicates)
