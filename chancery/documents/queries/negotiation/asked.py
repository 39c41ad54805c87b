"""What calls ask of a party."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ...models import Call
from ...rules.positions import CallKind, owed


@dataclass(frozen=True, slots=True)
class Due:
    """That a party is asked for its position: in a call, on paragraphs, or (none named) on the text as a whole."""

    call: Call
    blocks: tuple[str, ...]

    @property
    def sounding(self) -> bool:
        return self.call.kind == CallKind.SOUNDING


def dues(calls: Iterable[Call], open_: Sequence[str], spoken: Callable[[bool], Collection[str]]) -> list[Due]:
    """What calls ask of a party: `spoken(sounding)` gives the paragraphs on whose words it spoke, in soundings or
    openly."""
    found = [Due(one, owed(one.paragraphs.split(), open_, spoken(one.kind == CallKind.SOUNDING))) for one in calls]
    return [one for one in found if one.blocks]
