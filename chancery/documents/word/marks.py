"""The marks by which a file is known again when it comes back, wherever it was edited: bookmarks for its paragraphs,
properties for itself, styles by their names, and the instant of each change."""

import datetime as dt
import hashlib
import re

from ..rules.blocks import BlockKind

PREFIX = "chancery_"  # of bookmarks and properties
LABEL_STYLE = "Number of a Proposal"  # the name of the style of labels that are typed, such as `3 alt`
BESIDE = "Beside"  # id and name of the style of paragraphs that hold a table apart, or end a cell; they say nothing
STYLES: dict[BlockKind, tuple[str, str]] = {
    BlockKind.TITLE: ("Title", "Title"),
    BlockKind.HEADING: ("Heading1", "heading 1"),
    BlockKind.ANNEX: ("Annex", "Annex"),
    BlockKind.PREAMBULAR: ("Preambular", "Preambular"),
    BlockKind.OPERATIVE: ("Operative", "Operative"),
    BlockKind.PARAGRAPH: ("NumberedText", "Numbered Text"),
    BlockKind.TABLE: ("TableText", "Table Text"),
}
"""Id and name of the style of each kind."""
KINDS = {name.casefold(): kind for kind, (_, name) in STYLES.items()}
_PLAIN = re.compile(r"[A-Za-z0-9]{1,20}")


def block_mark(block: str, language: str) -> str:
    """The bookmark of a paragraph of the text. Word allows 40 letters, digits and underscores."""
    return f"{PREFIX}{_safe(block)}_{_safe(language)}"


def proposal_mark(ref: str, language: str) -> str:
    """The bookmark of a paragraph that a proposal adds: inserted, moved there, or beside another."""
    return f"{PREFIX}p_{_safe(ref)}_{_safe(language)}"


def _safe(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else "x" + hashlib.sha256(name.encode()).hexdigest()[:14]


def stamp(at: dt.datetime) -> str:
    """An instant as Word writes it: UTC, whole seconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def whole_seconds(at: dt.datetime) -> dt.datetime:
    """As a file keeps it."""
    return at.replace(microsecond=0)


def instant(written: str) -> dt.datetime | None:
    """An instant that a file names; None where it names none."""
    try:
        found = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return whole_seconds(found if found.tzinfo else found.replace(tzinfo=dt.UTC))
