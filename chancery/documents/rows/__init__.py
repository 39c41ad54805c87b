"""How paragraphs under negotiation are shown. A text may have hundreds of them, each with the positions of every
delegation, so a paragraph is written here at once rather than by a template's nodes.

What somebody typed is escaped by `html.escape`, whose result is a plain string; what leaves this folder is marked."""

from .page import Row, Rows, Run

__all__ = ["Row", "Rows", "Run"]
