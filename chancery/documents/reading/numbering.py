"""How Word numbers paragraphs: lists, levels and counters (ECMA-376, part 1, 17.9)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from .package import W

DEEPEST = 9  # levels that a list of Word has
LONGEST_LABEL = 40  # characters of the pattern of a label
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS = {"Letter": "abcdefghijklmnopqrstuvwxyz", "russian": "абвгдежзиклмнопрстуфхцчшщэюя"}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written: its numbers, the text around them, and where they begin."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has been counted."""

    lists: dict[str, str] = field(default_factory=dict)  # the id that paragraphs name → the list that is counted
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, part: etree._Element | None) -> "Numbering":
        made = cls()
        if part is None:
            return made
        for one in part.iter(f"{W}abstractNum"):
            made.levels[one.get(f"{W}abstractNumId", "")] = {
                at: _level(level)
                for level in one.iter(f"{W}lvl")
                if (at := number(level.get(f"{W}ilvl"))) < DEEPEST
            }
        for one in part.iter(f"{W}num"):
            made._add(one)
        return made

    def _add(self, one: etree._Element) -> None:
        """A list of its own if it begins anew, else another name of the one that it is made from."""
        name, made_from = one.get(f"{W}numId", ""), value(one.find(f"{W}abstractNumId"))
        anew = {
            number(level.get(f"{W}ilvl")): number(value(level.find(f"{W}startOverride")), 1)
            for level in one.iter(f"{W}lvlOverride")
        }
        self.lists[name] = made_from
        if anew:
            self.lists[name] = f"{made_from} {name}"
            self.levels[self.lists[name]] = {
                at: Level(level.format, level.text, anew.get(at, level.start))
                for at, level in self.levels.get(made_from, {}).items()
            }

    def next(self, name: str, at: int) -> tuple[str, bool]:
        """The label of the next paragraph of a list at a level, and whether it is a number of the first level."""
        counted_as = self.lists.get(name, "")
        levels = self.levels.get(counted_as, {})
        level = levels.get(at)
        if level is None or level.format == "none":
            return "", False
        if level.format == "bullet":
            return "–", False
        counts = self.counted.setdefault(counted_as, {})
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        return self._label(levels, counts, level), at == 0 and level.format == "decimal"

    def _label(self, levels: dict[int, Level], counts: dict[int, int], level: Level) -> str:
        def written(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = levels.get(at, Level())
            return _written(counts.get(at, one.start), one.format)

        return re.sub(r"%(\d)", written, level.text).strip()


def _level(one: etree._Element) -> Level:
    return Level(
        value(one.find(f"{W}numFmt")) or "decimal",
        value(one.find(f"{W}lvlText"))[:LONGEST_LABEL],
        number(value(one.find(f"{W}start")), 1),
    )


def _written(count: int, format: str) -> str:
    """A number as a list writes it; in digits where the format is not known or the number is too high for it."""
    if format.endswith("Roman") and count < 4000:
        written = ""
        for worth, letters in _ROMAN:
            times, count = divmod(count, worth)
            written += letters * times
        return written.upper() if format == "upperRoman" else written
    letters = next((one for ending, one in _LETTERS.items() if ending in format), "")
    if not letters or not 0 < count <= 4 * len(letters):
        return str(count)
    times, place = divmod(count - 1, len(letters))
    written = letters[place] * (times + 1)
    return written.upper() if "pper" in format else written


def value(element: etree._Element | None) -> str:
    """What an element of one attribute says."""
    return element.get(f"{W}val", "") if element is not None else ""


def number(text: str | None, otherwise: int = 0) -> int:
    """A small number that a file states; else `otherwise`."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
