"""What an editor of a text begins with, and what a version that is about to be circulated would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from chancery.core.asof import today
from chancery.notices.queries import Recipient, voices

from ..models import Document, Draft, Translation, Version
from ..rules import drafting
from ..rules.access import Audience, Classification
from ..rules.blocks import Block, numbers
from ..rules.comparison import Change, Row, compare
from ..rules.drafting import Known, Passage
from ..rules.symbols import VersionKind, suffix
from ..rules.translation import Freshness, Rendered, Standing, render
from . import access


def last_version(document: Document) -> Version | None:
    """The text as it was circulated last."""
    return document.versions.order_by("-position").first()


def draft_of(document: Document) -> Draft | None:
    return Draft.objects.filter(document=document).first()


def known(version: Version) -> dict[str, Known]:
    """By language, what is known of a text as it stands in a version: of each paragraph the words that were
    translated last, whichever version they were made from, with the words of the original that they render.
    Of several translations of one version the later counts. Two queries."""
    rows = Translation.objects.filter(
        version__document=version.document_id, version__position__lte=version.position
    ).order_by("version__position", "position")
    latest = {(row.version_id, row.language): row for row in rows}
    originals = Version.objects.filter(ref__in={ref for ref, _language in latest}).in_bulk()
    said = {ref: {one.id: one.text for one in found.text} for ref, found in originals.items()}
    found: dict[str, Known] = {}
    for (ref, language), row in latest.items():
        before = found.get(language, Known({}, {}, Standing.WORKING))
        then = {block: said[ref].get(block, "") for block in row.texts}
        found[language] = Known({**before.texts, **row.texts}, {**before.then, **then}, Standing(row.standing))
    return found


def rendered(version: Version) -> dict[str, list[Rendered]]:
    """A version in each other language in which anything is known of it, paragraph by paragraph."""
    blocks = version.text
    return {code: render(blocks, one.then, one.texts) for code, one in known(version).items()}


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
    """The ids that blocks of a document have or had, in any version and in the draft."""
    held = Version.objects.filter(document=document).values_list("blocks", flat=True)
    draft = draft_of(document)
    drafted = [one["id"] for one in draft.content["blocks"]] if draft else []
    return {one["id"] for blocks in held for one in blocks} | {one.id for one in passages} | set(drafted)


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
    rendered: Mapping[str, list[Rendered]] = field(default_factory=dict)

    @property
    def changes(self) -> list[Row]:
        """The paragraphs that are not as they were."""
        return [row for row in self.rows if row.change is not Change.SAME]

    def called(self, block: str) -> str:
        """What a paragraph is called; one without a number by its id."""
        return self.numbers.get(block) or block

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
        numbers=numbers(blocks), rendered=_after(blocks, before, anew),
    )  # fmt: skip


def _after(
    blocks: list[Block], before: Mapping[str, Known], anew: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Rendered]]:
    """How each language would stand: what was translated anew renders the text as it is now."""
    now = {one.id: one.text for one in blocks}
    made = {}
    for code in {**before, **anew}:
        known_, fresh = before.get(code, Known({}, {}, Standing.WORKING)), anew.get(code, {})
        made[code] = render(blocks, {**known_.then, **{one: now[one] for one in fresh}}, {**known_.texts, **fresh})
    return made


def told(document: Document) -> list[Recipient]:
    """Everybody who speaks today for a party that the document reaches, or that tabled it."""
    belongs = access.on(today())
    kind, sponsors = Classification(document.classification), frozenset(document.sponsors.split())
    return voices(Audience(kind, belongs.members, belongs.parties, sponsors).delegations, today())


def next_suffix(document: Document, kind: VersionKind) -> str:
    """What the next version of a kind would add to the symbol."""
    return suffix(kind, next_number(document, kind))


def next_number(document: Document, kind: VersionKind) -> int | None:
    """The number of the next revision or corrigendum."""
    if kind is VersionKind.ORIGINAL:
        return None
    given = document.versions.filter(kind=kind).values_list("number", flat=True)
    return max((one for one in given if one), default=0) + 1
