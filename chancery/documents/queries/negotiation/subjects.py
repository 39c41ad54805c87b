"""Under which names the journal and private notes know texts and their paragraphs."""

from collections.abc import Iterable

WHOLE = "whole"  # stands for the text as a whole where a paragraph is named


def subject(document: str, block: str = "") -> str:
    """A text (`documents:ref`) or a paragraph (`…#b5`)."""
    return f"documents:{document}#{block}" if block else f"documents:{document}"


def amending(document: str, block: str) -> str:
    """Under which name a delegation keeps the draft of a proposal on a paragraph."""
    return f"{subject(document, block)}/proposal"


def subjects(document: str, blocks: Iterable[str] = (), party: str = "") -> list[str]:
    """What an entry about paragraphs mentions: the text, each of them, and the party that spoke."""
    about = [subject(document), *(subject(document, block or WHOLE) for block in blocks)]
    return [*about, f"parties:{party}"] if party else about
