"""Word files, read into pieces. Tracked changes are read as if nobody had accepted them: insertions are not in the
text, deletions are, and both are told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from chancery.documents.rules.blocks import MOST, TooManyBlocks

from .numbering import Numbering, number, value
from .package import RELATIONSHIP, Package, W, opened
from .pieces import Lost, Piece, Role
from .plain import table

MOST_PIECES = 5 * MOST  # paragraphs of a file: some become one block, such as the parts of a paragraph
DEEPEST = 20  # styles that are based on one another; in a circle they never end
WIDEST = 60  # columns that a cell spans
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GRAPHIC_DATA = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_OFF = ("0", "false", "off", "none")
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
FRAMES = frozenset(f"{W}{one}" for one in ("sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo", "fldSimple"))
_BLANKS = frozenset(f"{W}{one}" for one in ("tab", "ptab", "br", "cr"))
GRAPHICS = frozenset(f"{W}{one}" for one in ("drawing", "pict", "object"))
NOTES = frozenset(f"{W}{one}" for one in ("footnoteReference", "endnoteReference"))


def pieces(content: bytes) -> list[Piece]:
    """The body of a Word file in its order. Raises what `package.opened` raises, and `TooManyBlocks`."""
    return _Reader(opened(content)).read()


@dataclass(slots=True)
class Style:
    """What a style says of its paragraphs or words, with what it takes from the one it is based on."""

    name: str = ""
    based_on: str = ""
    outline: str = ""
    list: str = ""
    level: int = 0
    italic: bool | None = None
    bold: bool | None = None


@dataclass(slots=True)
class Words:
    """What a paragraph says as it is read: its words, whether they are italic and bold, and what was lost."""

    runs: list[tuple[str, bool, bool]] = field(default_factory=list)
    lost: Counter[Lost] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        return "".join(text for text, _, _ in self.runs).strip()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = _styles(package.styles)
        self.numbering = Numbering.of(package.numbering)
        self.pieces: list[Piece] = []
        self.carried = Words()  # of a paragraph whose end is a tracked insertion: it belongs to the next one

    def read(self) -> list[Piece]:
        if self.package.outside:
            self._add(Piece("", lost=Counter({Lost.OUTSIDE: self.package.outside})))
        body = self.package.document.find(f"{W}body")
        if body is not None:
            self._body(body)
        self._flush()
        return self.pieces

    def _add(self, piece: Piece) -> None:
        if piece.text or piece.lost:
            self.pieces.append(piece)
        if len(self.pieces) > MOST_PIECES:
            raise TooManyBlocks(found=len(self.pieces), limit=MOST)

    def _body(self, element: etree._Element) -> None:
        for child in children(element):
            if child.tag == f"{W}p":
                self._add_paragraph(child)
            elif child.tag == f"{W}tbl":
                self._flush()
                self._add_table(child)
            elif child.tag == f"{W}altChunk":
                self._add(Piece("", lost=Counter({Lost.EMBEDDED: 1})))
            elif child.tag == f"{W}sectPr":
                self._add(Piece("", lost=_headers(child)))
            elif child.tag in FRAMES:
                self._body(child)

    # ------------------------------------------------------------------------------------------ paragraphs
    def _add_paragraph(self, element: etree._Element) -> None:
        found = Words(self.carried.runs, self.carried.lost)
        self.carried = Words()
        properties = element.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr") if properties is not None else None
        self._runs(element, found, self._style(properties))
        if mark is not None and any(mark.find(one) is not None for one in _INSERTED):
            self.carried = found
        else:
            self._add(self._piece(properties, found))
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._add(Piece("", lost=_headers(properties.find(f"{W}sectPr"))))

    def _flush(self) -> None:
        carried, self.carried = self.carried, Words()
        self._add(self._piece(None, carried))

    def _piece(self, properties: etree._Element | None, found: Words) -> Piece:
        style = self._style(properties)
        name = style.name.casefold()
        label, depth, first = self._label(properties, style)
        if name.startswith("toc "):
            return Piece("", lost=Counter({Lost.CONTENTS: 1}))
        said = [(italic, bold) for text, italic, bold in found.runs if text.strip()]
        piece = Piece(found.text, label=label, depth=depth, numbered=first, lost=found.lost)
        piece.opens_italic = bool(said) and said[0][0] and not all(italic for italic, _ in said)
        piece.stands_out = bool(said) and all(bold for _, bold in said)
        outline = value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
        if name == "title":
            piece.role = Role.TITLE
        elif name.startswith("heading") or name == "subtitle" or (outline or style.outline or "9") < "9":
            piece.role = Role.HEADING
        return piece

    def _label(self, properties: etree._Element | None, style: Style) -> tuple[str, int, bool]:
        """The label of a paragraph in a list, its depth there, and whether it is a number of the first level."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        name, level = style.list, style.level
        if own is not None:
            name = value(own.find(f"{W}numId")) or name
            level = number(value(own.find(f"{W}ilvl")), level)
        if not name or name == "0":
            return "", 0, False
        label, first = self.numbering.next(name, level)
        return label, level, first

    def _style(self, properties: etree._Element | None) -> Style:
        found = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        return self.styles.get(found, _NO_STYLE)

    # ------------------------------------------------------------------------------------------------ words
    def _runs(self, element: etree._Element, into: Words, style: Style) -> None:
        for child in children(element):
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, into, style)
            elif tag in _INSERTED:
                into.lost[Lost.INSERTION] += 1
            elif tag in _DELETED:
                into.lost[Lost.DELETION] += 1
                self._runs(child, into, style)
            elif tag == f"{W}hyperlink":
                if child.get(f"{RELATIONSHIP}id") in self.package.links:
                    into.lost[Lost.LINK] += 1
                self._runs(child, into, style)
            elif tag in FRAMES:
                self._runs(child, into, style)
            elif tag in (f"{MATHS}oMath", f"{MATHS}oMathPara"):
                into.lost[Lost.FORMULA] += 1
                into.runs.append(("".join(one.text or "" for one in child.iter(f"{MATHS}t")), False, False))

    def _run(self, element: etree._Element, into: Words, style: Style) -> None:
        properties = element.find(f"{W}rPr")
        if _switched(properties, "vanish"):
            into.lost[Lost.HIDDEN] += 1
            return
        named = value(properties.find(f"{W}rStyle")) if properties is not None else ""
        own = self.styles.get(named, _NO_STYLE)
        italic = _first(_switched(properties, "i"), own.italic, style.italic)
        bold = _first(_switched(properties, "b"), own.bold, style.bold)
        text = "".join(self._said(one, into.lost) for one in children(element))
        into.runs.append((text, italic, bold))

    def _said(self, element: etree._Element, lost: Counter[Lost]) -> str:
        tag = element.tag
        if tag in (f"{W}t", f"{W}delText"):
            return (element.text or "").replace("\n", " ").replace("\t", " ")
        if tag in _BLANKS:
            return " "
        if tag == f"{W}noBreakHyphen":
            return "\u2011"
        if tag in GRAPHICS:
            lost[graphic(element)] += 1
        elif tag in NOTES:
            lost[Lost.FOOTNOTE] += 1
        elif tag == f"{W}commentReference":
            lost[Lost.COMMENT] += 1
        elif tag == f"{W}sym":
            lost[Lost.SIGN] += 1
        elif tag == f"{W}instrText" and "HYPERLINK" in (element.text or "") and "\\l" not in (element.text or ""):
            lost[Lost.LINK] += 1
        return ""

    # ----------------------------------------------------------------------------------------------- tables
    def _add_table(self, element: etree._Element) -> None:
        lost: Counter[Lost] = Counter()
        rows = self._rows(element, lost)
        cells = list(_inside(element, f"{W}tr", f"{W}tc"))
        if len(cells) == 1:  # a frame around paragraphs
            self._body(cells[0])
        else:
            self._add(Piece(table(rows), Role.TABLE, lost=lost))

    def _rows(self, element: etree._Element, lost: Counter[Lost]) -> list[list[str]]:
        rows = []
        for row in _inside(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}ins") is not None:
                lost[Lost.INSERTION] += 1
                continue
            if properties is not None and properties.find(f"{W}del") is not None:
                lost[Lost.DELETION] += 1
            rows.append([text for cell in _inside(row, f"{W}tc") for text in self._cells(cell, lost)])
        return rows

    def _cells(self, cell: etree._Element, lost: Counter[Lost]) -> list[str]:
        """The text of a cell, and an empty one for each further column that it spans."""
        properties = cell.find(f"{W}tcPr")
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        span = number(value(properties.find(f"{W}gridSpan")), 1) if properties is not None else 1
        continued = merged is not None and value(merged) != "restart"
        text = "" if continued else " ".join(one for one in self._lines(cell, lost) if one)
        return [text, *[""] * (min(span, WIDEST) - 1)]

    def _lines(self, element: etree._Element, lost: Counter[Lost]) -> Iterator[str]:
        for child in children(element):
            if child.tag == f"{W}p":
                found, properties = Words(), child.find(f"{W}pPr")
                self._runs(child, found, self._style(properties))
                piece = self._piece(properties, found)
                lost.update(piece.lost)
                yield f"{piece.label} {piece.text}".strip() if piece.text else ""
            elif child.tag == f"{W}tbl":
                lost[Lost.NESTED_TABLE] += 1
                yield "; ".join(", ".join(one for one in row if one) for row in self._rows(child, lost))
            elif child.tag in FRAMES:
                yield from self._lines(child, lost)


_NO_STYLE = Style()


def _styles(part: etree._Element | None) -> dict[str, Style]:
    found = {one.get(f"{W}styleId", ""): _own(one) for one in part.iter(f"{W}style")} if part is not None else {}
    return {name: _with_inherited(found, style) for name, style in found.items()}


def _own(element: etree._Element) -> Style:
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    style = Style(value(element.find(f"{W}name")), value(element.find(f"{W}basedOn")))
    style.italic, style.bold = _switched(run, "i"), _switched(run, "b")
    if paragraph is not None:
        style.outline = value(paragraph.find(f"{W}outlineLvl"))
        style.list = value(paragraph.find(f"{W}numPr/{W}numId"))
        style.level = number(value(paragraph.find(f"{W}numPr/{W}ilvl")))
    return style


def _with_inherited(styles: dict[str, Style], style: Style) -> Style:
    """With what is not its own from the styles below it."""
    made = Style(style.name, "", style.outline, style.list, style.level, style.italic, style.bold)
    below = styles.get(style.based_on)
    for _ in range(DEEPEST):
        if below is None:
            break
        made.outline = made.outline or below.outline
        if not made.list:
            made.list, made.level = below.list, below.level
        made.italic = below.italic if made.italic is None else made.italic
        made.bold = below.bold if made.bold is None else made.bold
        below = styles.get(below.based_on)
    return made


def _switched(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a property is on or off; None where nothing is said of it."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else value(found) not in _OFF


def _first(*switches: bool | None) -> bool:
    return next((one for one in switches if one is not None), False)


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The children; of what is there in two forms, the newer one alone."""
    for child in element:
        if child.tag == f"{_CHOICE}AlternateContent":
            chosen = child.find(f"{_CHOICE}Choice")
            yield from chosen if chosen is not None else child.findall(f"{_CHOICE}Fallback/*")
        else:
            yield child


def _inside(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """The elements at the end of a path of tags, through frames, not those of tables within."""
    for child in element:
        if child.tag == path[0]:
            yield from _inside(child, *path[1:]) if path[1:] else (child,)
        elif child.tag in FRAMES:
            yield from _inside(child, *path)


def graphic(element: etree._Element) -> Lost:
    if next(element.iter(f"{W}txbxContent"), None) is not None:
        return Lost.TEXT_BOX
    kinds = [one.get("uri", "") for one in element.iter(_GRAPHIC_DATA)]
    embedded = element.tag == f"{W}object" or any("/chart" in one or "/diagram" in one for one in kinds)
    return Lost.EMBEDDED if embedded else Lost.PICTURE


def _headers(section: etree._Element) -> Counter[Lost]:
    return Counter(Lost.HEADER for one in section if one.tag in (f"{W}headerReference", f"{W}footerReference"))
