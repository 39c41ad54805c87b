"""Rights are given for a period, and end by themselves."""

import datetime as dt
from typing import Any

from chancery.core.asof import default
from chancery.journal.acts import recording, seal

from .. import policy, queries, rules, scopes
from ..models import Account, Grant
from ..policy import Person
from ..rules import Entitlement, Held, Right, Role


def grant(
    *, account: Account, role: Role, scope: str, since: dt.date, until: dt.date | None = None, by: Person
) -> Grant:
    """Gives an account a role, from a day on and until the day before `until`.

    Raises `NotAllowed`, `SecondFactorMissing`, `NotToOneself`, `UnknownScope`, `PeriodTurned`,
    `AlreadyGranted`."""
    right = Right(role, scope)
    policy.require(by, "people.grant", right)
    not_to_oneself(account, by)
    with recording():
        made = give(account, Entitlement(right, since, until), by)
        seal("people.grant", said=told(made), public=False, **policy.signed(by))
    return made


def revoke(*, grant: Grant, until: dt.date | None = None, by: Person) -> Grant:
    """Ends a right on a day (today), and with it those of its deputies.

    Raises `NotAllowed`, `SecondFactorMissing`, `AlreadyEnded`, `NotInThePast`."""
    policy.require(by, "people.revoke", grant.right)
    today = default().today
    with recording():
        held = Grant.objects.get(pk=grant.pk)
        held.until = rules.last_day(held.entitlement, until or today, today)
        held.save(update_fields=["until"])
        seal("people.revoke", said=told(held), public=False, **policy.signed(by))
    policy.forget(held.account)
    return held


def deputise(
    *, grant: Grant, deputy: Account, since: dt.date, until: dt.date | None = None, by: Person
) -> Grant:
    """Lets a colleague stand in for the holder of a right for a time. It ends with the right, also early.

    Raises `NotAllowed`, `SecondFactorMissing`, `NotToOneself`, `NoColleague`, `DeputyOfDeputy`,
    `BeyondPrincipal`, `PeriodTurned`, `AlreadyGranted`."""
    policy.require(by, "people.deputise", Held(grant.right, grant.account.ref))
    not_to_oneself(deputy, by)
    with recording():
        principal = Grant.objects.get(pk=grant.pk)
        if not queries.colleagues(principal.account, default().today).filter(pk=deputy.pk).exists():
            raise rules.NoColleague
        rules.check_deputy(principal.entitlement, principal.deputises_id is not None, since, until)
        made = give(deputy, Entitlement(principal.right, since, until), by, deputises=principal)
        seal("people.deputise", said=told(made), public=False, **policy.signed(by))
    return made


def give(account: Account, wanted: Entitlement, by: Person, deputises: Grant | None = None) -> Grant:
    """Writes a grant, as part of an act. Raises `UnknownScope`, `PeriodTurned`, `AlreadyGranted`."""
    right = wanted.right
    scopes.check(right.role, right.scope)
    rules.check_period(wanted.since, wanted.until)
    held = Grant.objects.filter(account=account, role=right.role, scope=right.scope)
    rules.check_free(wanted, [one.entitlement for one in held], account.name)
    policy.forget(account)
    return Grant.objects.create(
        account=account, role=right.role, scope=right.scope, since=wanted.since, until=wanted.until,
        deputises=deputises, made_by=by if isinstance(by, Account) else None,
    )  # fmt: skip


def not_to_oneself(account: Account, by: Person) -> None:
    """Raises `NotToOneself`."""
    if isinstance(by, Account) and by.pk == account.pk:
        raise rules.NotToOneself


def told(grant: Grant) -> dict[str, Any]:
    """A grant as the private part of an entry tells it."""
    return {
        "grant": grant.ref,
        "holder": grant.account.ref,
        "role": str(grant.role),
        "scope": grant.scope,
        "since": grant.since.isoformat(),
        **({"until": grant.until.isoformat()} if grant.until else {}),
        **({"deputises": grant.deputises.ref} if grant.deputises else {}),
    }
