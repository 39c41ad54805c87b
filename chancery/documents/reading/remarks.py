"""What is said beside a text that was read: what was left out, and what is to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from chancery.core.refusals import sentence

from .pieces import Lost


class Severity(StrEnum):
    LOST = "lost"  # something of the file is not in the text
    UNSURE = "unsure"  # it was understood in one way, and may be meant in another


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a text that was read. `place` is the position of the paragraph, from 1; 0 is the whole file."""

    severity: Severity
    sentence: str
    place: int = 0
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """In the language of the page."""
        from django.utils.translation import gettext

        return gettext(self.sentence).format(**self.values)


TITLE_GUESSED = sentence("The first words were taken for the title.")
BEFORE_TITLE = sentence("What stood before the title follows it.")
SYMBOL_LEFT = sentence("The symbol {symbol} at the head was left out: the register gives symbols.")
NUMBERS_DIFFER = sentence("“{label}” in the file is {number} here. Look at the numbers.")
LOST = {
    Lost.INSERTION: sentence("Tracked changes were not accepted: insertions left out: {count}."),
    Lost.DELETION: sentence("Tracked changes were not accepted: deletions kept in the text: {count}."),
    Lost.COMMENT: sentence("Comments left out: {count}."),
    Lost.FOOTNOTE: sentence("Footnotes left out: {count}. Put into the text what delegations are to agree on."),
    Lost.PICTURE: sentence("Pictures left out: {count}. Enclose them as files."),
    Lost.TEXT_BOX: sentence("Text boxes left out with their words: {count}."),
    Lost.EMBEDDED: sentence("Embedded objects left out (charts, sheets, other files): {count}."),
    Lost.NESTED_TABLE: sentence("Tables within tables written as plain words: {count}."),
    Lost.LINK: sentence("Links whose words are kept and whose addresses are not: {count}."),
    Lost.OUTSIDE: sentence("The file refers to other files, which were not opened: {count}."),
    Lost.HEADER: sentence("Headers and footers were left out."),
    Lost.CONTENTS: sentence("The table of contents was left out."),
    Lost.HIDDEN: sentence("Hidden words left out: {count}."),
    Lost.SIGN: sentence("Signs of a font of symbols left out: {count}."),
    Lost.FORMULA: sentence("Formulas written in one line: {count}."),
    Lost.HTML: sentence("HTML tags left out: {count}."),
}
_UNSURE = frozenset({Lost.DELETION, Lost.NESTED_TABLE, Lost.FORMULA})


def lost(found: Sequence[tuple[int, Lost, int]]) -> list[Remark]:
    """One remark for each kind of loss, at its first place, with the sum of (place, kind, count)."""
    remarks = []
    for kind in Lost:
        places = [(place, count) for place, one, count in found if one is kind]
        if places:
            severity = Severity.UNSURE if kind in _UNSURE else Severity.LOST
            values = {"count": sum(count for _, count in places)}
            remarks.append(Remark(severity, LOST[kind], min(place for place, _ in places), values))
    return remarks
