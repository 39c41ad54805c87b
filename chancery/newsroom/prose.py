"""Markdown of the news as HTML that is safe to show: no raw HTML, no pictures, no addresses but of the web.

The parser never passes HTML on; what it makes is cleaned once more, so that one mistake is not enough."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

_SCHEMES = {"http", "https", "mailto"}
_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "blockquote", "hr", "a", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
_DEEPEST = 6


def _image(self: RendererProtocol, tokens: list[Token], at: int, options: object, env: object) -> str:
    """A picture in a text is its words: pictures have places, alternative text and credits of their own."""
    return _escaped(tokens[at].content)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _image)
    return parser


_PARSER = _parser()


def html(markdown: str, *, top: int = 2) -> SafeString:
    """The text as HTML. Its highest headings are of the level `top`; none is skipped."""
    tokens = _PARSER.parse(markdown)
    _level(tokens, top)
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "tbl")
        elif token.type == "th_open":
            token.attrSet("scope", "col")
    made = _PARSER.renderer.render(tokens, _PARSER.options, {})
    cleaned = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes={"table": {"tbl"}}, url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )  # fmt: skip
    return mark_safe(cleaned)


def _level(tokens: list[Token], top: int) -> None:
    """Headings step down one level at a time, whatever the writer typed."""
    above: list[int] = []
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        if token.type == "heading_open":
            typed = int(token.tag[1])
            while above and above[-1] >= typed:
                above.pop()
            above.append(typed)
        token.tag = f"h{min(top + len(above) - 1, _DEEPEST)}"
