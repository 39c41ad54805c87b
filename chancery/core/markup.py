"""Markdown of the record as HTML that is safe on every page."""

from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

HIGHEST = 3  # a text most often stands under the h1 of its page and the h2 of its section
_SCHEMES = {"http", "https", "mailto"}
_TAGS = {
    "p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def render(markdown: str, *, highest: int = HIGHEST) -> SafeString:
    """CommonMark with tables. Raw HTML comes out as the text that it is, a picture as its alternative text, a
    link to anything but the web or a mailbox as its words; the highest heading used becomes one of the level
    `highest`, and no level is skipped below it."""
    tokens = _PARSER.parse(markdown)
    _step(tokens, highest)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return mark_safe(_cleaned(html).replace("<th></th>", "<td></td>"))  # a heading without words heads nothing


def _words_of_picture(self: Any, tokens: Sequence[Token], place: int, *rest: Any) -> str:
    return escape(tokens[place].content)


_PARSER.add_render_rule("image", _words_of_picture)


def _step(tokens: list[Token], highest: int) -> None:
    """Gives headings levels without gaps, from `highest` down."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(highest + len(above) - 1, 6)}"


def _cleaned(html: str) -> str:
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, url_relative="deny",
        link_rel="noopener noreferrer",
    )  # fmt: skip
