"""Agendas of meetings, with the documents under their items."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chancery.core.asof import today
from chancery.core.models import BY_POSITION
from chancery.meetings.models import AgendaItem, Meeting

from .. import words
from ..models import Document, Paper
from ..rules.access import Audience, Classification
from . import access


@dataclass(frozen=True, slots=True)
class Shown:
    """A document under an item. The page shows it to whom `documents.read` lets read what goes to `audience`."""

    paper: Paper
    audience: Audience

    @property
    def document(self) -> Document:
        return self.paper.document

    @property
    def label(self) -> Any:
        """How far it goes, where it is not for everybody."""
        return "" if self.document.is_public else words.CLASSIFICATION[self.document.classification]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda with what stands under it."""

    item: AgendaItem
    papers: list[Shown]


def of_meeting(meeting: Meeting) -> list[Item]:
    """The agenda of a meeting, in its order: two queries, and one more where a document is not public."""
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by(BY_POSITION, "ref"))
    papers = list(_papers(items)) if items else []
    closed = any(one.document.classification != Classification.PUBLIC for one in papers)
    belongs = access.on(today()) if closed else None
    under: dict[str, list[Shown]] = defaultdict(list)
    for one in papers:
        under[one.item_id].append(Shown(one, access.audience(one.document, belongs)))
    return [Item(one, under[one.ref]) for one in items]


def _papers(items: list[AgendaItem]) -> QuerySet[Paper]:
    return Paper.objects.filter(item__in=items).select_related("document").order_by(BY_POSITION, "ref")
