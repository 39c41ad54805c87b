"""The invented cast of the tests: a few states, an officer of each unit, delegates. Small on purpose; the whole
practice record is loaded only where a test needs it."""

import datetime as dt
import json

import pytest

from chancery.core.models import Source
from chancery.parties.models import Membership, Party, PartyName
from chancery.people.models import Account, Grant

STATES = {"xa": "Aldora", "xb": "Arvessa", "xm": "Jorvania", "xp": "Maravel"}
FOUNDED = dt.date(1999, 9, 14)


def state(ref: str, name: str, *, since: dt.date | None = FOUNDED, capacity: str = "member") -> Party:
    """A state with its short name in English, belonging from a day on (or not at all)."""
    party = Party.objects.create(ref=ref, kind="state", iso2=ref.upper()[:2], source="practice")
    PartyName.objects.create(
        ref=f"{ref}-en-short", party=party, language="en", form="short", text=name, status="confirmed",
        source="practice",
    )  # fmt: skip
    if since:
        Membership.objects.create(
            ref=f"{ref}-{capacity}", party=party, capacity=capacity, since=since, source="practice"
        )
    return party


def account(name: str, *grants: tuple[str, str], second_factor: bool = True) -> Account:
    """Somebody with grants that hold today: `account("Ann", ("officer", "protocol"))`."""
    made = Account.objects.create_user(email=f"{name.lower().replace(' ', '.')}@practice.example", name=name)
    for role, scope in grants:
        Grant.objects.create(account=made, role=role, scope=scope, since=dt.date(2020, 1, 1))
    if second_factor:
        from allauth.mfa.models import Authenticator

        Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return made


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(ref="practice", title="Practice material", quality="invented")


@pytest.fixture
def states(source) -> dict[str, Party]:
    """Four members."""
    return {ref: state(ref, name) for ref, name in STATES.items()}


@pytest.fixture
def protocol(db) -> Account:
    return account("Petra Protocol", ("officer", "protocol"))


@pytest.fixture
def programme(db) -> Account:
    return account("Pavel Programme", ("officer", "programme"))


@pytest.fixture
def documents(db) -> Account:
    return account("Dana Documents", ("officer", "documents"))


@pytest.fixture
def press(db) -> Account:
    return account("Piers Press", ("officer", "press"))


@pytest.fixture
def delegate(states) -> Account:
    return account("Dora Delegate", ("delegate", "xp"))


@pytest.fixture
def reader(db) -> Account:
    """An account without any grant."""
    return account("Rana Reader")


def decided(entry) -> dict:
    """What an entry tells the public."""
    return json.loads(entry.public) if entry.is_public else {}


def kept(entry) -> dict:
    """What a private entry keeps: what was done, and who did it. The public is told neither."""
    assert not entry.is_public
    return {**json.loads(entry.public), **json.loads(entry.private)}
