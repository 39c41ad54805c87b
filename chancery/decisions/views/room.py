"""Pages of the room: what lies before a session, and what the presiding officer records there."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms
from chancery.core.asof import today
from chancery.documents.models import Version
from chancery.documents.queries import access
from chancery.meetings import words as meeting_words
from chancery.meetings.models import Meeting
from chancery.meetings.rules import Status
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.doors import act_page, work_page

from ..acts import room as acts
from ..forms.room import AdoptionForm, ObjectionForm
from ..queries import room as queries
from ..queries import route
from ..rules import Verb
from ..rules.consensus import is_last, quorum


@work_page
def room(request: HttpRequest, ref: str) -> HttpResponse:
    """The texts before a session, for whoever presides over it."""
    session = _session(request, ref, "adopt")
    status = session.status_on(today())
    context = {
        "session": session,
        "status": meeting_words.STATUS[status],
        "sign": meeting_words.SIGN[status],
        "sits": status in (Status.UNDER_WAY, Status.HELD),
        "quorum": _quorum(session),
        "rows": [(one, _silence(session, one.version)) for one in queries.before(session, request.user)],
        "trail": _trail(session),
    }
    return render(request, "decisions/room.html", context)


@work_page
def adoption(request: HttpRequest, ref: str, document: str) -> HttpResponse:
    """The presiding officer hears no objection: who is present, in which verb, and what is attached."""
    session = _session(request, ref, "adopt")
    version = _version(request, document)
    day = queries.day_of(session, today())
    belongs, names = access.on(day), naming(day)
    objecting = route.objecting(version, session.body, belongs)
    form = AdoptionForm(
        request.POST or None, verbs=_verbs(session), members=belongs.members, objecting=objecting, names=names,
        initial={"present": queries.present_before(session)},
    )  # fmt: skip
    return forms.act(
        request, form,
        lambda typed: acts.adopt(version=version, body=session.body, session=session, by=request.user, **typed),
        template="decisions/adoption.html", done=lambda made: reverse("decision", args=[made.ref]),
        context={
            "session": session, "document": version.document, "version": version, "quorum": _quorum(session),
            "open_paragraphs": route.open_paragraphs(version),
            "last": is_last(route.bodies_of(version.document), session.body_id), "silence": _silence(session, version),
            "trail": _trail(session, _("No objection")),
        },
    )  # fmt: skip


@work_page
def objection(request: HttpRequest, ref: str, document: str) -> HttpResponse:
    """A member objects: the text stays before the body."""
    session = _session(request, ref, "object-in-room")
    version = _version(request, document)
    day = queries.day_of(session, today())
    return act_page(
        request, "decisions.object-in-room",
        partial(ObjectionForm, members=access.on(day).members, names=naming(day)),
        partial(acts.object_in_room, version=version, body=session.body, session=session),
        subject=session.body_id, title=_("Record an objection"), submit=_("Record the objection"), grave=True,
        back=reverse("room", args=[ref]), about=version.document.title,
        lede=_("There is no consensus while it stands: the text stays before the body, and delegations are told."),
    )  # fmt: skip


def _session(request: HttpRequest, ref: str, act: str) -> Meeting:
    """A session of a body, for whoever may do such an act there."""
    found = queries.session(ref)
    if found is None:
        raise Http404
    policy.require(request.user, f"decisions.{act}", found.body_id)
    return found


def _version(request: HttpRequest, document: str) -> Version:
    found = queries.latest(document, request.user)
    if found is None:
        raise Http404
    return found


def _verbs(session: Meeting) -> list[str]:
    """The verbs of the session's body, in the charter's order."""
    return list(settings.CHARTER.verbs.get(session.body_id) or [one.value for one in Verb])


def _quorum(session: Meeting) -> tuple[int, int]:
    """How many members must be present, and of how many; nobody needs to be where the charter has no rule."""
    members = len(access.on(queries.day_of(session, today())).members)
    part = route.fraction(session.body)
    return (quorum(members, part) if part else 0), members


def _silence(session: Meeting, version: Version) -> str:
    """Where a text is approved subject to silence instead."""
    asked = {
        "shape": "subject-to-silence", "session": session.ref, "body": session.body_id, "version": version.ref,
    }  # fmt: skip
    return f"{reverse('silence-proposal')}?{urlencode(asked)}"


def _trail(session: Meeting, *last: Any) -> list[tuple[Any, str]]:
    url = reverse("room", args=[session.ref]) if last else ""
    return [
        (_("Meetings"), reverse("meetings")), (session.title, reverse("meeting", args=[session.ref])),
        (_("In the room"), url), *((one, "") for one in last),
    ]  # fmt: skip
