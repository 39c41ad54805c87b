"""Plain text and Markdown, read into pieces."""

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .pieces import Lost, NotUtf8, Piece, Role

_PARSER = MarkdownIt("commonmark").enable("table")
_BEGINS = re.compile(r"\s*(?:\d{1,3}[.)]|\(\w{1,4}\)|[^\W\d_]\)|[•–—*-])\s+\S")


def decoded(content: bytes) -> str:
    """UTF-8, with or without its mark. Raises `NotUtf8`, also for what is no text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8 from None
    if "\0" in text:
        raise NotUtf8
    return text


def text(content: bytes) -> list[Piece]:
    """Paragraphs are set apart by an empty line, or begin with a number or a sign of a list."""
    pieces: list[list[str]] = [[]]
    for line in decoded(content).splitlines():
        if not line.strip() or _BEGINS.match(line):
            pieces.append([])
        pieces[-1].append(line)
    return [Piece(" ".join(lines)) for lines in pieces if any(line.strip() for line in lines)]


# ----------------------------------------------------------------------------------------------------- Markdown
def markdown(content: bytes) -> list[Piece]:
    """CommonMark with tables."""
    return _Walk(_PARSER.parse(decoded(content))).pieces


class _Walk:
    """Through the tokens of a text: lists by their nesting, everything else one after another."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.pieces: list[Piece] = []
        self.lists: list[int | None] = []  # the next number of each open list; None where it has signs
        self.label = ""
        self.rows: list[list[str]] = []
        self.role = Role.PARAGRAPH
        self.lost: Counter[Lost] = Counter()
        for token in tokens:
            getattr(self, token.type, self._other)(token)

    def _other(self, token: Token) -> None:
        """What only frames, like a quotation, leaves its paragraphs as they are."""

    def ordered_list_open(self, token: Token) -> None:
        self.lists.append(int(token.attrs.get("start", 1)))

    def bullet_list_open(self, token: Token) -> None:
        self.lists.append(None)

    def ordered_list_close(self, token: Token) -> None:
        self.lists.pop()
        self.label = ""

    bullet_list_close = ordered_list_close

    def list_item_open(self, token: Token) -> None:
        number = self.lists[-1]
        self.label = "–" if number is None else f"{number}."
        if number is not None:
            self.lists[-1] = number + 1

    def heading_open(self, token: Token) -> None:
        self.role = Role.TITLE if token.tag == "h1" and not any(one.text for one in self.pieces) else Role.HEADING

    def heading_close(self, token: Token) -> None:
        self.role = Role.PARAGRAPH

    def table_open(self, token: Token) -> None:
        self.rows = []

    def tr_open(self, token: Token) -> None:
        self.rows.append([])

    def table_close(self, token: Token) -> None:
        self.pieces.append(Piece(table(self.rows), Role.TABLE, lost=self._lost()))
        self.rows = []

    def inline(self, token: Token) -> None:
        children = [one for one in token.children or () if one.type != "text" or one.content]
        words = "".join(self._words(one) for one in children)
        if self.rows:
            self.rows[-1].append(words)
            return
        depth = max(0, len(self.lists) - 1)
        first, last = (children[0].type, children[-1].type) if children else ("", "")
        numbered = self.label[:1].isdigit() and not depth
        piece = Piece(words, self.role, self.label, depth, numbered, lost=self._lost())
        piece.opens_italic = first == "em_open" and last != "em_close"
        piece.stands_out = first == "strong_open" and last == "strong_close"
        self.pieces.append(piece)
        self.label = ""

    def fence(self, token: Token) -> None:
        self.pieces += [Piece(line) for line in token.content.splitlines() if line.strip()]

    code_block = fence

    def html_block(self, token: Token) -> None:
        self.pieces.append(Piece("", lost=Counter({Lost.HTML: 1})))

    def _words(self, token: Token) -> str:
        if token.type in ("softbreak", "hardbreak"):
            return " "
        if token.type == "image":
            self.lost[Lost.PICTURE] += 1
        elif token.type == "html_inline":
            self.lost[Lost.HTML] += 1
        elif token.type == "link_open":
            self.lost[Lost.LINK] += 1
        return token.content if token.type in ("text", "code_inline") else ""

    def _lost(self) -> Counter[Lost]:
        lost, self.lost = self.lost, Counter()
        return lost


def table(rows: Sequence[Sequence[str]]) -> str:
    """As a block keeps a table: a line for each row, its cells divided by " | "."""
    return "\n".join(" | ".join(_cell(one) for one in row) for row in rows if any(one.strip() for one in row))


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("|", "¦")
