"""What pieces are in a text: title, preamble, operative part, annexes. By the usage of decisions and statements:
preambular paragraphs open with a participle (*Recalling*, «ссылаясь», «إذ تشير»), often in italics, and come before the
first numbered one; numbered paragraphs are operative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chancery.core.text import tidy
from chancery.documents.rules.blocks import (
    LONGEST,
    MOST,
    Block,
    BlockKind,
    BlockTooLong,
    EmptyText,
    NoTitle,
    TooManyBlocks,
    numbers,
)  # fmt: skip

from . import remarks
from .pieces import Lost, Piece, Role
from .remarks import Remark, Severity

SHORT = 120  # characters of a line that may be a heading or lead over
_SYMBOL = re.compile(r"[A-Z][\w.\-]*(?:/[\w.\-()]+)+")
_ANNEX = re.compile(r"(?:annex|appendix|attachment|приложение|дополнение|(?:ال)?(?:مرفق|ملحق))\b", re.IGNORECASE)
_NUMBERED_ANNEX = re.compile(r"\w+(?:\s+(?:[IVXLC]+|№?\s*\w{1,3}|ال\w+))?\s*(?:[.:–—-].*)?", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
_PART = re.compile(r"(\([^\W\d_]{1,4}\)|\(\d{1,2}\)|[^\W\d_]\)|\d{1,3}(?:\.\d{1,3}){1,3}\.?|[•–—*-])\s+(?=\S)")
_ADVERB = (
    r"(?:also|further|deeply|gravely|fully|firmly|strongly|once again"
    r"|вновь|также|далее|особо|глубоко|полностью|снова)\s+"
)
_NO_PARTICIPLE = r"(?!(?:during|nothing|everything|something|including|pending|regarding|concerning)\b)"
_PARTICIPLE = re.compile(
    rf"(?:{_ADVERB})*{_NO_PARTICIPLE}(?:"
    r"\w{3,}ing\b|guided\b|convinced\b|determined\b|mindful\b|conscious\b|aware\b|concerned\b|alarmed\b"
    r"|inspired\b|encouraged\b|resolved\b|committed\b|cognizant\b"
    r"|\w{2,}(?:ая|яя|уя|юя)(?:сь)?\b|\w+(?:ясь|ась|вшись)\b|исходя\b|помня\b|имея\b|будучи\b"
    r"|стремясь\b|рассмотрев\b|заслушав\b|\w{3,}ив\b|обеспокоенн|убежд[её]нн|воодушевл[её]нн|преисполнен"
    r"|و?إذ\s)",
    re.IGNORECASE,
)
_REST_OF_WORD = re.compile(r"\w*")
_COMMA = (",", "،", ";", "؛")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was understood: its blocks, named `b1`, `b2`, … in their order, and what is said of them."""

    blocks: list[Block]
    notes: list[Remark]


def ordered(pieces: Sequence[Piece]) -> Reading:
    """The blocks that the pieces make, and the remarks. Raises `EmptyText`, `NoTitle`, `TooManyBlocks`,
    `BlockTooLong`."""
    whole, losses = _gathered([_labelled(one) for one in pieces])
    if not whole:
        raise EmptyText
    notes: list[Remark] = []
    whole = _titled(whole, notes)
    if len(whole) > MOST:
        raise TooManyBlocks(found=len(whole), limit=MOST)
    kinds = _kinds(whole)
    blocks = [Block(f"b{place}", kind, one.text) for place, (kind, one) in enumerate(zip(kinds, whole, strict=True), 1)]
    places = {id(one): place for place, one in enumerate(whole, 1)}
    told = [(places.get(id(after), 0), kind, count) for after, kind, count in losses]
    return Reading(blocks, [*notes, *_numbers_that_differ(whole, blocks), *remarks.lost(told)])


def opening(text: str) -> int:
    """How many characters the participle has with which a paragraph of a preamble opens; 0 where it has none."""
    found = _PARTICIPLE.match(text)
    return len(_REST_OF_WORD.match(text, found.end())[0]) + found.end() if found else 0  # type: ignore[index]


def _check_size(one: Piece) -> None:
    if len(one.text) > LONGEST:
        raise BlockTooLong(start=one.text[:40], found=len(one.text), limit=LONGEST)


def _labelled(piece: Piece) -> Piece:
    """Tidied, with the number or sign that its text begins with apart; a heading keeps it in its words."""
    text = tidy(piece.text)
    if piece.role is Role.TABLE:
        return replace(piece, text=text)
    text = re.sub(r"[ \n]+", " ", text)
    if piece.role is not Role.PARAGRAPH or _is_set_apart(piece, text):
        number = "" if piece.label == "–" else piece.label
        text = f"{number} {text}".strip() if text else ""
        role = piece.role if piece.role is Role.TITLE else Role.HEADING
        return replace(piece, text=text, role=role, label="", numbered=False)
    if piece.label:
        return replace(piece, text=text)
    if found := _NUMBER.match(text):
        return replace(piece, text=text[found.end():], label=found[1], numbered=True)
    if found := _PART.match(text):
        label = "–" if found[1] in "•–—*-" else found[1]
        return replace(piece, text=text[found.end():], label=label, depth=int(label != "–"))
    return replace(piece, text=text)


def _is_set_apart(piece: Piece, text: str) -> bool:
    """A short line all in bold is a heading, whatever the file calls it."""
    return piece.stands_out and len(text) <= SHORT and not text.endswith((".", ":", *_COMMA))


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
        if whole:
            _check_size(whole[-1])
        losses += [(whole[-1] if whole else None, kind, count) for kind, count in one.lost.items()]
    return whole, losses


def _continues(piece: Piece, whole: Sequence[Piece]) -> bool:
    """A part goes on with the paragraph before it; a sign without depth only where that one announces a list."""
    if not piece.label or piece.numbered or not whole or whole[-1].role is not Role.PARAGRAPH:
        return False
    before = whole[-1].text
    if piece.depth == 0 and piece.label == "–":
        return before.endswith((":", "：")) or "\n" in before
    return piece.depth > 0 or piece.label[0] == "(" or piece.label[-1] == ")" or piece.label[0].islower()


# ------------------------------------------------------------------------------------------------------ the title
def _titled(whole: list[Piece], notes: list[Remark]) -> list[Piece]:
    """The title first: what the file calls so, else its first words. A symbol alone at the head is left out."""
    if len(whole) > 1 and _SYMBOL.fullmatch(whole[0].text):
        notes.append(Remark(Severity.LOST, remarks.SYMBOL_LEFT, values={"symbol": whole[0].text}))
        whole = whole[1:]
    named = [place for place, one in enumerate(whole) if one.role is Role.TITLE]
    at = named[0] if named else next((place for place, one in enumerate(whole) if one.role is not Role.TABLE), None)
    if at is None:
        raise NoTitle
    end = at + 1
    while named and end < len(whole) and whole[end].role is Role.TITLE:
        end += 1
    title = whole[at]
    title.text = " ".join(" ".join([one.label, *one.text.split()]).strip() for one in whole[at:end])
    title.role, title.label, title.numbered = Role.TITLE, "", False
    _check_size(title)
    if not named:
        notes.append(Remark(Severity.UNSURE, remarks.TITLE_GUESSED, 1))
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
    """`Annex II`, `Приложение № 1`; with more words only where the file sets them apart."""
    if piece.role is Role.TABLE or piece.numbered or len(piece.text) > SHORT or not _ANNEX.match(piece.text):
        return False
    return piece.role is Role.HEADING or bool(_NUMBERED_ANNEX.fullmatch(piece.text))


def _kinds_of_part(part: Sequence[Piece]) -> list[BlockKind]:
    numbered = next((place for place, one in enumerate(part) if one.numbered), None)
    opening = len(part) if numbered is None else numbered
    kinds = [_kind(one, before=place < opening, numbers=numbered is not None) for place, one in enumerate(part)]
    preamble = [place for place, kind in enumerate(kinds) if kind is BlockKind.PREAMBULAR]
    for place in range(min(opening, preamble[-1] + 2) if preamble else 0):
        if kinds[place] is BlockKind.PARAGRAPH and _leads_over(part[place]):
            kinds[place] = BlockKind.HEADING
    return kinds


def _kind(piece: Piece, *, before: bool, numbers: bool) -> BlockKind:
    """What a piece is, `before` the first numbered paragraph or after it, in a part that has `numbers` or none."""
    if piece.role is not Role.PARAGRAPH:
        return BlockKind.TABLE if piece.role is Role.TABLE else BlockKind.HEADING
    if piece.numbered:
        return BlockKind.OPERATIVE
    goes_on = piece.text.endswith(_COMMA)
    participle = bool(_PARTICIPLE.match(piece.text)) and (piece.opens_italic or goes_on)
    if before and (participle or (piece.opens_italic and (numbers or piece.text[-1] in ",،"))):
        return BlockKind.PREAMBULAR
    return BlockKind.OPERATIVE if piece.opens_italic else BlockKind.PARAGRAPH


def _leads_over(piece: Piece) -> bool:
    """“The Ministerial Council,” or “has agreed as follows:” is no paragraph on which one takes a position."""
    return len(piece.text) <= SHORT and "\n" not in piece.text and piece.text.endswith((",", "،", ":"))


def _numbers_that_differ(whole: Sequence[Piece], blocks: Sequence[Block]) -> list[Remark]:
    """The first paragraph whose number in the file is not the one that it has here."""
    numbered = numbers(blocks)
    for place, (piece, block) in enumerate(zip(whole, blocks, strict=True), 1):
        here = numbered.get(block.id, "")
        if piece.numbered and re.sub(r"\W", "", piece.label) != here.rpartition(".")[2]:
            return [Remark(Severity.UNSURE, remarks.NUMBERS_DIFFER, place, {"label": piece.label, "number": here})]
    return []
