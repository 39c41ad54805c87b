"""The words of a paragraph in a language."""

from html import escape

from django.utils.translation import gettext_lazy

from ..queries.negotiation import Column
from ..rules.blocks import BlockKind
from ..rules.translation import Freshness
from .pieces import spoken_in

# gettext does not look into f-strings, so the words that stand in one are named here
UNTRANSLATED = gettext_lazy("Not translated yet.")
STALE = gettext_lazy("The original changed since this was translated.")


class Cells:
    """The cells of one column."""

    def __init__(self, column: Column) -> None:
        self.column, self.attributes = column, spoken_in(column.language)

    def heading(self, block: str) -> str:
        return f"<h2 {self.attributes}>{escape(self.column.texts[block].text)}</h2>"

    def cell(self, block: str) -> str:
        rendered, mark = self.column.texts[block], ""
        if rendered.freshness is Freshness.MISSING:
            return f'<p class="para__t quiet">{UNTRANSLATED}</p>'
        if rendered.freshness is Freshness.STALE:
            mark = f'<small class="stale">{STALE}</small>'
        if rendered.kind is BlockKind.TABLE:
            return f'<div class="para__t tscroll" {self.attributes}>{_table(rendered.text)}{mark}</div>'
        return f'<p class="para__t" {self.attributes}>{escape(rendered.text)}{mark}</p>'


def _table(lines: str) -> str:
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines.splitlines() if line.strip()]
    cells = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f'<table class="tbl">{"".join(cells)}</table>'
