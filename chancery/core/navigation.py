"""What pages of lower areas show of higher ones: navigation, panels, and the address of a subject.

Areas fill these registries upward, in their `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A place one can go to. `view` is the name of its address; `act` what one must be allowed to do there; `count`
    says how many things wait there for a person."""

    label: str | Promise
    view: str
    position: int
    act: str = ""
    args: tuple[Any, ...] = ()
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of another area's page: a template, and what it shows of the page's subject to whatever the page asks
    with: on a `day`, and where not all of it is public, for a `reader`."""

    template: str
    context: Callable[..., dict[str, Any] | None]
    position: int


public: list[Entry] = []
work: list[Entry] = []
foot: dict[str, list[Entry]] = {}
_panels: dict[str, list[Panel]] = {}
_addresses: dict[str, Callable[[str], str | None]] = {}


@lru_cache(maxsize=16_384)
def url(view: str, args: tuple[Any, ...], language: str) -> str:
    """The address of a page in the language of now; addresses never change, so each is worked out once."""
    return reverse(view, args=args)


def add_panel(page: str, panel: Panel) -> None:
    """Adds a panel to a page, named by its view."""
    _panels.setdefault(page, []).append(panel)
    _panels[page].sort(key=lambda one: one.position)


def panels(page: str, subject: Any, **asked: Any) -> list[tuple[str, dict[str, Any]]]:
    """The panels of a page that have something to show: (template, context)."""
    shown = ((panel.template, panel.context(subject, **asked)) for panel in _panels.get(page, ()))
    return [(template, context) for template, context in shown if context]


def add_address(table: str, address: Callable[[str], str | None]) -> None:
    """Says where a subject of a table (`parties:kz`) has its page."""
    _addresses[table] = address


def address(subject: str) -> str | None:
    """The page of a subject, if it has one."""
    table, _, ref = subject.partition(":")
    find = _addresses.get(table)
    return find(ref) if find else None


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.position)


def may(person: Any, act: str, subject: Any = None) -> bool:
    """Whether the one policy lets a person do an act; the policy introduces itself here when it is ready."""
    return _may(person, act, subject)


def _deny(person: Any, act: str, subject: Any) -> bool:
    return False


_may: Callable[[Any, str, Any], bool] = _deny


def ask(policy: Callable[[Any, str, Any], bool]) -> None:
    """The policy introduces itself."""
    global _may
    _may = policy


_hints: dict[str, Callable[..., Any]] = {}


def add_hint(name: str, find: Callable[..., Any]) -> None:
    """Lets a higher area answer a question of a lower one's page: `hint("chair", day)`."""
    _hints[name] = find


def hint(name: str, *asked: Any) -> Any:
    """The answer, or None where no area knows."""
    find = _hints.get(name)
    return find(*asked) if find else None
