"""What areas above say against changing a text: it is under silence, or adopted. Filled in their `AppConfig.ready`."""

from collections.abc import Callable

from .models import Document
from .rules.symbols import VersionKind

Guard = Callable[[Document, VersionKind], None]
_guards: list[Guard] = []


def add(guard: Guard) -> None:
    """Adds a guard: it raises a refusal where a document may not get a version of a kind now."""
    _guards.append(guard)


def check(document: Document, kind: VersionKind) -> None:
    """Whether a document may get another version. Raises what a guard refuses."""
    for guard in _guards:
        guard(document, kind)
