"""The body of a Word file: a text, or two in rows beside each other."""

from collections.abc import Iterator, Sequence

from .ink import Ink
from .markup import END, LAST, TEXT_WIDTH, cell, row_properties, table
from .paper import Paper
from .placing import Placed
from .writing import Text


def written(paper: Paper) -> tuple[str, Ink]:
    """The markup of the body, and what the other parts of the file need of it."""
    ink = Ink(paper)
    texts = [Text(ink, column, plain=place == 0) for place, column in enumerate(paper.columns)]
    if len(texts) == 1:
        return "".join(texts[0].whole(one) for one in texts[0].placed) + LAST, ink
    return _parallel(texts) + LAST, ink


def _parallel(texts: Sequence[Text]) -> str:
    width = TEXT_WIDTH // 2
    heads = "".join(cell(width, one.head()) for one in texts)
    rows = f"<w:tr>{row_properties('', head=True)}{heads}</w:tr>{''.join(_rows(texts, width))}"
    return table("Parallel", [width, width], rows, rtl=texts[0].look.rtl)


def _rows(texts: Sequence[Text], width: int) -> Iterator[str]:
    for pair in _aligned([one.placed for one in texts]):
        hands = [text.whole_row(one) for text, one in zip(texts, pair, strict=True) if one]
        row = row_properties(hands[0] if len(hands) == len(texts) and all(hands) else "")
        inside = (
            cell(width, text.whole(one) + text.end(one) if one else END)
            for text, one in zip(texts, pair, strict=True)
        )
        yield f"<w:tr>{row}{''.join(inside)}</w:tr>"


def _aligned(texts: Sequence[Sequence[Placed]]) -> Iterator[list[Placed | None]]:
    """The same paragraph of each language in one row, in the order of the first; what only the other one has stands
    after what it follows there."""
    by_key = [{(it.rolled.block.id, it.rolled.place, it.rolled.proposal): it for it in text} for text in texts]
    order = list(by_key[0])
    for other in by_key[1:]:
        before = None
        for key in other:
            if key not in by_key[0]:
                order.insert(order.index(before) + 1 if before else 0, key)
            before = key
    for key in order:
        yield [one.get(key) for one in by_key]
