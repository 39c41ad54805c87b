"""What areas above say against dissolving a body: silence runs in it, a session is to come. Filled in their
`AppConfig.ready`."""

from collections.abc import Callable

from chancery.core.dates import Day

from .models import Body

Guard = Callable[[Body, Day], None]
_guards: list[Guard] = []


def add(guard: Guard) -> None:
    """Adds a guard: it raises a refusal where a body may not cease to exist on a day."""
    _guards.append(guard)


def check(body: Body, until: Day) -> None:
    """Whether a body may cease to exist on a day, the first without it. Raises what a guard refuses."""
    for guard in _guards:
        guard(body, until)
