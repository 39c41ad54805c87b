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
        made_on=_position(row.version_id), status=ProposalStatus(row.status), pending=kind in WORDED and not words,
    )  # fmt: skip


def _position(version: str) -> int:
    """The position of a version, which its reference ends with (`pra-mc-7-doc-3.2`)."""
    return int(version.rpartition(".")[2])


class LazyOrders(Mapping[int, Sequence[str]]):
    """The order of the paragraphs of each version, asked for only where a paragraph is not there any more."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known: dict[int, list[str]] | None = None

    def _all(self) -> dict[int, list[str]]:
        if self.known is None:
            rows = Version.objects.filter(document=self.document).values_list("position", "blocks")
            placed = Proposal.objects.filter(document=self.document, kind=ProposalKind.INSERT).order_by("number")
            placed = list(placed.values_list("block", "after"))
            self.known = {position: _with([one["id"] for one in blocks], placed) for position, blocks in rows}
        return self.known

    def __getitem__(self, position: int) -> Sequence[str]:
        return self._all()[position]

    def __iter__(self) -> Iterator[int]:
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
