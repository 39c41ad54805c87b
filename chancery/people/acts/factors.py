"""A second factor that was lost is restored by others."""

from allauth.mfa.models import Authenticator

from chancery.core.asof import default, now
from chancery.journal.acts import recording, seal

from .. import letters, policy, queries, rules, sessions
from ..models import Account, Restoration
from ..policy import Person


def restore_factor(*, account: Account, reason: str, by: Account) -> Restoration:
    """Asks that a lost second factor be taken away, so that its holder can set up a new one. The
    administrator of the one party that the account works for does it alone; an officer needs a second one
    to confirm.

    Raises `NotAllowed`, `SecondFactorMissing`, `NotForOneself`, `NothingToRestore`, `AlreadyAsked`."""
    rights = queries.rights_of(account, default().today)
    policy.require(by, "people.restore-factor", rights)
    _not_for_oneself(account, by)
    alone = policy.may(by, "people.restore-factor-alone", rights)
    with recording():
        if not policy.has_second_factor(account):
            raise rules.NothingToRestore
        if not alone and queries.waiting_restorations(now()).filter(account=account).exists():
            raise rules.AlreadyAsked
        asked = Restoration.objects.create(
            account=account, reason=reason, asked=now(), asked_by=by,
            **({"confirmed": now(), "party": next(iter(rights)).scope} if alone else {}),
        )  # fmt: skip
        if alone:
            _take_away(account)
        said = {"restoration": asked.ref, "account": account.ref, "reason": reason, "done": alone}
        seal("people.restore-factor", said=said, public=False, **policy.signed(by))
    return asked


def confirm_restoration(*, restoration: Restoration, by: Account) -> Restoration:
    """A second officer confirms: the second factor and all sessions of the account end, and it is told.

    Raises `NotAllowed`, `SecondFactorMissing`, `NotForOneself`, `AnotherOfficer`, `RestorationNotOpen`."""
    policy.require(by, "people.confirm-restoration")
    _not_for_oneself(restoration.account, by)
    if restoration.asked_by_id == by.pk:
        raise rules.AnotherOfficer
    with recording():
        held = queries.waiting_restorations(now()).filter(pk=restoration.pk).first()
        if held is None:
            raise rules.RestorationNotOpen
        held.confirmed, held.confirmed_by = now(), by
        held.save(update_fields=["confirmed", "confirmed_by"])
        _take_away(held.account)
        said = {"restoration": held.ref, "account": held.account.ref}
        seal("people.confirm-restoration", said=said, public=False, **policy.signed(by))
    return held


def _not_for_oneself(account: Account, by: Person) -> None:
    if isinstance(by, Account) and by.pk == account.pk:
        raise rules.NotForOneself


def _take_away(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()
    sessions.end_all(account)
    policy.forget(account)
    letters.post("factor-restored", to=account.email, language=account.language, name=account.name)
