import pytest
from django.core.cache import cache

from chancery.people import scopes
from chancery.people.rules import OF_A_PARTY, Role

from .cast import PARTIES, actor


@pytest.fixture(autouse=True)
def known_parties(monkeypatch):
    """The parties and bodies of the cast; the areas above are not asked."""
    every = {**scopes._every, **dict.fromkeys(OF_A_PARTY, lambda: PARTIES)}
    monkeypatch.setattr(scopes, "_every", {**every, Role.PRESIDENCY: lambda: {"mc": "Ministerial Council"}})


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Rate limits are counted in the cache; no test inherits another's attempts."""
    cache.clear()


@pytest.fixture
def protocol(db):
    return actor("protocol")


@pytest.fixture
def documents(db):
    return actor("documents")


@pytest.fixture
def administrator(db):
    return actor("administrator")


@pytest.fixture
def delegate(db):
    return actor("delegate")
