"""Nobody signs up: somebody with the right to do so invites, and the invited chooses a password."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from chancery.core.asof import now
from chancery.journal.acts import recording, seal

from .. import letters, policy, queries, rules, scopes
from ..models import Account, Invitation
from ..policy import Person
from ..rules import AlreadyGranted, Entitlement, Right, Role
from .grants import give


class Issued(NamedTuple):
    """An invitation and its link, which is told once and not kept."""

    invitation: Invitation
    link: str


def invite(
    *, email: str, name: str, language: str, rights: Sequence[Entitlement], by: Person, letter: bool = True
) -> Issued:
    """Invites somebody to have an account with rights; the letter with the link goes to the outbox.

    It says nothing of whether the address has an account already: its holder then signs in and accepts.
    Raises `NotAllowed`, `SecondFactorMissing`, `NotToOneself`, `UnknownScope`, `PeriodTurned`,
    `AlreadyInvited`."""
    policy.require(by, "people.invite", [one.right for one in rights])
    email = email.strip().lower()
    if isinstance(by, Account) and by.email == email:
        raise rules.NotToOneself
    for one in rights:
        scopes.check(one.right.role, one.right.scope)
        rules.check_period(one.since, one.until)
    token = secrets.token_urlsafe(32)
    with recording():
        if any(_is_of(one, by) for one in queries.waiting_invitations(now()).filter(email=email)):
            raise rules.AlreadyInvited
        invitation = Invitation.objects.create(
            digest=queries.digest_of(token), email=email, name=name, language=letters.spoken(language),
            rights=[_kept(one) for one in rights], made=now(),
            made_by=by if isinstance(by, Account) else None,
        )  # fmt: skip
        link = letters.link("invitation", language, token)
        if letter:
            _write(invitation, link, by)
        seal(
            "people.invite", said={"invitation": invitation.ref, "rights": invitation.rights},
            public=False, **policy.signed(by),
        )  # fmt: skip
    return Issued(invitation, link)


def accept_invitation(*, token: str, password: str = "", by: Account | None = None) -> Account:
    """Makes the account of whoever holds the link, with its rights; or gives the rights to the account that
    is signed in, if it is that of the address. Exactly once.

    Raises `InvitationNotOpen`, `AnotherAddress`, `SignInFirst`, `ValidationError` for a weak password."""
    with recording():
        invitation = queries.open_invitation(queries.digest_of(token), now())
        if by and by.email != invitation.email:
            raise rules.AnotherAddress
        account = by or _new_account(invitation, password)
        for one in invitation.rights:
            _take_up(account, one, invitation.made_by)
        invitation.accepted, invitation.account = now(), account
        invitation.save(update_fields=["accepted", "account"])
        seal(
            "people.accept-invitation", said={"invitation": invitation.ref, "account": account.ref},
            public=False, **policy.signed(account),
        )  # fmt: skip
    policy.forget(account)
    return account


def withdraw_invitation(*, invitation: Invitation, by: Person) -> None:
    """Makes the link of an invitation useless. Raises `NotAllowed`, `SecondFactorMissing`,
    `InvitationNotOpen`."""
    policy.require(by, "people.withdraw-invitation", invitation.entitlements)
    with recording():
        held = queries.open_invitation(invitation.digest, now())
        held.withdrawn = now()
        held.save(update_fields=["withdrawn"])
        said = {"invitation": held.ref}
        seal("people.withdraw-invitation", said=said, public=False, **policy.signed(by))


def forget_invitations(*, by: Person) -> int:
    """Erases invitations that the charter's time of retention has passed, and seals how many. The clock's.
    Raises `NotAllowed`."""
    policy.require(by, "people.forget-invitations")
    with recording():
        gone = queries.old_invitations(now())
        count = gone.count()
        if count:
            gone.delete()
            said = {"invitations": count}
            seal("people.forget-invitations", said=said, public=False, **policy.signed(by))
    return count


def _is_of(invitation: Invitation, by: Person) -> bool:
    """Whether whoever invites may know of this invitation; else it must not be betrayed by a refusal."""
    return policy.may(by, "people.withdraw-invitation", invitation.entitlements)


def _kept(one: Entitlement) -> dict[str, str]:
    return {
        "role": str(one.right.role),
        "scope": one.right.scope,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else "",
    }


def _write(invitation: Invitation, link: str, by: Person) -> None:
    days = settings.CHARTER.retention["invitations"]
    letters.post(
        "invitation", to=invitation.email, language=invitation.language, personal=True,
        name=invitation.name, link=link, days=days, inviter=by.name if isinstance(by, Account) else "",
    )  # fmt: skip


def _new_account(invitation: Invitation, password: str) -> Account:
    if queries.has_account(invitation.email):
        raise rules.SignInFirst
    validate_password(password, Account(email=invitation.email, name=invitation.name))
    return Account.objects.create_user(
        invitation.email, password, name=invitation.name, language=invitation.language
    )


def _take_up(account: Account, one: dict[str, str], inviter: Account | None) -> None:
    """Gives one right of an invitation; one that is held already needs no second grant."""
    until = dt.date.fromisoformat(one["until"]) if one["until"] else None
    wanted = Entitlement(Right(Role(one["role"]), one["scope"]), dt.date.fromisoformat(one["since"]), until)
    try:
        give(account, wanted, inviter)
    except AlreadyGranted:
        return
