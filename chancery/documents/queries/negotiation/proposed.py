"""What is proposed on a text under negotiation, as far as a reader may see it: its rolling text."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from ...models import Document, Proposal
from ...rules import readings
from ...rules.blocks import Block
from ...rules.proposals import OPEN, ProposalKind, ProposalStatus
from ...rules.readings import Standing
from ...rules.rolling import RollingText, compiled
from ..amendments import LazyOrders, amendment, visible
from .reader import Reader
from .text import Versions


@dataclass(eq=False)
class Proposed:
    """The open proposals on a text and what was agreed on it, or on `only` one of its paragraphs; with the paragraphs
    that are proposed, since they say what the others are called."""

    document: Document
    versions: Versions
    reader: Reader
    only: str | None

    @cached_property
    def rows(self) -> dict[str, Proposal]:
        """By reference, in the order in which they were tabled."""
        stands = Q(status=ProposalStatus.AGREED, settled_on=self.versions.latest)
        rows = Proposal.objects.filter(
            Q(status__in=[one.value for one in OPEN]) | stands,
            visible(self.reader.party, all_of_them=self.reader.proposals), document=self.document,
        )  # fmt: skip
        if self.only is not None:
            near = Q(block=self.only) | Q(after=self.only) | Q(kind=ProposalKind.INSERT)
            near |= Q(status=ProposalStatus.AGREED, kind__in=[ProposalKind.DELETE, ProposalKind.MOVE])
            rows = rows.filter(near if self.only else Q(status=ProposalStatus.AGREED))
        return {one.ref: one for one in rows.order_by("number")}

    def ever(self, block: str) -> bool:
        """Whether a paragraph was ever proposed to whoever reads, whatever became of it."""
        known = visible(self.reader.party, all_of_them=self.reader.proposals)
        return Proposal.objects.filter(known, document=self.document, kind=ProposalKind.INSERT, block=block).exists()

    @cached_property
    def open(self) -> list[Proposal]:
        return [one for one in self.rows.values() if one.status != ProposalStatus.AGREED]

    @cached_property
    def agreed(self) -> list[Proposal]:
        """In the order of agreement."""
        rows = [one for one in self.rows.values() if one.status == ProposalStatus.AGREED]
        return sorted(rows, key=lambda one: (one.settled, one.number))

    @cached_property
    def by_block(self) -> dict[str, list[Proposal]]:
        """The open proposals about each paragraph; one that inserts a paragraph is about that."""
        found: dict[str, list[Proposal]] = defaultdict(list)
        for one in self.open:
            found[one.block].append(one)
        return found

    def behind(self, language: str) -> set[str]:
        """The paragraphs on which something was agreed that is not translated into a language yet."""
        return {row.block for row in self.agreed if amendment(row, language).pending}

    def standing(self, language: str, blocks: Sequence[Block]) -> Standing:
        """The words that stand, from those of the version in a language."""
        settled = [one for row in self.agreed if not (one := amendment(row, language)).pending]
        return readings.standing(blocks, settled, LazyOrders(self.document))

    def rolling(self, language: str, blocks: Sequence[Block], *, alone: bool = False) -> RollingText:
        """The text in a language with its brackets; `alone`, of the only paragraph without what stands around it."""
        rows = [row for row in self.open if row.block == self.only] if alone else self.open
        open_ones = [amendment(row, language) for row in rows]
        return compiled(self.standing(language, blocks), open_ones, LazyOrders(self.document))
