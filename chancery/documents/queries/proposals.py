"""Proposals on a text: what acts ask about them, and the text with what was agreed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Max, Q

from .. import routes
from ..models import Document, Paragraph, Proposal, Translation, Version
from ..rules import proposals as rules
from ..rules import readings
from ..rules.blocks import Block, BlockKind
from ..rules.positions import ParagraphClosed, ParagraphStatus
from ..rules.proposals import OPEN, Amendment, ProposalKind, ProposalStatus
from ..rules.readings import Standing
from . import negotiation
from .amendments import LazyOrders, amendment
from .negotiation import text_of


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


def paragraph(version: Version, text: Standing, block: str, language: str) -> Block:
    """A paragraph that stands, or that an open proposal inserts. Raises `NoSuchParagraph`."""
    if found := next((one for one in text.blocks if one.id == block), None):
        return found
    row = Proposal.objects.filter(
        document=version.document_id, kind=ProposalKind.INSERT, block=block, status__in=list(OPEN)
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
    """A proposal with its text as it is now that nobody else can change it. Raises `NotAskedFor`, and what else
    forbids a change of the text."""
    found = Proposal.objects.select_related("document", "version").get(ref=ref)
    negotiation.check_changeable(found.document)
    return found


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
