"""A Word file as lines of words, each word with who inserted it and who struck it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from ..reading.numbering import value
from ..reading.package import RELATIONSHIP, Package, W
from ..reading.pieces import Lost
from ..reading.word import FRAMES, GRAPHICS, MATHS, NOTES, children, graphic
from .marks import LABEL_STYLE, PREFIX, instant

_INSERTED = {f"{W}ins": False, f"{W}moveTo": True}
_STRUCK = {f"{W}del": False, f"{W}moveFrom": True}
_OFF = ("0", "false", "off", "none")
CHANGES = tuple(f"{W}{one}" for one in ("ins", "del", "moveFrom", "moveTo"))
FORMATTING = tuple(
    f"{W}{one}" for one in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange")
)


class Stamp(NamedTuple):
    author: str
    at: dt.datetime | None


class Atom(NamedTuple):
    """Some words; `moved` if they were taken elsewhere, or come from there."""

    text: str
    inserted: Stamp | None = None
    struck: Stamp | None = None
    moved: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph of the file. Its end may be inserted, which divides a paragraph, or struck, which joins two; the
    `last` of a cell joins with none."""

    atoms: list[Atom] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    lost: Counter[Lost] = field(default_factory=Counter)
    style: str = ""
    inserted: Stamp | None = None
    struck: Stamp | None = None
    last: bool = False

    @property
    def base(self) -> str:
        """What stands without the tracked changes."""
        return "".join(one.text for one in self.atoms if not one.inserted)


@dataclass(slots=True)
class Row:
    cells: list[list[Line]]
    inserted: Stamp | None = None
    struck: Stamp | None = None


@dataclass(slots=True)
class Grid:
    """A table of the text."""

    rows: list[Row]

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for cell in row.cells for line in cell]

    @property
    def marks(self) -> list[str]:
        return [mark for line in self.lines for mark in line.marks]


Item = Line | Grid


@dataclass(slots=True)
class _State:
    inserted: Stamp | None = None
    struck: Stamp | None = None
    moved: bool = False


class Lines:
    """Reads the body of a file. `parallel` tells of a table whether it is two texts beside each other."""

    def __init__(self, package: Package, parallel: Callable[[etree._Element], bool]) -> None:
        self.package, self.parallel = package, parallel
        self.styles = _names(package.styles)
        self.waiting: list[str] = []  # bookmarks between paragraphs
        self.columns: dict[int, list[Item]] = {}

    def read(self) -> dict[int, list[Item]]:
        """The items of each column; what stands outside a parallel table is in the first one."""
        body = self.package.document.find(f"{W}body")
        if body is not None:
            for item in self._items(body, outermost=True):
                self.columns.setdefault(0, []).append(item)
        return self.columns

    def _items(self, element: etree._Element, *, outermost: bool = False) -> Iterator[Item]:
        for child in children(element):
            if child.tag == f"{W}p":
                yield self._line(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, outermost=outermost)
            elif child.tag == f"{W}bookmarkStart":
                self.waiting.append(child.get(f"{W}name", ""))
            elif child.tag in FRAMES or child.tag in CHANGES:
                yield from self._items(child, outermost=outermost)

    # ------------------------------------------------------------------------------------------ paragraphs
    def _line(self, element: etree._Element) -> Line:
        properties = element.find(f"{W}pPr")
        line = Line(marks=self.waiting)
        self.waiting = []
        if properties is not None:
            named = value(properties.find(f"{W}pStyle"))
            line.style = self.styles.get(named, named.casefold())
            mark = properties.find(f"{W}rPr")
            if mark is not None:
                line.inserted = _first(mark, _INSERTED)
                line.struck = _first(mark, _STRUCK)
        self._runs(element, line, _State())
        line.atoms = _without_label(line)
        return line

    def _runs(self, element: etree._Element, line: Line, state: _State) -> None:
        for child in children(element):
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, line, state)
            elif tag in _INSERTED:
                self._runs(child, line, _State(_stamp(child), state.struck, state.moved or _INSERTED[tag]))
            elif tag in _STRUCK:
                self._runs(child, line, _State(state.inserted, _stamp(child), state.moved or _STRUCK[tag]))
            elif tag == f"{W}bookmarkStart":
                line.marks.append(child.get(f"{W}name", ""))
            elif tag == f"{W}commentRangeStart":
                line.comments.append(child.get(f"{W}id", ""))
            elif tag == f"{W}hyperlink":
                if child.get(f"{RELATIONSHIP}id") in self.package.links:
                    line.lost[Lost.LINK] += 1
                self._runs(child, line, state)
            elif tag in FRAMES:
                self._runs(child, line, state)
            elif tag in (f"{MATHS}oMath", f"{MATHS}oMathPara"):
                line.lost[Lost.FORMULA] += 1
                said = "".join(one.text or "" for one in child.iter(f"{MATHS}t"))
                line.atoms.append(Atom(said, state.inserted, state.struck, state.moved))

    def _run(self, element: etree._Element, line: Line, state: _State) -> None:
        properties = element.find(f"{W}rPr")
        label = False
        if properties is not None:
            hidden = properties.find(f"{W}vanish")
            if hidden is not None and value(hidden) not in _OFF:
                line.lost[Lost.HIDDEN] += 1
                return
            label = self.styles.get(value(properties.find(f"{W}rStyle"))) == LABEL_STYLE.casefold()
        text = "".join(self._said(one, line) for one in children(element))
        if label:
            text = "\t" * text.count("\t")
        if text:
            line.atoms.append(Atom(text, state.inserted, state.struck, state.moved))

    def _said(self, element: etree._Element, line: Line) -> str:
        tag = element.tag
        if tag in (f"{W}t", f"{W}delText"):
            return (element.text or "").replace("\n", " ").replace("\r", " ")
        if tag in (f"{W}tab", f"{W}ptab"):
            return "\t"
        if tag in (f"{W}br", f"{W}cr"):
            return "" if element.get(f"{W}type") in ("page", "column") else "\n"
        if tag == f"{W}noBreakHyphen":
            return "\u2011"
        if tag == f"{W}softHyphen":
            return "\xad"
        if tag in GRAPHICS:
            line.lost[graphic(element)] += 1
        elif tag in NOTES:
            line.lost[Lost.FOOTNOTE] += 1
        elif tag == f"{W}sym":
            line.lost[Lost.SIGN] += 1
        elif tag == f"{W}commentReference":
            line.comments.append(element.get(f"{W}id", ""))
        return ""

    # ---------------------------------------------------------------------------------------------- tables
    def _table(self, element: etree._Element, *, outermost: bool) -> Iterator[Item]:
        if outermost and self.parallel(element):
            self._beside(element)
            return
        rows = [self._row(one) for one in _inside(element, f"{W}tr")]
        if len(rows) == 1 and len(rows[0].cells) == 1:  # a frame around paragraphs
            yield from rows[0].cells[0]
        else:
            yield Grid(rows)

    def _row(self, element: etree._Element) -> Row:
        properties = element.find(f"{W}trPr")
        cells = [list(self._within(one)) for one in _inside(element, f"{W}tc")]
        if properties is None:
            return Row(cells)
        return Row(cells, _first(properties, _INSERTED), _first(properties, _STRUCK))

    def _within(self, cell: etree._Element) -> Iterator[Line]:
        """The lines of a cell; a table within it is told, and written as plain lines."""
        for item in self._items(cell):
            if isinstance(item, Grid):
                lines = item.lines
                if lines:
                    lines[0].lost[Lost.NESTED_TABLE] += 1
                yield from lines
            else:
                yield item

    def _beside(self, element: etree._Element) -> None:
        for row in _inside(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}tblHeader") is not None:
                continue
            inserted = _first(properties, _INSERTED) if properties is not None else None
            struck = _first(properties, _STRUCK) if properties is not None else None
            for place, cell in enumerate(_inside(row, f"{W}tc")):
                items = list(self._items(cell))
                lines = [one for one in items if isinstance(one, Line)]
                if lines and lines[-1] is items[-1]:
                    lines[-1].last = True
                for line in lines:
                    line.inserted, line.struck = line.inserted or inserted, line.struck or struck
                self.columns.setdefault(place, []).extend(items)


def _stamp(element: etree._Element) -> Stamp:
    return Stamp(element.get(f"{W}author", "").strip(), instant(element.get(f"{W}date", "")))


def _first(properties: etree._Element, names: dict[str, bool]) -> Stamp | None:
    found = next((one for one in properties if one.tag in names), None)
    return None if found is None else _stamp(found)


def _names(part: etree._Element | None) -> dict[str, str]:
    found = part.iter(f"{W}style") if part is not None else ()
    return {one.get(f"{W}styleId", ""): value(one.find(f"{W}name")).casefold() for one in found}


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in FRAMES:
            yield from _inside(child, tag)


def _without_label(line: Line) -> list[Atom]:
    """Without what stands before the tab of a paragraph that a proposal added; other tabs are blanks."""
    at = next((place for place, one in enumerate(line.atoms) if "\t" in one.text), None)
    atoms = line.atoms
    if at is not None and any(mark.startswith(f"{PREFIX}p_") for mark in line.marks):
        rest = atoms[at].text.partition("\t")[2]
        atoms = [atoms[at]._replace(text=rest), *atoms[at + 1 :]]
    elif at is not None and not "".join(one.text for one in atoms[: at + 1]).partition("\t")[0].strip():
        atoms = [atoms[at]._replace(text=atoms[at].text.lstrip("\t")), *atoms[at + 1 :]]
    return [one._replace(text=one.text.replace("\t", " ")) for one in atoms if one.text]
