"""For what a role may be held. Areas above fill this upward: `scopes.add(every_party, *rules.OF_A_PARTY)`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from .rules import Role, Unit, UnknownScope

Every = Callable[[], Mapping[str, Any]]

UNITS = {
    Unit.PROTOCOL.value: _("Protocol"),
    Unit.DOCUMENTS.value: _("Documents"),
    Unit.PROGRAMME.value: _("Programme"),
    Unit.PRESS.value: _("Press"),
    Unit.FINANCE.value: _("Finance"),
}

_every: dict[Role, Every] = {
    Role.OFFICER: lambda: UNITS,
    Role.AUDITOR: lambda: {"": ""},
    Role.PRESIDENCY: lambda: {"": ""},
}


def add(every: Every, *roles: Role) -> None:
    """Says for what these roles may be held: `every()` gives the name of each reference, in one query at
    most."""
    for role in roles:
        _every[role] = every


def names(role: Role) -> Mapping[str, Any]:
    """Everything that a role may be held for, with its name; nothing where no area has said so.

    A presidency may also be held of the whole organisation, which has the empty reference."""
    every = _every.get(role)
    found = dict(every()) if every else {}
    return {"": "", **found} if role is Role.PRESIDENCY else found


def check(role: Role, scope: str) -> None:
    """Raises `UnknownScope` for something that a role cannot be held for."""
    if scope not in names(role):
        raise UnknownScope(scope=scope)


class Names:
    """The names of scopes on one page; each kind is asked for once."""

    def __init__(self) -> None:
        self._kept: dict[Every, Mapping[str, Any]] = {}

    def of(self, role: str, scope: str) -> Any:
        every = _every.get(Role(role))
        if every is None:
            return scope
        if every not in self._kept:
            self._kept[every] = every()
        return self._kept[every].get(scope, scope)
