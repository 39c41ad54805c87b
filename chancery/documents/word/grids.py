"""Tables of a file, and what each author makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..rules.blocks import BETWEEN_CELLS
from .lines import Atom, Grid, Line, Row, Stamp
from .placing import cells

Visible = Callable[[Atom], bool]


def stands(atom: Atom) -> bool:
    return atom.inserted is None


def of_author(author: str) -> Visible:
    """What stands and what the author inserted, without what the author struck."""

    def visible(atom: Atom) -> bool:
        mine = atom.inserted is None or atom.inserted.author == author
        return mine and not (atom.struck is not None and atom.struck.author == author)

    return visible


def text(rows: Sequence[Row], visible: Visible) -> str:
    """As a block keeps a table. A sign between cells that stands within one is written otherwise."""
    lines = []
    for row in rows:
        said = ["".join(one.text for one in _atoms(cell) if visible(one)) for cell in row.cells]
        said = [BETWEEN_CELLS.sub("¦", " ".join(one.split())) for one in said]
        while len(said) > 1 and not said[-1]:
            said.pop()
        if any(said):
            lines.append(" | ".join(said))
    return "\n".join(lines)


def base(grid: Grid) -> str:
    return text([row for row in grid.rows if not row.inserted], stands)


def of(grid: Grid, author: str) -> str:
    """The table with the changes of an author."""
    rows = [
        row for row in grid.rows
        if (row.inserted is None or row.inserted.author == author)
        and not (row.struck is not None and row.struck.author == author)
    ]  # fmt: skip
    return text(rows, of_author(author))


def linear(grid: Grid, known: str) -> list[Atom] | None:
    """The words of a table one after another, as the text that is known has them; None where its cells are others."""
    rows = [row for row in grid.rows if not row.inserted]
    places = cells(known)
    if len(rows) != len(places):
        return None
    atoms: list[Atom] = []
    at = 0
    for row, bounds in zip(rows, places, strict=True):
        for place, cell in enumerate(row.cells):
            said = _atoms(cell)
            start, end = bounds[place] if place < len(bounds) else (at, at)
            if "".join(one.text for one in said if stands(one)) != known[start:end]:
                return None
            atoms += [Atom(known[at:start]), *said]
            at = end
        if len(row.cells) < len(bounds):
            return None
    return [one for one in [*atoms, Atom(known[at:])] if one.text]


def _atoms(cell: Sequence[Line]) -> list[Atom]:
    found: list[Atom] = []
    for line in cell:
        if found and line.atoms:
            found.append(Atom(" "))
        found += line.atoms
    return found


def owned(grid: Grid, stamp: Stamp) -> Grid:
    """A table that somebody inserted, as if it stood."""
    return Grid([
        replace(
            row, cells=[[own(line, stamp) for line in cell] for cell in row.cells],
            inserted=None if row.inserted == stamp else row.inserted,
        )
        for row in grid.rows
    ])  # fmt: skip


def own(line: Line, stamp: Stamp) -> Line:
    """A paragraph that somebody inserted, as if it stood."""
    atoms = [one._replace(inserted=None) if one.inserted == stamp else one for one in line.atoms]
    return replace(line, atoms=atoms, inserted=None if line.inserted == stamp else line.inserted)


def stamps(grid: Grid) -> list[Stamp]:
    found = [stamp for row in grid.rows for stamp in (row.inserted, row.struck) if stamp]
    return found + [stamp for line in grid.lines for stamp in of_line(line)]


def of_line(line: Line) -> list[Stamp]:
    found = [stamp for one in line.atoms for stamp in (one.inserted, one.struck) if stamp]
    return found + [stamp for stamp in (line.inserted, line.struck) if stamp]
