"""What pieces are in a text: title, preamble, operative part, annexes. By the usage of decisions and statements:
preambular paragraphs open with a participle (*Recalling*, «ссылаясь», «إذ تشير»), often in italics, and come before the
first numbered one; numbered paragraphs are operative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chancery.core.text import tidy
from chancery.documents.rules.blocks import LONGEST, MOST, Block, BlockKind, BlockTooLong, EmptyText, TooManyBlocks
from chancery.documents.rules.blocks import numbers as called

from . import remarks
from .pieces import Lost, Piece, Role
from .remarks import Remark, Severity

SHORT = 120  # characters of a line that may be a heading or lead over
_SYMBOL = re.compile(r"[A-Z][\w.\-]*(?:/[\w.\-()]+)+")
_ANNEX = re.compile(
    r"(?:Annex|Appendix|Attachment|Приложение|Дополнение|(?:ال)?(?:مرفق|ملحق))(?:\s+(?:[IVXLC]+|\w)|\s+№?\s*\d+)?\s*(?:[.:–—-].*)?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
_PART = re.compile(r"(\([^\W\d_]{1,4}\)|\(\d{1,2}\)|[^\W\d_]\)|(?:\d{1,3}\.){2,4}\d*|[•–—*-])\s+(?=\S)")
_LEADS_IN = (
    r"(?:also|further|deeply|gravely|fully|firmly|strongly|once again|вновь|также|далее|особо|глубоко|полностью|снова)\s+"
)
_PARTICIPLE = re.compile(
    rf"(?:{_LEADS_IN})*(?:"
    r"\w{3,}ing\b|having\b|guided\b|convinced\b|determined\b|mindful\b|conscious\b|aware\b|concerned\b|alarmed\b"
    r"|inspired\b|encouraged\b|resolved\b|committed\b|cognizant\b"
    r"|\w{2,}(?:ая|яя|уя|юя)(?:сь)?\b|\w+(?:ясь|ась|вшись)\b|исходя\b|сознавая\b|помня\b|принимая\b|имея\b|будучи\b"
    r"|стремясь\b|выразив\b|рассмотрев\b|заслушав\b|\w{3,}ив\b|обеспокоенн|убежд[её]нн|воодушевл[её]нн|преисполнен"
    r"|و?إذ\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was understood: its blocks, named `b1`, `b2`, … in their order, and what is said of them."""

    blocks: list[Block]
    notes: list[Remark]


def ordered(pieces: Sequence[Piece]) -> Reading:
    """The blocks that the pieces make, and the remarks. Raises `EmptyText`, `TooManyBlocks`, `BlockTooLong`."""
    whole, losses = _gathered([_labelled(one) for one in pieces])
    if not whole:
        raise EmptyText
    notes: list[Remark] = []
    whole = _titled(whole, notes)
    kinds = _kinds(whole)
    blocks = [Block(f"b{place}", kind, one.text) for place, (kind, one) in enumerate(zip(kinds, whole, strict=True), 1)]
    _check(blocks)
    places = {id(one): place for place, one in enumerate(whole, 1)}
    told = [(places.get(id(after), 0), kind, count) for after, kind, count in losses]
    return Reading(blocks, [*notes, *_numbers_that_differ(whole, blocks), *remarks.lost(told)])


def _check(blocks: Sequence[Block]) -> None:
    if len(blocks) > MOST:
        raise TooManyBlocks(found=len(blocks), limit=MOST)
    for one in blocks:
        if len(one.text) > LONGEST:
            raise BlockTooLong(start=one.text[:40], found=len(one.text), limit=LONGEST)


def _labelled(piece: Piece) -> Piece:
    """Tidied, with the number or sign that its text begins with apart; a heading keeps it in its words."""
    text = tidy(piece.text)
    if piece.role is Role.TABLE:
        return replace(piece, text=text)
    text = re.sub(r"[ \n]+", " ", text)
    if piece.role is not Role.PARAGRAPH:
        number = "" if piece.label == "–" else piece.label
        return replace(piece, text=f"{number} {text}".strip() if text else "", label="", numbered=False)
    if piece.label:
        return replace(piece, text=text)
    if found := _NUMBER.match(text):
        return replace(piece, text=text[found.end():], label=found[1], numbered=True)
    if found := _PART.match(text):
        label = "–" if found[1] in "•–—*-" else found[1]
        return replace(piece, text=text[found.end():], label=label, depth=int(label != "–"))
    return replace(piece, text=text)


def _gathered(pieces: Sequence[Piece]) -> tuple[list[Piece], list[tuple[Piece | None, Lost, int]]]:
    """Pieces with their parts, (a), (b) and the like, as lines of one text; and what was lost, with the piece in
    which, or after which, it was."""
    whole: list[Piece] = []
    losses: list[tuple[Piece | None, Lost, int]] = []
    for one in pieces:
        if one.text and _continues(one, whole):
            whole[-1].text += f"\n{one.label} {one.text}"
        elif one.text:
            if one.label and not one.numbered:
                one.text = f"{one.label} {one.text}"
            whole.append(one)
        losses += [(whole[-1] if whole else None, kind, count) for kind, count in one.lost.items()]
    return whole, losses


def _continues(piece: Piece, whole: Sequence[Piece]) -> bool:
    """A part goes on with the paragraph before it; a sign without depth only where that one announces a list."""
    if not piece.label or piece.numbered or not whole or whole[-1].role is not Role.PARAGRAPH:
        return False
    before = whole[-1].text
    return piece.depth > 0 or piece.label != "–" or before.endswith((":", "：")) or "\n" in before


# ------------------------------------------------------------------------------------------------------ the title
def _titled(whole: list[Piece], notes: list[Remark]) -> list[Piece]:
    """The title first: what the file calls so, else its first words. A symbol alone at the head is left out."""
    if len(whole) > 1 and _SYMBOL.fullmatch(whole[0].text):
        notes.append(Remark(Severity.LOST, remarks.SYMBOL_LEFT, values={"symbol": whole[0].text}))
        whole = whole[1:]
    at = next((place for place, one in enumerate(whole) if one.role is Role.TITLE), None)
    if at is None:
        notes.append(Remark(Severity.UNSURE, remarks.TITLE_GUESSED, 1))
        title = whole[0]
        title.text = " ".join(title.text.split())
        title.role = Role.TITLE
        return whole
    end = at + 1
    while end < len(whole) and whole[end].role is Role.TITLE:
        end += 1
    title = whole[at]
    title.text = " ".join(one.text for one in whole[at:end])
    if at:
        notes.append(Remark(Severity.UNSURE, remarks.BEFORE_TITLE, 2))
    return [title, *whole[:at], *whole[end:]]


# ------------------------------------------------------------------------------------------------------ the parts
def _kinds(whole: Sequence[Piece]) -> list[BlockKind]:
    """Part by part: each annex has a preamble and an operative part of its own."""
    begins = [0, *(place for place, one in enumerate(whole) if place and _is_annex(one)), len(whole)]
    kinds: list[BlockKind] = []
    for start, end in zip(begins, begins[1:], strict=False):
        part = whole[start:end]
        first = BlockKind.ANNEX if start else BlockKind.TITLE
        kinds += [first, *_kinds_of_part(part[1:])]
    return kinds


def _is_annex(piece: Piece) -> bool:
    short = piece.role is not Role.TABLE and len(piece.text) <= SHORT and not piece.numbered
    return short and bool(_ANNEX.fullmatch(piece.text)) and not piece.text.endswith((".", ";", ","))


def _kinds_of_part(part: Sequence[Piece]) -> list[BlockKind]:
    numbered = next((place for place, one in enumerate(part) if one.numbered), None)
    opening = len(part) if numbered is None else numbered
    kinds = [_kind(one, before=place < opening, numbers=numbered is not None) for place, one in enumerate(part)]
    preambular = BlockKind.PREAMBULAR in kinds
    for place, one in enumerate(part[:opening]):
        if preambular and kinds[place] is BlockKind.PARAGRAPH and _leads_over(one):
            kinds[place] = BlockKind.HEADING
    return kinds


def _kind(piece: Piece, *, before: bool, numbers: bool) -> BlockKind:
    """What a piece is, `before` the first numbered paragraph or after it, in a part that has `numbers` or none."""
    if piece.role is Role.TABLE:
        return BlockKind.TABLE
    ends = piece.text[-1]
    if piece.role is not Role.PARAGRAPH or (piece.stands_out and len(piece.text) <= SHORT and ends not in ".;,:"):
        return BlockKind.HEADING
    if piece.numbered:
        return BlockKind.OPERATIVE
    participle = bool(_PARTICIPLE.match(piece.text))
    if before and (participle and (piece.opens_italic or ends in ",،;؛") or piece.opens_italic and (numbers or ends in ",،")):
        return BlockKind.PREAMBULAR
    return BlockKind.OPERATIVE if piece.opens_italic else BlockKind.PARAGRAPH


def _leads_over(piece: Piece) -> bool:
    """“The Ministerial Council,” or “has agreed as follows:” is no paragraph on which one takes a position."""
    return len(piece.text) <= SHORT and "\n" not in piece.text and piece.text.endswith((",", "،", ":"))


def _numbers_that_differ(whole: Sequence[Piece], blocks: Sequence[Block]) -> list[Remark]:
    """The first paragraph whose number in the file is not the one that it has here."""
    numbers = called(blocks)
    for place, (piece, block) in enumerate(zip(whole, blocks, strict=True), 1):
        here = numbers.get(block.id, "")
        if piece.numbered and re.sub(r"\W", "", piece.label) != here.rpartition(".")[2]:
            return [Remark(Severity.UNSURE, remarks.NUMBERS_DIFFER, place, {"label": piece.label, "number": here})]
    return []
