"""Paragraphs are agreed, wait for a capital, and are reopened."""

from collections.abc import Iterable

from django.conf import settings

from chancery.bodies.models import Body
from chancery.core.text import tidy
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from ..models import Document, Paragraph, Position, Version
from ..queries import access, negotiation, proposals
from ..rules import blocks as texts
from ..rules import positions as rules
from ..rules.positions import Agreement, ParagraphStatus, Stance
from ..rules.proposals import BracketsOpen


def agree(
    *, version: Version, blocks: Iterable[str], body: Body, session: Meeting | None = None, by: Actor
) -> list[Paragraph]:
    """The Chair gavels paragraphs through: from the last word of each member they are agreed, or agreed ad referendum
    while a capital is awaited; what was agreed ad referendum may be asked about anew. Answers to soundings do not
    count. All of them, or none.

    Raises `NotAskedFor`, `UnknownParagraph`, `ParagraphClosed`, `SessionElsewhere`, `BracketsOpen`, and
    `ObjectionStands`, since consensus is the absence of a formal objection by a member. What is agreed are the words
    with the proposals that were agreed on them."""
    policy.require(by, "documents.agree", body.ref)
    blocks = list(dict.fromkeys(blocks))
    with recording() as at:
        latest = negotiation.latest(version)
        if session and session.body_id != body.ref:
            raise rules.SessionElsewhere(session=session.title, body=body.name)
        negotiation.check_open(latest, blocks, whole=False, closed=[ParagraphStatus.AGREED])
        day = settings.CHARTER.today(at)
        members, words = access.on(day).members, negotiation.last_words(latest.document, blocks)
        text = negotiation.text_of(latest).blocks
        if bracketed := {block for block, _ref in proposals.open_on(latest.document, blocks)}:
            raise BracketsOpen(numbers=", ".join(texts.called(text, bracketed)))
        stands = proposals.standing(latest, latest.language).blocks
        digests = {one.id: texts.text_digest(one.text) for one in stands}
        agreed = [
            Paragraph(
                document=latest.document, block=block, status=found.status, awaiting=" ".join(found.awaiting),
                body=body, session=session.ref if session else "", closed=day, digest=digests.get(block, ""),
            )
            for block in blocks
            for found in [rules.agree(words.get(block, {}), members)]
        ]  # fmt: skip
        Paragraph.objects.bulk_create(
            agreed, update_conflicts=True, unique_fields=["document", "block"],
            update_fields=["status", "awaiting", "body", "session", "closed", "digest"],
        )  # fmt: skip
        seal(
            "documents.agree",
            subjects=[*negotiation.subjects(latest.document_id, blocks), *_where(body, session)],
            said={
                "paragraphs": {one.block: _stands(one) for one in agreed},
                "version": latest.ref, "symbol": latest.document.symbol,
            },
            public=False,
            **policy.signed(by, speaking="chair"),
        )  # fmt: skip
    return agreed


def confirm_capital(*, document: Document, block: str, party: Party, by: Actor) -> Paragraph:
    """A capital confirms what was agreed ad referendum; its delegation can join from then on. With the last capital
    the paragraph is agreed. Raises `NothingToConfirm`."""
    return _capital(document, block, party, Stance.CAN_JOIN, "", by)


def decline_capital(*, document: Document, block: str, party: Party, words: str, by: Actor) -> Paragraph:
    """A capital does not confirm, and says why: the paragraph is open again, with the objection of that party.
    Raises `NothingToConfirm`, `WordsMissing`, `WordsTooLong`, and what forbids any other change of the text."""
    return _capital(document, block, party, Stance.OBJECTION, tidy(words), by)


def _capital(document: Document, block: str, party: Party, stance: Stance, words: str, by: Actor) -> Paragraph:
    policy.require(by, "documents.confirm-capital", party.ref)
    with recording() as at:
        if stance is not Stance.CAN_JOIN:
            negotiation.check_changeable(Document.objects.get(pk=document.pk))
        paragraph = negotiation.paragraph(document, block)
        change = rules.confirm if stance is Stance.CAN_JOIN else rules.decline
        found = change(_agreement(paragraph), party.ref)
        rules.check_stance(stance, words, member=True, observer=False, party=party.ref.upper())
        _set(paragraph, found)
        signed = policy.signed(by, speaking=party.ref)
        latest = document.versions.order_by("-position").first()
        said = {
            "version": latest, "stance": stance.value, "words": words, "at": at,
            "account": signed["private"]["account"], "capacity": signed["by"],
        }  # fmt: skip
        Position.objects.filter(document=document, block=block, party=party, sounding=False).update(**said)
        seal(
            "documents.confirm-capital",
            subjects=negotiation.subjects(document.ref, [block], party.ref),
            said={
                "party": party.ref, "stance": stance.value, "words": words, "blocks": [block], "sounding": False,
                "paragraphs": {block: _stands(paragraph)}, "version": latest.ref, "symbol": document.symbol,
            },
            public=False,
            **signed,
        )  # fmt: skip
    return paragraph


def reopen(*, document: Document, block: str, session: Meeting, reason: str, by: Actor) -> Paragraph:
    """A paragraph that was agreed is open again: the Chair records that a session of the body that closed it, or of
    one above it on the route of the text, consented, and why it was asked.

    Raises `NotClosed`, `ReopeningRefused`, `ReasonMissing`, and what forbids any other change of the text."""
    policy.require(by, "documents.reopen", session.body_id)
    reason = tidy(reason)
    with recording():
        negotiation.check_changeable(Document.objects.get(pk=document.pk))
        paragraph = negotiation.paragraph(document, block)
        if paragraph is None or paragraph.status == ParagraphStatus.OPEN:
            raise rules.NotClosed
        route, closed_by = settings.CHARTER.routes.get(document.route), paragraph.body
        rules.check_reopening(
            closed_by.ref, session.body_id, route.bodies if route else (), closed_by.short or closed_by.name
        )
        if not reason:
            raise rules.ReasonMissing
        paragraph.body_id, paragraph.session = session.body_id, session.ref
        _set(paragraph, Agreement(ParagraphStatus.OPEN))
        seal(
            "documents.reopen",
            subjects=[*negotiation.subjects(document.ref, [block]), *_where(session.body, session)],
            said={"paragraphs": {block: _stands(paragraph)}, "reason": reason, "symbol": document.symbol},
            public=False,
            **policy.signed(by, speaking="chair"),
        )
    return paragraph


def _set(paragraph: Paragraph, found: Agreement) -> None:
    paragraph.status, paragraph.awaiting = found.status.value, " ".join(found.awaiting)
    if found.status is ParagraphStatus.OPEN:
        paragraph.closed, paragraph.digest = None, ""
    paragraph.save()


def _agreement(paragraph: Paragraph | None) -> Agreement:
    if paragraph is None:
        return Agreement(ParagraphStatus.OPEN)
    return Agreement(ParagraphStatus(paragraph.status), tuple(paragraph.awaiting.split()))


def _stands(paragraph: Paragraph) -> dict[str, object]:
    """Where a paragraph stands, as the journal keeps it."""
    awaiting = paragraph.awaiting.split()
    status = ParagraphStatus(paragraph.status).value
    return {"status": status, "digest": paragraph.digest, **({"awaiting": awaiting} if awaiting else {})}


def _where(body: Body, session: Meeting | None) -> list[str]:
    return [f"bodies:{body.ref}", *([f"meetings:{session.ref}"] if session else [])]
