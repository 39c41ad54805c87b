"""Accounts themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from chancery.core.asof import default
from chancery.core.refusals import NotAllowed
from chancery.journal.acts import recording, seal

from .. import policy
from ..models import Account, Grant
from ..policy import Person
from ..rules import Entitlement, Right, Role
from .grants import give


def create_account(
    *, email: str, name: str, language: str = "", password: str, rights: Sequence[Entitlement], by: Person
) -> Account:
    """Makes an account with a password at once: for the first officer of an installation. Everybody else is
    invited. Raises `NotAllowed`, `ValidationError` for a weak password, `UnknownScope`, `PeriodTurned`."""
    policy.require(by, "people.create-account")
    validate_password(password, Account(email=email, name=name))
    with recording():
        account = Account.objects.create_user(email, password, name=name, language=language)
        for one in rights:
            give(account, one, by)
        seal("people.create-account", said=_told(account), public=False, **policy.signed(by))
    return account


def change_account(*, account: Account, name: str, language: str, zone: str, by: Person) -> Account:
    """Changes what a person has set for his or her own account. The entry says what was changed and not how:
    it cannot be erased, and a name can. Raises `NotAllowed`."""
    policy.require(by, "people.change-account", account.ref)
    wanted = {"name": name, "language": language, "zone": zone}
    with recording():
        changed = sorted(key for key, value in wanted.items() if getattr(account, key) != value)
        if changed:
            Account.objects.filter(pk=account.pk).update(**wanted)
            said = {"account": account.ref, "changed": changed}
            seal("people.change-account", said=said, public=False, **policy.signed(by))
    account.refresh_from_db()
    return account


def load_practice_accounts(*, entries: Sequence[Mapping[str, Any]], by: Person) -> int:
    """Makes the accounts with known secrets on which everybody may practise, and puts them back as they
    were written; returns how many had to be touched. Raises `NotAllowed` anywhere but in a practice
    installation."""
    policy.require(by, "people.create-account")
    if not settings.PRACTICE:
        raise NotAllowed
    with recording():
        touched = sum(_practice_account(entry, by) for entry in entries)
        if touched:
            said = {"accounts": touched}
            seal("people.load-practice-accounts", said=said, public=False, **policy.signed(by))
    return touched


def _practice_account(entry: Mapping[str, Any], by: Person) -> bool:
    account = Account.objects.filter(email=entry["email"].lower()).first()
    touched = account is None
    if account is None:
        account = Account.objects.create_user(entry["email"], entry["password"], name=entry["name"])
    elif not account.check_password(entry["password"]):
        account.set_password(entry["password"])
        account.save(update_fields=["password"])
        touched = True
    touched |= _practice_factor(account, entry.get("totp_secret", ""))
    for one in entry.get("grants", []):
        touched |= _practice_right(account, one, by)
    return touched


def _practice_factor(account: Account, secret: str) -> bool:
    """Sets the known second factor where another one, or none, is set; an entry without secret has none."""
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if (decrypt(kept.data["secret"]) if kept else "") == secret:
        return False
    Authenticator.objects.filter(user=account).delete()
    if secret:
        data = {"secret": encrypt(secret)}
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=data)
    return True


def _practice_right(account: Account, one: Mapping[str, Any], by: Person) -> bool:
    right = Right(Role(one["role"]), one.get("scope", ""))
    today = default().today
    if Grant.objects.filter(account=account, role=right.role, scope=right.scope).on(today).exists():
        return False
    give(account, Entitlement(right, one.get("since", today), one.get("until")), by)
    return True


def _told(account: Account) -> dict[str, Any]:
    rights = [f"{one.role} {one.scope}".strip() for one in account.grants.all()]
    return {"account": account.ref, "rights": rights}
