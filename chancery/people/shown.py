"""How accounts and their rights are told on pages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator

from . import words
from .models import Account, Grant, Invitation
from .scopes import Names


class When(StrEnum):
    """Where a day stands to a period."""

    BEFORE = "before"
    HOLDS = "holds"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right in words. `principal` is whom a deputy stands in for."""

    grant: Grant
    role: Any
    scope: Any
    when: When
    principal: Account | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with the rights that may be seen."""

    account: Account
    rights: list[RightRow]
    second_factor: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that is waiting."""

    invitation: Invitation
    rights: list[tuple[Any, Any]]
    until: dt.datetime


def rights(grants: Iterable[Grant], day: dt.date, names: Names) -> list[RightRow]:
    return [
        RightRow(
            one, words.ROLE[one.role], names.of(one.role, one.scope), _when(one, day),
            one.deputises.account if one.deputises else None,
        )
        for one in grants
    ]  # fmt: skip


def rows(accounts: Iterable[Account], day: dt.date) -> list[AccountRow]:
    """Accounts that were read with `queries.with_grants`."""
    names = Names()
    return [AccountRow(one, rights(one.shown, day, names), _has_factor(one)) for one in accounts]


def invitations(waiting: Iterable[Invitation], days: int) -> list[InvitationRow]:
    names = Names()
    return [
        InvitationRow(
            one,
            [(words.ROLE[right.role], names.of(right.role, right.scope)) for right in one.entitlements],
            one.made + dt.timedelta(days=days),
        )
        for one in waiting
    ]


def _when(grant: Grant, day: dt.date) -> When:
    if grant.until and grant.until <= day:
        return When.OVER
    return When.BEFORE if grant.since > day else When.HOLDS


def _has_factor(account: Account) -> bool:
    return any(one.type == Authenticator.Type.TOTP for one in account.authenticator_set.all())
