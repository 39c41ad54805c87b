"""Proposals on a text: what acts ask about them, and the text with what was agreed."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from chancery.core.text import tidy
from chancery.journal.models import Entry

from .. import routes
from ..models import Document, Paragraph, Proposal, Translation, Version
from ..rules import proposals as rules
from ..rules import readings
from ..rules.blocks import Block, BlockKind, numbers
from ..rules.edits import edits
from ..rules.positions import ParagraphClosed, ParagraphStatus
from ..rules.proposals import OPEN, Amendment, Fit, ProposalKind, ProposalStatus, Wish
from ..rules.readings import Standing
from ..rules.rolling import Place, Rolled, compiled
from . import negotiation
from .access import Belonging
from .amendments import LazyOrders, amendment, visible
from .negotiation import Negotiation, Reader, reader, text_of

_ALL = Q()


# --------------------------------------------------------------------------------------------- the text that stands
def agreed(version: Version) -> list[Proposal]:
    """What was agreed on a version and is to be in the next one, in the order of agreement."""
    rows = Proposal.objects.filter(document=version.document_id, status=ProposalStatus.AGREED, settled_on=version)
    return list(rows.order_by("settled", "number"))


def texts_of(version: Version, language: str) -> list[Block]:
    """A version in one of its languages, as far as it is translated. Raises `NotALanguageOfTheText`."""
    if language == version.language:
        return list(text_of(version).blocks) if hasattr(version, "kept") else version.text
    rows = Translation.objects.filter(version__document=version.document_id, language=language)
    last = rows.order_by("-version__position", "-position").first()
    if last is None:
        raise rules.NotALanguageOfTheText(language=language, languages=", ".join(languages_of(version)))
    return [Block(one.id, one.kind, last.texts.get(one.id, "")) for one in version.text]


def standing(version: Version, language: str, settled: Iterable[Proposal] | None = None) -> Standing:
    """A version in a language, with what was agreed on it (`settled`, asked for if not given)."""
    settled = agreed(version) if settled is None else settled
    amendments = [one for row in settled if not (one := amendment(row, language)).pending]
    return readings.standing(texts_of(version, language), amendments, LazyOrders(version.document))


def paragraph(version: Version, text: Standing, block: str, language: str, seen: Q = _ALL) -> Block:
    """A paragraph that stands, or that an open proposal inserts, of those `seen`. Raises `NoSuchParagraph`."""
    if found := next((one for one in text.blocks if one.id == block), None):
        return found
    row = Proposal.objects.filter(
        seen, document=version.document_id, kind=ProposalKind.INSERT, block=block, status__in=list(OPEN)
    ).first()
    words = row.wordings.get(language) if row else None
    if row is None or words is None:
        raise rules.NoSuchParagraph
    return Block(block, BlockKind(row.block_kind), words["text"])


# ------------------------------------------------------------------------------------------------ what acts ask
def check_paragraphs_open(version: Version, blocks: Iterable[str]) -> None:
    """Whether words of these paragraphs may be proposed: none is agreed. Raises `ParagraphClosed`."""
    closed = [ParagraphStatus.AD_REFERENDUM, ParagraphStatus.AGREED]
    if Paragraph.objects.filter(document=version.document_id, block__in=list(blocks), status__in=closed).exists():
        raise ParagraphClosed


def body_now(document: Document) -> str:
    """The body before which a text is (its reference): that of its way, else its own."""
    return next((one.body for one in routes.way(document) if one.status is routes.Place.NOW), document.body_id)


def next_number(document: Document) -> int:
    return (Proposal.objects.filter(document=document).aggregate(last=Max("number"))["last"] or 0) + 1


def of(document: Document, refs: Iterable[str]) -> list[Proposal]:
    """Proposals on a document, in their order."""
    return list(Proposal.objects.filter(document=document, ref__in=list(refs)).order_by("number"))


def held(ref: str) -> Proposal:
    """A proposal with its text as it is now that nobody else can change it. Raises `NoSuchProposal`, `NotAskedFor`, and
    what else forbids a change of the text."""
    found = Proposal.objects.select_related("document", "version").filter(ref=ref).first()
    if found is None:
        raise rules.NoSuchProposal
    negotiation.check_changeable(found.document)
    return found


def seen_for(person: Any, author: str, document: Document, belongs: Belonging) -> Q:
    """The proposals on a text that somebody sees who proposes for an author."""
    return visible(author, all_of_them=reader(person, document, belongs).proposals)


def said_already(document: Document, party: str, made: Amendment, language: str) -> bool:
    """Whether a party has just this proposal open."""
    rows = Proposal.objects.filter(document=document, status__in=list(OPEN), kind=made.kind)
    rows = rows.filter(Q(block=made.block) if made.kind is not ProposalKind.INSERT else Q(after=made.after))
    for row in rows:
        other = amendment(row, language)
        if party in other.parties and (other.after, other.text) == (made.after, made.text):
            return True
    return False


def open_on(document: Document, blocks: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """The open proposals on a text, or on some paragraphs: the paragraph of each, and its reference."""
    rows = Proposal.objects.filter(document=document, status__in=list(OPEN)).order_by("number")
    found = [(place(row), row.ref) for row in rows.only("kind", "after", "block", "ref")]
    return found if blocks is None else [one for one in found if one[0] in set(blocks)]


def place(row: Proposal) -> str:
    """The paragraph about which a proposal is; where it inserts one, that after which it stands."""
    return row.after if row.kind == ProposalKind.INSERT else row.block


def languages_of(version: Version) -> list[str]:
    """The languages in which a text can be proposed on: its own, and those it is translated into."""
    rows = Translation.objects.filter(version__document=version.document_id)
    known = set(rows.values_list("language", flat=True).distinct()) - {version.language}
    return [version.language, *(one for one in settings.CHARTER.languages if one in known)]


def provenance(row: Proposal) -> Any:
    """What a text of the Chair took up."""
    return row.taken.order_by("number")


# ------------------------------------------------------------------------------------------ a wish as a proposal
def amended(
    version: Version, text: Standing, language: str, author: str, wish: Wish, ids: Iterator[str], seen: Q = _ALL
) -> Amendment:
    """A wish as the rules see it, once it is sure that it may be proposed; `ids` are free for new paragraphs, `seen`
    are the proposals whose paragraphs the author knows of.

    Raises what `acts.proposals.propose` raises of the text."""
    order = [one.id for one in text.blocks]
    said = tidy(wish.text)
    if wish.kind is ProposalKind.INSERT:
        paragraph(version, text, wish.after, language, seen)
        if wish.block_kind is BlockKind.TITLE:
            raise rules.TitleStays
        rules.check_words("", said, wish.block_kind)
        return Amendment("", wish.kind, next(ids), (author,), wish.after, wish.block_kind, text=said)
    block = paragraph(version, text, wish.block, language, seen)
    check_paragraphs_open(version, [wish.block])
    if wish.kind in (ProposalKind.DELETE, ProposalKind.MOVE):
        rules.check_place(wish.kind, block, wish.after, order)
        return Amendment("", wish.kind, wish.block, (author,), wish.after)
    if wish.seen is not None and tidy(wish.seen) != block.text:
        raise rules.WordsMovedOn
    if not block.text and language != version.language:
        raise rules.NotALanguageOfTheText(language=language, languages=version.language)
    return _worded(block, said, author, wish.kind)


def _worded(block: Block, said: str, author: str, asked: ProposalKind) -> Amendment:
    """Other words for a paragraph. What keeps little of it is another paragraph; what keeps nothing leaves it out."""
    kind = rules.kind_of(block.text, said)
    if kind is ProposalKind.DELETE:
        rules.check_place(kind, block, "", [])
        return Amendment("", kind, block.id, (author,))
    rules.check_words(block.text, said, block.kind)
    kind = ProposalKind.ALTERNATIVE if asked is ProposalKind.ALTERNATIVE else kind
    changes = edits(block.text, said) if kind is ProposalKind.WORDS else ()
    return Amendment("", kind, block.id, (author,), before=block.text, text=said, edits=changes)


def understood(*, version: Version, author: str, wish: Wish, language: str) -> Rolled:
    """The paragraph as the rolling text would show it with this proposal alone. Raises what `amended` raises."""
    text = standing(version, language)
    one = replace(amended(version, text, language, author, wish, iter(["new"])), ref="new")
    if all(one.block != it.id for it in text.blocks) and one.kind is not ProposalKind.INSERT:
        stands = paragraph(version, text, one.block, language)
        text = replace(text, blocks=[*text.blocks, stands])  # one that another proposal inserts
    found = compiled(text, [one], {}).paragraphs
    return next(it for it in found if it.block.id == one.block and it.place is not Place.ARRIVES)


# ----------------------------------------------------------------------------------------------- what pages show
def shown(document: Document, reader: Reader) -> QuerySet[Proposal]:
    """The proposals on a text that a reader may see, whatever became of them."""
    rows = Proposal.objects.filter(visible(reader.party, all_of_them=reader.proposals), document=document)
    return rows.select_related("version", "body", "into").order_by("number")


def to_settle(document: Document, reader: Reader) -> list[Proposal]:
    """The proposals of which the Chair may still make something: the open ones first, then what was set aside."""
    rows = [one for one in shown(document, reader) if rules.NEXT[ProposalStatus(one.status)]]
    return sorted(rows, key=lambda one: (one.status not in OPEN, one.number))


def words_in(row: Proposal, language: str) -> str:
    """The words of a proposal in a language, as far as there are any."""
    return (row.wordings.get(language) or {}).get("text", "")


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a proposal: when, what the journal's entry says was decided, and where it then stood."""

    at: dt.datetime
    decided: dict[str, Any]
    status: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a proposal shows besides the proposal itself."""

    wordings: list[tuple[str, dict[str, Any]]]
    missing: list[str]
    taken: list[Proposal]
    told: list[Told]
    fit: Fit | None


def page(row: Proposal, reader: Reader) -> Page:
    """A proposal with its words in each language, what it took up and its history."""
    latest = Version.objects.filter(document=row.document_id).order_by("-position").first()
    known = languages_of(latest) if row.kind in rules.WORDED else []
    taken = list(row.taken.filter(visible(reader.party, all_of_them=reader.proposals)).order_by("number"))
    return Page(
        wordings=[(code, row.wordings[code]) for code in dict.fromkeys([row.language, *known]) if code in row.wordings],
        missing=[code for code in known if code not in row.wordings], taken=taken, told=list(_told(row)),
        fit=_fit(row, latest) if row.status in OPEN else None,
    )  # fmt: skip


def _fit(row: Proposal, latest: Version) -> Fit:
    """How an open proposal lies on the text of now; where others insert its paragraph, with theirs."""
    inserts = Proposal.objects.filter(document=row.document_id, kind=ProposalKind.INSERT, status__in=list(OPEN))
    some = [one for one in inserts if one.block == row.block and one.pk != row.pk]
    amendments = [amendment(one, row.language) for one in [*some, row]]
    return compiled(standing(latest, row.language), amendments, LazyOrders(row.document)).fits[row.ref]


def _told(row: Proposal) -> Iterator[Told]:
    entries = Entry.objects.filter(mentions__subject=f"proposals:{row.ref}").order_by("-seq")[:100]
    for entry in entries:
        decided = json.loads(entry.private)
        said = next((one for one in decided["said"]["proposals"] if one["ref"] == row.ref), {})
        yield Told(entry.at, decided, said.get("status", ""))


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean reading: its paragraphs with what they are called, and the proposals that could not be taken: each with
    the one it conflicts with, or with none where its words or its paragraph are not there."""

    lines: list[tuple[str, Block]]
    conflicts: list[tuple[Proposal, Proposal | None]]


def clean(seen: Negotiation, party: str, language: str) -> Clean:
    """The text that stands in a language, with everything of a party (none, if empty) that can be taken together."""
    text = standing(seen.version, language, seen.proposed.agreed)
    open_ones = [amendment(row, language) for row in seen.proposed.open]
    chosen = readings.of_party(open_ones, party) if party else frozenset()
    found = readings.reading(text, open_ones, chosen, LazyOrders(seen.document))
    called, rows = numbers(found.blocks), seen.proposed.rows
    return Clean(
        [(called.get(one.id, ""), one) for one in found.blocks],
        [(rows[one.one], rows[one.other] if one.other != one.one else None) for one in found.conflicts],
    )  # fmt: skip
