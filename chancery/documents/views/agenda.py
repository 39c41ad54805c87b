"""The Secretariat's page of a session's agenda, and its forms."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.meetings.models import AgendaItem, Meeting
from chancery.people import policy
from chancery.people.doors import act_page, work_page

from ..acts import agenda as acts
from ..forms.documents import Confirmation, ItemForm, PaperForm
from ..models import Paper
from ..queries import agenda as queries

_ACT = "documents.plan-agenda"


@work_page
def planning(request: HttpRequest, ref: str) -> HttpResponse:
    """A session's agenda with its documents, and what can be done about each item."""
    policy.require(request.user, _ACT)
    meeting = get_object_or_404(Meeting.objects.select_related("body"), ref=ref)
    return render(request, "documents/agenda.html", {"meeting": meeting, "items": queries.of_meeting(meeting)})


@work_page
def item(request: HttpRequest, ref: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting, ref=ref)
    return _page(
        request, meeting, ItemForm, partial(acts.add_item, meeting=meeting), title=_("Add an item"), submit=_("Add"),
        about=meeting.title, initial={"source": next(iter(meeting.sources), None)},
    )  # fmt: skip


@work_page
def item_removal(request: HttpRequest, ref: str) -> HttpResponse:
    found = _item(ref)
    return _page(
        request, found.meeting, Confirmation, partial(acts.remove_item, item=found), title=_("Take the item away"),
        submit=_("Take away"), about=_called(found), grave=True,
    )  # fmt: skip


@work_page
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    found = _item(ref)
    return _page(
        request, found.meeting, PaperForm, partial(acts.put_paper, item=found),
        title=_("Put a document under the item"), submit=_("Put under the item"), about=_called(found),
    )  # fmt: skip


@work_page
def paper_removal(request: HttpRequest, ref: str) -> HttpResponse:
    policy.require(request.user, _ACT)  # first: that a paper is there may itself be private
    found = get_object_or_404(Paper.objects.select_related("item__meeting", "document"), ref=ref)
    return _page(
        request, found.item.meeting, Confirmation, partial(acts.take_off, paper=found),
        title=_("Take the document off the agenda"), submit=_("Take off"),
        about=found.document.symbol or found.document.title, grave=True,
    )  # fmt: skip


def _item(ref: str) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.select_related("meeting"), ref=ref)


def _called(item: AgendaItem) -> str:
    return f"{item.number}. {item.title}"


def _page(request: HttpRequest, meeting: Meeting, form: Any, do: Any, **shown: Any) -> HttpResponse:
    back = reverse("agenda-planning", args=[meeting.ref])
    return act_page(request, _ACT, form, do, subject=meeting, back=back, **shown)
