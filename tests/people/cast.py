"""The invented cast of the tests: who asks, from the public to an officer."""

import datetime as dt
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client

from chancery.people.models import Account, Grant
from chancery.people.rules import Role, Unit

PASSWORD = "a quiet lamp over the sea"
SECRET = "MOPYHETMEUXI365C4WPJ3I3YWLQXHXU6"
SINCE = dt.date(2020, 1, 1)

MINE, OTHER, OBSERVER = "xp", "xu", "qo"  # two members and an observer
PARTIES = {MINE: "Maravel", OTHER: "Rosmere", OBSERVER: "Orlend"}

CAST: dict[str, list[tuple[Role, str]]] = {
    "guest": [],
    **{unit.value: [(Role.OFFICER, unit.value)] for unit in Unit},
    "no-factor": [(Role.OFFICER, Unit.PROTOCOL.value), (Role.OFFICER, Unit.DOCUMENTS.value)],
    "focal-point": [(Role.FOCAL_POINT, MINE)],
    "delegate": [(Role.DELEGATE, MINE)],
    "other-delegate": [(Role.DELEGATE, OTHER)],
    "observer": [(Role.DELEGATE, OBSERVER)],
    "administrator": [(Role.ADMINISTRATOR, MINE)],
    "presidency": [(Role.PRESIDENCY, "")],
    "auditor": [(Role.AUDITOR, "")],
}
"""Everybody but the public. All have a second factor, but for `no-factor`."""


def person(name: str, *rights: tuple[Role, str], factor: bool = True, email: str = "") -> Account:
    """An account with rights that hold since long ago."""
    account = Account.objects.create_user(
        email or f"{name.lower().replace(' ', '.')}@example.org", PASSWORD, name=name, language="en"
    )
    Grant.objects.bulk_create(
        [Grant(account=account, role=role, scope=scope, since=SINCE) for role, scope in rights]
    )
    if factor:
        give_factor(account)
    return account


def actor(name: str) -> Account:
    """One of the cast."""
    return person(name, *CAST[name], factor=name != "no-factor")


def give_factor(account: Account, secret: str = SECRET) -> None:
    data = {"secret": encrypt(secret)}
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=data)


def code(secret: str = SECRET, steps: int = 0) -> str:
    """What the authenticator app shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def client_of(account: Account | None) -> Client:
    """A browser in which the account is signed in; fresh for the public."""
    client = Client()
    if account:
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
