"""Every route, walked as everybody: who sees it and who acts there is what routes.toml says, and nothing else.

A route that is not in the table fails, with the line to be added after it was thought about."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from chancery.people.models import Account
from tests.people.cast import CAST, client_of

from .parameters import PARAMETERS, SENT, World, made

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("policy")]
TABLE = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))
ROLES = ["public", *CAST]
GROUPS: dict[str, list[str]] = {"everybody": ROLES, "nobody": [], **TABLE["groups"]}


def routes(patterns: list | None = None) -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns)
        else:
            yield one


NAMES = sorted({route.name for route in routes() if route.name})


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Made once for all routes; whatever a request changes is taken back after it."""
    place = tmp_path_factory.mktemp("world")
    own = override_settings(KEY_FILE=place / "journal.key", MEDIA_ROOT=place)
    with django_db_blocker.unblock(), own, transaction.atomic():
        yield made()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cookies(world: World) -> dict[str, str]:
    """The session of each role."""
    return {role: _session(account) for role, account in world.cast.items()}


def _session(account: Account | None) -> str:
    return client_of(account).session.session_key or "" if account else ""


def test_every_route_has_a_name():
    unnamed = [str(route.pattern) for route in routes() if not route.name]
    assert not unnamed


def test_the_table_names_only_routes_and_groups_that_exist():
    assert sorted(set(TABLE["routes"]) - set(NAMES)) == []
    for name, told in TABLE["routes"].items():
        for who in told.values():
            assert isinstance(who, list) or who in GROUPS, f"{name}: no group {who}"
    assert all(set(members) <= set(ROLES) for members in GROUPS.values())


def test_the_matrix_is_not_hollow():
    """A route that nobody can reach proves nothing; the few that are so say why in the table."""
    closed = {name for name, told in TABLE["routes"].items() if not any(map(_members, told.values()))}
    assert closed == set(TABLE["unreached"])


def test_every_route_with_parameters_says_with_what_it_is_asked():
    asked = {route.name for route in routes() if route.pattern.regex.groups}
    assert sorted(asked - set(PARAMETERS)) == [], "add them to parameters.py"


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_and_who_acts(name: str, world: World, cookies: dict[str, str]):
    with translation.override("en"):
        address = reverse(name, kwargs=PARAMETERS[name](world) if name in PARAMETERS else None)
    shown = {role: _asked(address, cookies[role]) for role in ROLES}
    see = [role for role in ROLES if _seen(shown[role])]
    sent = {"sent": "yes", **SENT.get(name, {})}
    act = [role for role in ROLES if _acted(_asked(address, cookies[role], sent), shown[role])]
    line = f'{name} = {{ see = {_called(see)}, act = {_called(act)} }}'
    told = TABLE["routes"].get(name)
    assert told is not None, f"not in routes.toml; as it is now:\n{line}"
    assert (see, act) == (_members(told.get("see")), _members(told.get("act"))), f"as it is now:\n{line}"


def _asked(address: str, session: str, sent: dict[str, str] | None = None):
    client = Client(raise_request_exception=False)
    if session:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        answer = client.post(address, sent) if sent else client.get(address)
        if answer.streaming:
            list(answer.streaming_content)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{address} answers {answer.status_code}"
    return answer


def _leads_to_the_door(answer) -> bool:
    return "/account/sign-in/" in answer.headers.get("Location", "")


def _seen(answer) -> bool:
    return answer.status_code < 400 and not _leads_to_the_door(answer)


def _acted(answer, shown) -> bool:
    """Whether what was sent was taken, or refused only for what it said. A page that is merely shown, as it is
    to whoever asks for it, was not acted on."""
    taken = (301, 302, 303, 409, 422, *([200] if shown.status_code == 405 else []))
    return answer.status_code in taken and not _leads_to_the_door(answer)


def _members(who: str | list[str] | None) -> list[str]:
    if isinstance(who, list):
        return [role for role in ROLES if role in who]
    return [role for role in ROLES if role in GROUPS[who or "nobody"]]


def _called(roles: list[str]) -> str:
    """The group that has exactly these members, or their list."""
    for group in GROUPS:
        if _members(group) == roles:
            return f'"{group}"'
    return str(roles).replace("'", '"')
