"""Proposals as the rules of the rolling text see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q

from ..models import Document, Proposal, Version
from ..rules.blocks import BlockKind
from ..rules.edits import Edit
from ..rules.proposals import WORDED, Amendment, ProposalKind, ProposalStatus


def amendment(row: Proposal, language: str) -> Amendment:
    """A proposal in a language."""
    kind = ProposalKind(row.kind)
    words = row.wordings.get(language) or {}
    return Amendment(
        row.ref, kind, row.block, tuple(row.parties.split()), row.after,
        BlockKind(row.block_kind) if row.block_kind else BlockKind.OPERATIVE,
        words.get("before", ""), words.get("text", ""), tuple(Edit(*one) for one in words.get("edits", ())),
        made_on=row.version_id, status=ProposalStatus(row.status), pending=kind in WORDED and not words,
    )  # fmt: skip


class LazyOrders(Mapping[str, Sequence[str]]):
    """The order of the paragraphs of each version, asked for only where a paragraph is not there any more."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known: dict[str, list[str]] | None = None

    def _all(self) -> dict[str, list[str]]:
        if self.known is None:
            rows = Version.objects.filter(document=self.document).values_list("ref", "blocks")
            placed = Proposal.objects.filter(document=self.document, kind=ProposalKind.INSERT).order_by("number")
            placed = list(placed.values_list("block", "after"))
            self.known = {ref: _with([one["id"] for one in blocks], placed) for ref, blocks in rows}
        return self.known

    def __getitem__(self, version: str) -> Sequence[str]:
        return self._all()[version]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _with(order: list[str], placed: Iterable[tuple[str, str]]) -> list[str]:
    """With the paragraphs that proposals inserted, whatever became of them: others may stand after them."""
    for block, after in placed:
        if block not in order and after in order:
            order.insert(order.index(after) + 1, block)
    return order


def visible(party: str, *, all_of_them: bool) -> Q:
    """The proposals that a reader sees: those of the own delegation always, what was agreed with the text."""
    if all_of_them:
        return Q()
    shown = Q(status=ProposalStatus.AGREED)
    return shown | Q(parties__regex=rf"(^| ){party}( |$)") if party else shown
