"""The kinds of event of which people are told. Areas add theirs in their `AppConfig.ready`."""

from dataclasses import dataclass
from typing import Any

from .rules import Mail


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event (`silence-opened`) and its name. A `legal` one starts or ends a right to be heard: its letter is
    posted at once, whatever somebody wishes. `mail` is when it is posted to who wished nothing."""

    event: str
    name: Any
    legal: bool = False
    mail: Mail = Mail.AT_ONCE


_kinds: dict[str, Kind] = {}


def add(event: str, name: Any, *, legal: bool = False, mail: Mail = Mail.AT_ONCE) -> None:
    """Adds a kind of event; one name stands for one kind."""
    _kinds[event] = Kind(event, name, legal, mail)


def kind(event: str) -> Kind:
    """A kind of event; one that no area named is called by its own name."""
    return _kinds.get(event) or Kind(event, event.replace("-", " "))


def all_kinds() -> list[Kind]:
    """All kinds, those with an effect in law first, as they were added."""
    return sorted(_kinds.values(), key=lambda one: not one.legal)
