"""What is asked of somebody: the one list that the desk is made of.

Areas below and beside the desk add what they know in their `AppConfig.ready`: `asks.add(provider)`, where
`provider(person, day)` gives the asks that are open to a person on a day.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chancery.core.text import LocalizedText


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done about it, a verb, and where. One that is done with a single click is a `post`."""

    label: Any
    url: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that waits for an answer: what kind of thing, by when, and at most two ways to answer.

    `at` is the instant of the deadline where it has one; `due` its day at the seat, None where none is set. `subject`
    (`silences:ref`) is what it is about. What leaves the house names a thing that is not `open` to the public by its
    `hint` (a symbol) alone."""

    kind: Any
    title: LocalizedText | str
    url: str
    due: dt.date | None = None
    at: dt.datetime | None = None
    about: Any = ""
    actions: tuple[Action, ...] = ()
    subject: str = ""
    open: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Asks that are equally near."""

    code: str
    asks: list[Ask]


Provider = Callable[[Any, dt.date], Iterable[Ask]]
_providers: list[Provider] = []
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)  # on its day, what has no hour comes last


def add(provider: Provider) -> None:
    """Adds what an area asks of people."""
    _providers.append(provider)


def of(person: Any, day: dt.date) -> list[Ask]:
    """Everything that is asked of a person on a day, by deadline; what has none comes last."""
    found = [ask for provider in _providers for ask in provider(person, day)]
    return sorted(found, key=lambda ask: (ask.due or dt.date.max, ask.at or _LAST, str(ask.title)))


def groups(found: Iterable[Ask], day: dt.date) -> list[Group]:
    """The asks that are late, due within seven days, and later."""
    made = [Group("late", []), Group("soon", []), Group("later", [])]
    for ask in found:
        near = ask.due is not None and ask.due <= day + dt.timedelta(days=6)
        late = ask.due is not None and ask.due < day
        made[0 if late else 1 if near else 2].asks.append(ask)
    return made
