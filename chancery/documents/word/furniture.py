"""What stands around a text on each page, and the comments beside it."""

from collections.abc import Sequence

from .ink import Comment
from .markup import TEXT_WIDTH, cell, paragraph, table
from .paper import Paper
from .runs import Look, escaped

_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BETWEEN = '<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
_TAB = "<w:r><w:tab/></w:r>"


def _look(paper: Paper) -> Look:
    return Look(paper.columns[0].language, paper.columns[0].rtl)


def masthead(paper: Paper) -> str:
    """Of the first page. A symbol is read from left to right in every language."""
    look = _look(paper)
    left = paragraph("MastheadName", look.runs(paper.organisation), rtl=look.rtl)
    left += paragraph("Masthead", look.runs(paper.body), rtl=look.rtl)
    right = paragraph("MastheadSymbol", Look(look.language, rtl=False).runs(paper.symbol), rtl=look.rtl)
    for line in filter(None, (paper.date, paper.classification)):
        right += paragraph("MastheadEnd", look.runs(line), rtl=look.rtl)
    widths = [TEXT_WIDTH * 3 // 5, TEXT_WIDTH * 2 // 5]
    row = f"<w:tr>{cell(widths[0], left)}{cell(widths[1], right)}</w:tr>"
    return table("TableNormal", widths, row, rtl=look.rtl) + paragraph("MastheadRule", "")


def running_head(paper: Paper) -> str:
    look = _look(paper)
    symbol = Look(look.language, rtl=False).runs(paper.symbol)
    return paragraph("Header", symbol + _TAB + look.runs(paper.classification), rtl=look.rtl)


def footer(paper: Paper) -> str:
    look = _look(paper)
    pages = _FIELD.format("PAGE") + _BETWEEN + _FIELD.format("NUMPAGES")
    return paragraph("Footer", look.runs(paper.title) + _TAB + pages, rtl=look.rtl)


def comments(found: Sequence[Comment]) -> str:
    return "".join(_comment(id, one) for id, one in enumerate(found))


def _comment(id: int, one: Comment) -> str:
    lines = "".join(paragraph("CommentText", one.look.runs(line), rtl=one.look.rtl) for line in one.lines)
    initials = "".join(word[0] for word in one.author.split() if word[0].isalnum())[:4]
    return (
        f'<w:comment w:id="{id}" w:author="{escaped(one.author)}" w:date="{one.at}" w:initials="{escaped(initials)}">'
        f"{lines}</w:comment>"
    )
