"""The words of a paragraph in a language."""

from collections.abc import Collection, Mapping
from html import escape

from django.utils.translation import gettext_lazy

from ..queries.negotiation import Column
from ..rules.blocks import BlockKind
from ..rules.rolling import Rolled
from ..rules.translation import Freshness
from .brackets import Brackets
from .pieces import spoken_in

# gettext does not look into f-strings, so the words that stand in one are named here
UNTRANSLATED = gettext_lazy("Not translated yet.")
STALE = gettext_lazy("The original changed since this was translated.")


class Cells:
    """The cells of one column; `rolled` are its paragraphs with their brackets, where something is proposed. `behind`
    are those where something was agreed that is not translated yet."""

    def __init__(
        self, column: Column, rolled: Mapping[str, Rolled], brackets: Brackets, behind: Collection[str] = ()
    ) -> None:
        self.column, self.rolled, self.brackets, self.behind = column, rolled, brackets, behind
        self.attributes = spoken_in(column.language)

    def heading(self, block: str) -> str:
        return f"<h2 {self.attributes}>{self._words(block)}</h2>{self._alternatives(block)}"

    def cell(self, block: str) -> str:
        rendered, rolled, mark = self.column.texts.get(block), self.rolled.get(block), ""
        if rolled is None and (rendered is None or rendered.freshness is Freshness.MISSING):
            return f'<p class="para__t quiet">{UNTRANSLATED}</p>'
        if block in self.behind or (rendered and rendered.freshness is Freshness.STALE):
            mark = f'<small class="stale">{STALE}</small>'
        kind = rolled.block.kind if rolled else rendered.kind
        if kind is BlockKind.TABLE and not (rolled and any(part.options for part in rolled.parts)):
            words = rolled.block.text if rolled else rendered.text
            said = f'<div class="para__t tscroll" {self.attributes}>{_table(words)}{mark}</div>'
        else:
            said = f'<p class="para__t" {self.attributes}>{self._words(block)}{mark}</p>'
        alternatives = self._alternatives(block)
        return f'<div class="para__ts">{said}{alternatives}</div>' if alternatives else said

    def _words(self, block: str) -> str:
        rolled = self.rolled.get(block)
        return self.brackets.words(rolled) if rolled else escape(self.column.texts[block].text)

    def _alternatives(self, block: str) -> str:
        rolled = self.rolled.get(block)
        return self.brackets.alternatives(rolled, self.attributes) if rolled and rolled.alternatives else ""


def _table(lines: str) -> str:
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines.splitlines() if line.strip()]
    cells = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f'<table class="tbl">{"".join(cells)}</table>'
