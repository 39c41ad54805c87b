"""A text under negotiation as one reader sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from chancery.core.asof import today
from chancery.core.refusals import Refusal
from chancery.parties.queries import Naming, naming
from chancery.people import policy

from ...models import Call, Document, Paragraph, PrivateNote, Version
from ...rules.blocks import numbers
from ...rules.positions import ParagraphStatus
from .. import access
from .asked import Due, dues
from .checks import check_changeable
from .columns import Languages
from .notes import private_notes
from .proposed import Proposed
from .reader import Reader, reader, sounded
from .said import Said
from .subjects import amending, subject
from .text import Text, Versions, circulated

_STATUS = {status.value: status for status in ParagraphStatus}


@dataclass(eq=False)
class Negotiation:
    """A text under negotiation as one reader sees it, or `only` one of its paragraphs. Each part is asked for once,
    and only where a page shows it."""

    document: Document
    versions: Versions
    reader: Reader
    person: Any
    only: str | None = None

    @property
    def version(self) -> Version:
        """The one that is negotiated: the latest."""
        return self.versions.latest

    @property
    def text(self) -> Text:
        return self.versions.text

    @cached_property
    def said(self) -> Said:
        return Said(self.document, self.versions, self.reader, self.only)

    @cached_property
    def proposed(self) -> Proposed:
        return Proposed(self.document, self.versions, self.reader, self.only)

    def has(self, block: str, *, ever: bool = False) -> bool:
        """Whether a paragraph is in the text, was agreed to be, or is proposed to whoever reads; or `ever` was."""
        if block in self.text.by_id or any(one.block == block for one in self.proposed.rows.values()):
            return True
        return ever and self.proposed.ever(block)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What each paragraph is called in the text as it stands; one that was agreed to be left out, as before."""
        if not self.proposed.agreed:
            return self.text.numbers
        return {**self.text.numbers, **numbers(self.proposed.standing(self.version.language, self.text.blocks).blocks)}

    @cached_property
    def languages(self) -> Languages:
        return Languages(self.versions, self.only)

    @cached_property
    def names(self) -> Naming:
        return naming(today(), short=True)

    @property
    def sounded(self) -> str:
        """The audience to which answers to soundings go."""
        return sounded(self.document)

    @cached_property
    def closed(self) -> Refusal | None:
        """What forbids changing the text now."""
        try:
            check_changeable(self.document)
        except Refusal as refusal:
            return refusal
        return None

    def anew(self) -> "Negotiation":
        """The same text as it is after an act: what was asked for before is asked for again."""
        return replace(self)

    # ------------------------------------------------------------------------------- where paragraphs stand
    @cached_property
    def paragraphs(self) -> dict[str, Paragraph]:
        rows = Paragraph.objects.filter(document=self.document).select_related("body")
        return {one.block: one for one in rows}

    def status(self, block: str) -> ParagraphStatus:
        found = self.paragraphs.get(block)
        return _STATUS[found.status] if found else ParagraphStatus.OPEN

    @cached_property
    def open(self) -> list[str]:
        return [block for block in self.text.negotiated if self.status(block) is ParagraphStatus.OPEN]

    @cached_property
    def holding(self) -> list[str]:
        """The paragraphs that hold the text back: whatever is not agreed for good."""
        return [block for block in self.text.negotiated if self.status(block) is not ParagraphStatus.AGREED]

    def awaited(self, block: str) -> list[str]:
        """The parties whose capital is to confirm a paragraph."""
        found = self.paragraphs.get(block)
        return found.awaiting.split() if found else []

    @cached_property
    def capitals(self) -> list[str]:
        """The paragraphs that wait for the reader's capital."""
        return [block for block in self.text.negotiated if self.reader.party in self.awaited(block)]

    # -------------------------------------------------------------------------------------- what is asked
    @cached_property
    def calls(self) -> list[Call]:
        """The calls that are open, the most urgent first."""
        return list(Call.objects.filter(version=self.version, closed=None).order_by("due", "ref"))

    @cached_property
    def unspoken(self) -> list[str]:
        """The open paragraphs on whose words the delegation has not spoken."""
        return [block for block in self.open if block not in self.said.spoken[False]]

    @cached_property
    def due(self) -> list[Due]:
        """What the reader's delegation is asked for, the most urgent first."""
        return dues(self.calls, self.open, self.said.spoken.__getitem__) if self.reader.member else []

    # ------------------------------------------------------------------------------------- private notes
    @cached_property
    def _notes(self) -> dict[tuple[str, bool], PrivateNote]:
        rows = private_notes(self.person, subject(self.document.ref), party=self.reader.party)
        return {(one.subject, one.draft): one for one in rows}

    def note(self, block: str) -> PrivateNote | None:
        """What the reader's own delegation keeps for itself about a paragraph."""
        return self._notes.get((subject(self.document.ref, block), False))

    def draft(self, block: str) -> PrivateNote | None:
        """The answer that it has drafted."""
        return self._notes.get((subject(self.document.ref, block), True))

    def amendment_draft(self, block: str) -> PrivateNote | None:
        """The words that it has drafted for a paragraph and not proposed yet."""
        return self._notes.get((amending(self.document.ref, block), True))


def negotiation(person: Any, ref: str, only: str | None = None) -> Negotiation | None:
    """A text under negotiation as a person sees it; None where there is none that the person may read."""
    latest = circulated(document=ref).select_related("document").first()
    if latest is None:
        return None
    document, belongs = latest.document, access.on(today())
    if not policy.may(person, "documents.read", access.audience(document, belongs)):
        return None
    return Negotiation(document, Versions(latest), reader(person, document, belongs), person, only)
