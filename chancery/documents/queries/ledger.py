"""The ledger of a text under negotiation, as far as its reader may see it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q

from chancery.bodies.models import Body
from chancery.core.asof import today
from chancery.parties.queries import Naming, naming

from ..models import Position, Proposal, Version
from ..rules import ledger as rules
from ..rules.blocks import Block
from ..rules.ledger import Line
from ..rules.positions import ParagraphStatus, Stance
from ..rules.proposals import OPEN, WORDED, Amendment, Fit, ProposalKind, ProposalStatus
from ..rules.readings import Standing
from ..rules.rolling import Place, compiled
from ..rules.symbols import VersionKind, suffix
from . import access, proposals
from .amendments import LazyOrders, amendment, visible
from .negotiation import Negotiation
from .negotiation.reader import visible as visible_positions

_KIND = {one.value: one for one in ProposalKind}
_STATUS = {one.value: one for one in ProposalStatus}
_COLUMNS = (
    "ref", "number", "kind", "block", "parties", "supporters", "status", "body", "version__position", "at",
    "settled_on__position",
    "settled", "after", "language",
)  # fmt: skip


class Paragraph(NamedTuple):
    """A paragraph about which there are proposals, or that is open. `number` is empty where it has none, `block` None
    where the text does not have it; `proposed` says that only a proposal would add it."""

    id: str
    number: str
    block: Block | None
    proposed: bool = False


class Objection(NamedTuple):
    """That members object to a paragraph (to the text as a whole, if `block` is empty)."""

    block: str
    parties: list[str]


@dataclass(eq=False)
class Ledger:
    """What is open on a text and with whom. Each part is asked for once; the words of proposals only where they decide
    how a proposal lies on the text."""

    seen: Negotiation

    # ------------------------------------------------------------------------------------------- proposals
    @cached_property
    def lines(self) -> list[Line]:
        """All proposals that the reader may see, by number."""
        return [line for line, _ in self._lines]

    @cached_property
    def open(self) -> list[Line]:
        return [one for one in self.lines if one.open]

    @cached_property
    def _lines(self) -> list[tuple[Line, tuple[str, str]]]:
        """With the paragraph after which each would stand, and the language in which it was filed."""
        reader = self.seen.reader
        rows = Proposal.objects.filter(
            visible(reader.party, all_of_them=reader.proposals), document=self.seen.document
        ).order_by("number")  # fmt: skip
        return [(_line(*row[:-2]), row[-2:]) for row in rows.values_list(*_COLUMNS)]

    @cached_property
    def complete(self) -> bool:
        """Whether the reader sees what all delegations say."""
        return self.seen.reader.positions and self.seen.reader.proposals

    # ---------------------------------------------------------------------------------------- the text now
    @cached_property
    def _agreed(self) -> list[Proposal]:
        return proposals.agreed(self.seen.version)

    @cached_property
    def agreed(self) -> list[Line]:
        """What was agreed and is not in the text yet."""
        refs = {one.ref for one in self._agreed}
        return [one for one in self.lines if one.ref in refs]

    @cached_property
    def _standing(self) -> Standing:
        version = self.seen.version
        return proposals.standing(version, version.language, self._agreed)

    @cached_property
    def pending(self) -> list[Line]:
        """The open proposals that are not translated into the language in which the text is adopted."""
        own = self.seen.version.language
        if all(language == own for line, (_, language) in self._lines if line.open):
            return []
        rows = Proposal.objects.filter(document=self.seen.document, status__in=list(OPEN), kind__in=list(WORDED))
        found = set(rows.exclude(language=own).exclude(wordings__has_key=own).values_list("ref", flat=True))
        return [one for one in self.open if one.ref in found]

    @cached_property
    def _insertions(self) -> dict[str, Amendment]:
        """The paragraphs that open proposals would add, by reference of the proposal."""
        if all(one.kind is not ProposalKind.INSERT for one in self.open):
            return {}
        return self._read(Q(kind=ProposalKind.INSERT))

    def _read(self, condition: Q) -> dict[str, Amendment]:
        """Open proposals with their words in the language in which the text is adopted."""
        rows = Proposal.objects.filter(condition, document=self.seen.document, status__in=list(OPEN)).order_by("number")
        known = {one.ref for one in self.open}
        return {row.ref: amendment(row, self.seen.version.language) for row in rows if row.ref in known}

    def _ref(self, place: int) -> str:
        """The reference of a version by its place."""
        return self.versions[place].pk

    @cached_property
    def moved_on(self) -> list[tuple[Line, Fit]]:
        """The open proposals whose words have become others meanwhile, or whose paragraph is gone. Words can lie
        otherwise than they were made only where they were made on an earlier version, or on a paragraph on which
        something was agreed since or which is gone: no others are read."""
        touched, pending = {row.block for row in self._agreed}, {one.ref for one in self.pending}
        older = ~Q(version=self.seen.version) | Q(block__in=touched)
        read = self._read(Q(kind=ProposalKind.WORDS) & older) | self._insertions
        given = [
            read.get(line.ref) or Amendment(
                line.ref, line.kind, line.block, line.parties, after, made_on=self._ref(line.round),
                pending=line.ref in pending,
            )
            for line, (after, _) in self._lines
            if line.open and (line.ref in read or line.kind is not ProposalKind.WORDS or self._is_gone(line.block))
        ]  # fmt: skip
        fits = compiled(self._standing, given, LazyOrders(self.seen.document)).fits
        return [(one, fits[one.ref]) for one in self.open if fits.get(one.ref) in (Fit.CONFLICT, Fit.GONE)]

    # ------------------------------------------------------------------------------------------ paragraphs
    @cached_property
    def paragraphs(self) -> dict[str, Paragraph]:
        """Those of the text as it stands and those proposed, in order; then those of which only proposals speak."""
        text = compiled(self._standing, list(self._insertions.values()), LazyOrders(self.seen.document))
        found = {
            one.block.id: Paragraph(one.block.id, one.number, one.block, one.place is Place.INSERTED)
            for one in text.paragraphs
        }  # fmt: skip
        for line in self.lines:
            found.setdefault(line.block, Paragraph(line.block, "", None))
        return found

    @cached_property
    def by_paragraph(self) -> list[tuple[Paragraph, list[Line]]]:
        """The paragraphs that are not agreed, each with its open proposals, in the order of the text."""
        brackets = rules.open_by(self.open, lambda line: (line.block,))
        held = set(self.seen.holding)
        return [
            (one, brackets.get(ref, [])) for ref, one in self.paragraphs.items() if ref in brackets or ref in held
        ]  # fmt: skip

    def status(self, paragraph: Paragraph) -> ParagraphStatus:
        return self.seen.status(paragraph.id)

    def _is_gone(self, block: str) -> bool:
        return self.paragraphs[block].block is None

    # ----------------------------------------------------------------------------- parties, rounds, bodies
    @cached_property
    def names(self) -> Naming:
        """The names of parties, with those by which they are sorted."""
        return naming(today())

    @cached_property
    def by_party(self) -> list[tuple[str, list[Line]]]:
        """The open proposals of each party, in the alphabetical order of the page; those of the Chair last."""
        found = rules.open_by(self.open, lambda line: line.parties)
        names = self.names
        return sorted(found.items(), key=lambda one: (one[0] not in names.short, names.order(one[0])))

    @cached_property
    def rounds(self) -> list[rules.Round]:
        return rules.rounds(self.lines, self.seen.version.position)

    @cached_property
    def versions(self) -> dict[int, Version]:
        """The versions by their place, without their words."""
        rows = Version.objects.filter(document=self.seen.document).order_by("position")
        return {one.position: one for one in rows.only("position", "kind", "number", "circulated")}

    @cached_property
    def by_body(self) -> list[tuple[Body, list[Line]]]:
        """The proposals tabled while the text was before each body."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.body].append(line)
        bodies = Body.objects.in_bulk(list(found)) if found else {}
        return [(bodies[ref], lines) for ref, lines in found.items()]

    # ---------------------------------------------------------------------------------- who has not spoken
    @cached_property
    def members(self) -> frozenset[str]:
        return access.on(today()).members

    @cached_property
    def _words(self) -> list[tuple[str, str, str, str]]:
        """What was said of the version of now, and every objection: an objection holds until it is taken back."""
        rows = Position.objects.filter(
            Q(version=self.seen.version) | Q(stance=Stance.OBJECTION), visible_positions(self.seen.reader),
            document=self.seen.document, sounding=False,
        )  # fmt: skip
        return list(rows.values_list("block", "party", "stance", "version"))

    @cached_property
    def objections(self) -> list[Objection]:
        """The objections of members that stand, on what is not agreed."""
        found: dict[str, list[str]] = defaultdict(list)
        for block, party, stance, _ in self._words:
            if stance == Stance.OBJECTION and party in self.members:
                found[block].append(party)
        return [Objection(one, sorted(found[one])) for one in ["", *self.seen.holding] if one in found]

    @cached_property
    def capitals(self) -> list[tuple[str, list[str]]]:
        """The paragraphs that wait for capitals."""
        return [(one, waits) for one in self.seen.holding if (waits := self.seen.awaited(one))]

    @cached_property
    def spoken(self) -> Mapping[str, set[str]]:
        """The members that have spoken on each paragraph that is not agreed, as far as the reader may see it."""
        blocks = [one.id for one, _ in self.by_paragraph]
        words = ((block, party) for block, party, _, version in self._words if version == self.seen.version.pk)
        found = rules.spoken(self.lines, words, self.seen.version.position, blocks)
        return {block: parties & self.members for block, parties in found.items()}

    @cached_property
    def silent(self) -> list[str]:
        """The members that have not spoken, in the alphabetical order of the page. Known only where the view is
        `complete`."""
        return sorted(rules.silent(self.members, self.spoken), key=self.names.order)


def _line(
    ref: str, number: int, kind: str, block: str, parties: str, supporters: str, status: str, body: str,
    version: int, at: Any, settled_on: int | None, settled: Any,
) -> Line:  # fmt: skip
    return Line(
        ref, number, _KIND[kind], block, tuple(parties.split()), tuple(supporters.split()), _STATUS[status], body,
        version, at, settled_on, settled,
    )  # fmt: skip


def called(version: Version) -> str:
    """`Rev.1`; empty for the first version."""
    return suffix(VersionKind(version.kind), version.number)


# ------------------------------------------------------------------------------------------------------- the list
def saying(ledger: Ledger, text: str) -> set[str]:
    """The proposals (references) in whose words, in any language, or reason every word asked for occurs: the first
    eight."""
    asked = text.casefold().split()[:8]
    rows = Proposal.objects.filter(document=ledger.seen.document).values_list("ref", "reason", "wordings")
    return {
        ref for ref, reason, wordings in rows
        if all(word in _words_of(reason, wordings) for word in asked)
    }  # fmt: skip


def _words_of(reason: str, wordings: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join([reason, *(one["text"] for one in wordings.values())]).casefold()


def listed(ledger: Ledger, asked: Mapping[str, Any]) -> list[Line]:
    """The proposals that answer to a filter (see `forms.ledger`), by number."""
    match asked.get("status"):
        case rules.PENDING:
            lines = ledger.pending
        case rules.MOVED:
            lines = [line for line, _ in ledger.moved_on]
        case _:
            lines = ledger.lines
    said = saying(ledger, asked["q"]) if asked.get("q") else None
    return [one for one in lines if rules.answers(one, asked) and (said is None or one.ref in said)]
