"""What an editor of a text begins with, and what a version that is about to be circulated would change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from chancery.core.asof import today
from chancery.core.models import held_on
from chancery.notices.queries import Recipient, voices
from chancery.parties.models import PartyName
from chancery.parties.rules import Form

from .. import guards, words
from ..models import Document, Draft, Proposal, Version
from ..rules import blocks as blocks_
from ..rules import drafting
from ..rules.access import Audience, Classification
from ..rules.alignment import Alignment, align
from ..rules.blocks import Block, BlockKind, numbers
from ..rules.comparison import Change, Row, Span, compare, recognise, spans
from ..rules.crosscheck import Difference
from ..rules.crosscheck import check as cross_check
from ..rules.drafting import Passage
from ..rules.proposals import ProposalKind
from ..rules.symbols import VersionKind, suffix
from ..rules.translation import Freshness, Rendered, Standing, render
from . import access
from .languages import Known, known


def last_version(document: Document) -> Version | None:
    """The text as it was circulated last."""
    return document.versions.order_by("-position").first()


def draft_of(document: Document) -> Draft | None:
    return Draft.objects.filter(document=document).first()


def rendered(version: Version) -> dict[str, list[Rendered]]:
    """A version in each other language in which anything is known of it, paragraph by paragraph."""
    return {code: render(version.text, one.then, one.texts) for code, one in known(version).items()}


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as its editor finds it: a draft, or what one begins with (edition 0)."""

    passages: list[Passage]
    edition: int


def writing(document: Document) -> Writing:
    """The draft of the next version; without one the last version with its translations, or a title."""
    if draft := draft_of(document):
        return Writing(drafting.read(draft.content["blocks"]), draft.edition)
    if version := last_version(document):
        others = {code: one.texts for code, one in known(version).items()}
        return Writing(drafting.begun(version.text, document.language, others), 0)
    return Writing(drafting.titled(document.title.texts), 0)


def used_ids(document: Document, passages: Iterable[Passage] = ()) -> set[str]:
    """The ids that blocks of a document have or had, in any version, in the draft, and as they were proposed."""
    held = Version.objects.filter(document=document).values_list("blocks", flat=True)
    draft = draft_of(document)
    drafted = [one["id"] for one in draft.content["blocks"]] if draft else []
    proposed = Proposal.objects.filter(document=document, kind=ProposalKind.INSERT).values_list("block", flat=True)
    written = {one["id"] for blocks in held for one in blocks} | {one.id for one in passages}
    return {*written, *drafted, *proposed}


def check_next(
    document: Document, last: Version | None, text: Sequence[Block], kind: VersionKind | None = None
) -> VersionKind:
    """Whether a text may be circulated after the last version, and as what: a revision if nothing else is asked for.

    Raises what `rules.blocks.check` and the guards raise, `FirstVersion`, `NotTheFirst`, `AgreedTextChanged`,
    `NothingChanged`."""
    blocks_.check(text)
    kind = drafting.next_kind(kind, first=last is None)
    guards.check(document, kind)
    if kind is not VersionKind.CORRIGENDUM:
        _check_agreed(document, last, text)
    if last and last.digest == blocks_.digest(text, document.language):
        raise drafting.NothingChanged
    return kind


def _check_agreed(document: Document, last: Version | None, text: Sequence[Block]) -> None:
    agreed = document.paragraphs.filter(status__in=drafting.CLOSED).exclude(digest="").values_list("block", "digest")
    now = {one.id: blocks_.text_digest(one.text) for one in text}
    drafting.check_agreed(dict(agreed), now, numbers(last.text) if last else {})


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft as the version that it would become, and what that would change."""

    document: Document
    edition: int
    blocks: list[Block]
    translations: Mapping[str, Mapping[str, str]]
    last: Version | None
    rows: list[Row]
    left_out: list[Passage]
    told: list[Recipient]
    numbers: Mapping[str, str]
    kinds: Mapping[str, BlockKind]
    rendered: Mapping[str, list[Rendered]] = field(default_factory=dict)

    @property
    def changes(self) -> list[Row]:
        """The paragraphs that are not as they were."""
        return [row for row in self.rows if row.change is not Change.SAME]

    def called(self, block: str) -> str:
        """What a paragraph is called; one without a number by its kind."""
        return self.numbers.get(block) or str(words.BLOCK[self.kinds[block]])

    def standing(self, language: str) -> list[tuple[Freshness, list[str]]]:
        """How a language would stand: what became stale and what is missing, as the paragraphs are called."""
        found = [(one, self.of(language, one)) for one in (Freshness.STALE, Freshness.MISSING)]
        return [(one, called) for one, called in found if called]

    def of(self, language: str, freshness: Freshness) -> list[str]:
        """What the paragraphs are called that stand so in a language."""
        return [self.called(one.id) for one in self.rendered.get(language, ()) if one.freshness is freshness]


def plan(document: Document) -> Plan | None:
    """What circulating the draft would do; None where there is no draft."""
    draft = draft_of(document)
    if draft is None:
        return None
    passages = drafting.read(draft.content["blocks"])
    blocks = drafting.original(passages, document.language)
    last = last_version(document)
    before = known(last) if last else {}
    anew = drafting.translated_anew(
        passages, document.language, {code: one.texts for code, one in before.items()}, settings.CHARTER.languages
    )
    return Plan(
        document=document, edition=draft.edition, blocks=blocks, translations=anew, last=last,
        rows=compare(last.text if last else [], blocks),
        left_out=[one for one in passages if one.texts and document.language not in one.texts],
        told=told(document),
        numbers=numbers(blocks), kinds={one.id: one.kind for one in blocks}, rendered=_after(blocks, before, anew),
    )  # fmt: skip


def _after(
    blocks: list[Block], before: Mapping[str, Known], anew: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Rendered]]:
    """How each language would stand: what was translated anew renders the text as it is now."""
    now = {one.id: one.text for one in blocks}
    made = {}
    for code in {**before, **anew}:
        then, texts = (before[code].then, before[code].texts) if code in before else ({}, {})
        fresh = anew.get(code, {})
        made[code] = render(blocks, {**then, **{one: now[one] for one in fresh}}, {**texts, **fresh})
    return made


def told(document: Document) -> list[Recipient]:
    """Everybody who speaks today for a party that the document reaches, or that tabled it."""
    belongs = access.on(today())
    kind, sponsors = Classification(document.classification), frozenset(document.sponsors.split())
    return voices(Audience(kind, belongs.members, belongs.parties, sponsors).delegations, today())


def next_number(document: Document, kind: VersionKind) -> int | None:
    """The number of the next revision or corrigendum."""
    if kind is VersionKind.ORIGINAL:
        return None
    given = document.versions.filter(kind=kind).values_list("number", flat=True)
    return max((one for one in given if one), default=0) + 1


def next_suffixes(document: Document) -> dict[VersionKind, str]:
    """What each kind of version that may follow would add to the symbol; none before the first."""
    if last_version(document) is None:
        return {}
    kinds = (VersionKind.REVISION, VersionKind.CORRIGENDUM)
    return {kind: suffix(kind, next_number(document, kind)) for kind in kinds}


def names() -> dict[str, dict[str, list[str]]]:
    """The names of parties today, short and formal, by party and language: what is cross-checked. One query."""
    found: dict[str, dict[str, list[str]]] = {}
    rows = PartyName.objects.filter(held_on(today())).exclude(form=Form.BADGE).order_by("pk")
    for party, language, text in rows.values_list("party", "language", "text"):
        found.setdefault(party, {}).setdefault(language, []).append(text)
    return found


@dataclass(frozen=True, slots=True)
class Doubt:
    """A paragraph that two languages do not tell alike."""

    block: str
    called: str
    language: str
    differences: list[Difference]


def doubts(plan: Plan) -> list[Doubt]:
    """What the original and its translations would not say alike, where they should: paragraphs that are current."""
    compared, original = differing(plan.document.language), {one.id: one.text for one in plan.blocks}
    found = [
        Doubt(one.id, plan.called(one.id), code, compared(original[one.id], one.text, code))
        for code, lines in plan.rendered.items()
        for one in lines
        if one.freshness is Freshness.CURRENT
    ]
    return [one for one in found if one.differences]


def differing(language: str) -> Callable[[str, str, str], list[Difference]]:
    """What a paragraph in `language` and its translation into another one do not say alike. One query."""
    known_names = names()

    def compare_(text: str, other: str, code: str) -> list[Difference]:
        return cross_check(text, other, source_language=language, language=code, names=known_names)

    return compare_


# ---------------------------------------------------------------- importing
def understood(document: Document, name: str, content: bytes) -> Any:
    """A file as it was read (a `Reading`), its paragraphs bearing the ids of those of the last version, or of the
    draft of a first one, that they continue. Raises what reading raises."""
    from ..reading import files  # heavy, and needed by whoever imports alone

    found = files.read(name, content)
    return replace(found, blocks=recognise(_known(document), found.blocks, used_ids(document)))


def taken_over(document: Document, blocks: Sequence[Block]) -> list[Passage]:
    """A text that was read, as a draft: what is known in other languages of the paragraphs that it continues stays
    with them."""
    held = {one.id: one.texts for one in writing(document).passages}
    return [Passage(one.id, one.kind, {**held.get(one.id, {}), document.language: one.text}) for one in blocks]


def known_ids(document: Document) -> set[str]:
    """The ids of the paragraphs that a file may continue."""
    return {one.id for one in _known(document)}


def _known(document: Document) -> list[Block]:
    version = last_version(document)
    return version.text if version else drafting.original(writing(document).passages, document.language)


# ---------------------------------------------------------------- translating
def standing(version: Version, language: str) -> Standing:
    """What the last translation is worth."""
    found = known(version, language).get(language)
    return found.standing if found else Standing.WORKING


@dataclass(frozen=True, slots=True)
class Task:
    """A paragraph on the translator's page: the original as it is and as it was when it was translated, and its words
    in the other language."""

    block: Block
    number: str
    then: str
    text: str
    freshness: Freshness

    @property
    def spans(self) -> list[Span]:
        """What changed in the original since."""
        return spans(self.then, self.block.text) if self.freshness is Freshness.STALE else []


def aligned(version: Version, name: str, content: bytes) -> tuple[Alignment, Sequence[Any]]:
    """A file read as a translation of a version, beside its text; and the remarks about the file. Raises what reading
    raises."""
    from ..reading import files  # heavy, and needed by whoever imports alone

    found = files.read(name, content)
    return align(version.text, found.blocks), found.notes


ORDER = (Freshness.STALE, Freshness.MISSING, Freshness.CURRENT)
"""What a translator sees first."""


def tasks(version: Version, language: str) -> list[Task]:
    """The paragraphs of a version as a translator takes them up: stale ones first, then those that are missing."""
    blocks, found = version.text, known(version, language).get(language)
    then, texts = (found.then, found.texts) if found else ({}, {})
    called = numbers(blocks)
    made = [
        Task(block, called.get(block.id, ""), then.get(block.id, ""), line.text, line.freshness)
        for block, line in zip(blocks, render(blocks, then, texts), strict=True)
    ]
    return sorted(made, key=lambda one: ORDER.index(one.freshness))
