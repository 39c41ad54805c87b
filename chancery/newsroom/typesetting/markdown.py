"""Markdown to the small tree that the typesetter lays out.

The tree is plain data. A leaf is a string, so whatever was typed stays text: it is never read as Typst code.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chancery.core.typesetting.inline import CONTROLS, Inline, line

LINKS = ("http://", "https://", "mailto:")

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
# every link is read as one, so that a refused one leaves its words
_PARSER.validateLink = lambda address: True
Block = dict


def tree(markdown: str, language: str) -> list[Block]:
    """Blocks of a Markdown text: p, h, ul, ol, quote and table.

    Heading levels start at 1 and never skip one. Raw HTML comes out as the text that it is, a picture as its
    alternative text, a link to anything but the web or a mailbox as its words.
    """
    blocks = _Reader(_PARSER.parse(CONTROLS.sub("", markdown)), language).blocks()
    return _stepwise(blocks)


def _stepwise(blocks: list[Block]) -> list[Block]:
    """Heading levels without gaps, as tagged PDF demands."""
    open_levels: list[int] = []
    for block in blocks:
        if block["k"] != "h":
            continue
        while open_levels and open_levels[-1] >= block["level"]:
            open_levels.pop()
        open_levels.append(block["level"])
        block["level"] = len(open_levels)
    return blocks


class _Reader:
    """Walks the flat list of tokens once."""

    def __init__(self, tokens: list[Token], language: str):
        self.tokens = iter(tokens)
        self.language = language

    def blocks(self, until: str = "") -> list[Block]:
        found: list[Block] = []
        for token in self.tokens:
            if token.type == until:
                break
            found += self.block(token)
        return found

    def block(self, token: Token) -> list[Block]:
        match token.type:
            case "paragraph_open":
                return [{"k": "p", "c": self.inline_until("paragraph_close")}]
            case "heading_open":
                return [{"k": "h", "level": int(token.tag[1]), "c": self.inline_until("heading_close")}]
            case "bullet_list_open":
                return [{"k": "ul", "items": self.items("bullet_list_close")}]
            case "ordered_list_open":
                start = int(token.attrGet("start") or 1)
                return [{"k": "ol", "start": start, "items": self.items("ordered_list_close")}]
            case "blockquote_open":
                return [{"k": "quote", "c": self.blocks("blockquote_close")}]
            case "table_open":
                return [self.table()]
            case "fence" | "code_block":
                return [{"k": "p", "c": line(token.content.strip(), self.language)}]
        return []

    def items(self, until: str) -> list[list[Block]]:
        items = []
        for token in self.tokens:
            if token.type == until:
                break
            items.append(self.blocks("list_item_close"))
        return items

    def table(self) -> Block:
        rows: list[list[list[Inline]]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self.inline_until(token.type.replace("open", "close")))
        return {"k": "table", "head": rows[0], "rows": rows[1:]}

    def inline_until(self, until: str) -> list[Inline]:
        found: list[Inline] = []
        for token in self.tokens:
            if token.type == until:
                break
            found += self.inlines(iter(token.children or []))
        return found

    def inlines(self, tokens, until: str = "") -> list[Inline]:
        found: list[Inline] = []
        for token in tokens:
            if token.type == until:
                break
            match token.type:
                case "text" | "code_inline" | "html_inline" | "image":
                    found += line(token.content, self.language)
                case "softbreak":
                    found.append(" ")
                case "hardbreak":
                    found.append({"k": "br"})
                case "strong_open":
                    found.append({"k": "strong", "c": self.inlines(tokens, "strong_close")})
                case "em_open":
                    found.append({"k": "em", "c": self.inlines(tokens, "em_close")})
                case "link_open":
                    found += self.link(str(token.attrGet("href")), self.inlines(tokens, "link_close"))
        return found

    def link(self, address: str, words: list[Inline]) -> list[Inline]:
        if not address.lower().startswith(LINKS) or not words:
            return words
        return [{"k": "a", "href": address, "c": words}]
