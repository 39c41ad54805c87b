"""What may happen to the agenda of a session: items, and the documents under them."""

from django.db.models import Max

from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.meetings.models import AgendaItem, Meeting
from chancery.parties.acts import free_ref
from chancery.people import policy
from chancery.people.policy import Person as Actor

from ..models import Document, Paper
from ..queries import documents as queries
from ..rules import register as rules
from .register import enter


def add_item(*, meeting: Meeting, number: str, title: LocalizedText, source: str, by: Actor) -> AgendaItem:
    """An item is put at the end of a meeting's agenda, under its number as it is written (`3 (a)`).

    Raises `ItemNumberTaken`."""
    policy.require(by, "documents.plan-agenda", meeting)
    with recording():
        items = AgendaItem.objects.filter(meeting=meeting)
        if items.filter(number=number).exists():
            raise rules.ItemNumberTaken(number=number)
        last = items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem.objects.create(
            ref=free_ref(AgendaItem, f"{meeting.ref}.{slug(number)}"), meeting=meeting, number=number, title=title,
            position=last + 1, source=source,
        )  # fmt: skip
        seal("documents.plan-agenda", facts=[item], subjects=[f"meetings:{meeting.ref}"], **policy.signed(by))
    return item


def remove_item(*, item: AgendaItem, by: Actor) -> None:
    """An item without documents is taken from an agenda. Raises `ItemHasPapers`, `OutOfDate`."""
    policy.require(by, "documents.plan-agenda", item.meeting)
    with recording():
        item = queries.still(item)
        if Paper.objects.filter(item=item).exists():
            raise rules.ItemHasPapers
        AgendaItem.objects.filter(ref=item.ref).delete()
        seal(
            "documents.plan-agenda", removed=[item], subjects=[f"meetings:{item.meeting_id}"], **policy.signed(by)
        )


def put_paper(*, item: AgendaItem, document: Document, by: Actor) -> Paper:
    """A document is put before a session, under an item of its agenda. Raises `PaperKnown`, `Withdrawn`,
    `OutOfDate`."""
    policy.require(by, "documents.plan-agenda", item.meeting)
    with recording():
        item = queries.still(item)
        document = Document.objects.get(ref=document.ref)
        rules.check_not_withdrawn(document.withdrawn)
        under = Paper.objects.filter(item=item)
        if under.filter(document=document).exists():
            raise rules.PaperKnown
        last = under.aggregate(last=Max("position"))["last"] or 0
        paper = Paper.objects.create(
            ref=free_ref(Paper, f"{document.ref}.under.{item.ref}"), item=item, document=document, position=last + 1,
            source=item.source,
        )  # fmt: skip
        _enter(paper, facts=[paper], by=by)
    return paper


def take_off(*, paper: Paper, by: Actor) -> None:
    """A document is taken off an agenda. Raises `OutOfDate`."""
    policy.require(by, "documents.plan-agenda", paper.item.meeting)
    with recording():
        paper = queries.still(paper)
        Paper.objects.filter(ref=paper.ref).delete()
        _enter(paper, removed=[paper], by=by)


def _enter(paper: Paper, *, facts: tuple | list = (), removed: tuple | list = (), by: Actor) -> None:
    about = [f"meetings:{paper.item.meeting_id}"]
    enter(act="documents.plan-agenda", document=paper.document, facts=facts, removed=removed, about=about, by=by)
