"""What acts ask about a text under negotiation, under the lock."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ... import guards
from ...models import Call, Document, Paragraph, Position, Version
from ...rules.positions import (
    CallKind,
    NoSounding,
    NotAskedFor,
    ParagraphClosed,
    ParagraphStatus,
    Stance,
    UnknownParagraph,
)
from ...rules.symbols import VersionKind
from .text import text_of


def latest(version: Version) -> Version:
    """The version itself with its document, if it is the one that is negotiated. Raises `NotAskedFor`, or what else
    forbids a change of the text."""
    versions = Version.objects.filter(document=version.document_id).select_related("document").defer("blocks")
    found = versions.order_by("-position").first()
    if found is None or found.pk != version.pk:
        raise NotAskedFor
    check_changeable(found.document)
    found.kept = version.__dict__.get("kept")  # its words never change, and are long to read under the lock
    return found


def check_changeable(document: Document) -> None:
    """Whether words of a text may still change: it was not withdrawn, and is neither frozen nor adopted."""
    if document.withdrawn:
        raise NotAskedFor
    guards.check(document, VersionKind.REVISION)


def check_open(
    version: Version, blocks: Sequence[str], *, whole: bool = True,
    closed: Iterable[ParagraphStatus] = (ParagraphStatus.AD_REFERENDUM, ParagraphStatus.AGREED),
) -> None:  # fmt: skip
    """Whether one may speak of these paragraphs (of the `whole` text, if empty) of the `latest` version. Raises
    `UnknownParagraph`, `ParagraphClosed`."""
    known = {*text_of(version).negotiated, *([""] if whole else [])}
    for block in blocks:
        if block not in known:
            raise UnknownParagraph(block=block)
    if Paragraph.objects.filter(document=version.document_id, block__in=blocks, status__in=list(closed)).exists():
        raise ParagraphClosed


def check_sounding(version: Version, blocks: Sequence[str], at: dt.datetime) -> None:
    """Whether the Chair sounds delegations on all of these paragraphs at an instant. Raises `NoSounding`."""
    running = Call.objects.filter(version=version, kind=CallKind.SOUNDING, closed=None, due__gt=at)
    asked = [one.paragraphs.split() for one in running]
    if not all(any(not named or block in named for named in asked) for block in blocks):
        raise NoSounding


def paragraph(document: Document, block: str) -> Paragraph | None:
    """Where a paragraph stands that a body spoke of."""
    return Paragraph.objects.filter(document=document, block=block).select_related("body").first()


def last_words(document: Document, blocks: Iterable[str]) -> dict[str, dict[str, Stance]]:
    """The last word of each party on paragraphs, but for what it said in soundings."""
    found: dict[str, dict[str, Stance]] = defaultdict(dict)
    rows = Position.objects.filter(document=document, block__in=list(blocks), sounding=False)
    for block, party, stance in rows.values_list("block", "party", "stance"):
        found[block][party] = Stance(stance)
    return found
