"""Paragraphs and tables as markup, their properties in the order that the schema wants."""

from collections.abc import Sequence

from .marks import BESIDE

TEXT_WIDTH = 9638  # twentieths of a point: 170 mm
GUTTER = 397  # 7 mm between two languages
HANGING, HANGING_BESIDE = 737, 624  # for the number: 13 mm, and 11 in two languages
END = f'<w:p><w:pPr><w:pStyle w:val="{BESIDE}"/></w:pPr></w:p>'
LAST = '<w:p><w:pPr><w:pStyle w:val="NumberedText"/></w:pPr></w:p>'


def paragraph(
    style: str, inside: str, *, rtl: bool = False, counted: int = 0, mark: str = "", hanging: int = 0
) -> str:  # fmt: skip
    """`counted` is the list that numbers it, `mark` the change that its end is part of; `hanging` leaves room for a
    number that is typed, in twentieths of a point."""
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{counted}"/></w:numPr>' if counted else ""
    end = f"<w:rPr>{mark}{'<w:rtl/>' if rtl else ''}</w:rPr>" if mark or rtl else ""
    bidi = "<w:bidi/>" if rtl else ""
    room = f'<w:ind w:left="{hanging}" w:hanging="{hanging}"/>' if hanging else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbered}{bidi}{room}{end}</w:pPr>{inside}</w:p>'


def table(style: str, widths: Sequence[int], rows: str, *, rtl: bool) -> str:
    visual = "<w:bidiVisual/>" if rtl else ""
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def row_properties(tracked: str, *, head: bool = False) -> str:
    """The schema wants something before the change that a row is part of."""
    before = "<w:tblHeader/>" if head else '<w:cantSplit w:val="off"/>' if tracked else ""
    return f"<w:trPr>{before}{tracked}</w:trPr>" if before else ""


def cell(width: int, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
