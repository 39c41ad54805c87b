"""Pages of decisions: the register, one decision, and the Secretariat's forms for what happens to it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chancery.bodies.queries import called
from chancery.core import forms, navigation
from chancery.core.asof import AsOf, dated, today
from chancery.documents.queries import access, copies
from chancery.documents.queries import documents as texts
from chancery.documents.words import CLASSIFICATION
from chancery.journal.panel import history
from chancery.meetings.queries import Listing, narrowest
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.doors import act_page, work_page

from .. import words
from ..acts import register as acts
from ..acts import statements as statement_acts
from ..forms.register import DecisionFilter, DecisionForm, LinksForm, NotingForm, StatementForm
from ..models import Decision
from ..queries import followup, reading, room
from ..queries import register as queries
from ..queries.reading import readable
from ..rules.register import LinkKind


@dated
def decisions(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What had been decided at the end of a day and the reader may read, narrowed by a filter."""
    asked = DecisionFilter(request.GET, naming(asof.day))
    parts = queries.parts(asked.asked, request.user)
    rows = queries.listed(queries.taken_by(asof.day), *parts.values(), reader=request.user)
    page = Listing(rows).get_page(request.GET.get("page"))
    always = queries.taken_by(asof.day), readable(request.user)
    context = {
        "filter": asked,
        "page": page,
        "years": queries.by_year(page.object_list),
        "narrowest": None if page.object_list else narrowest(Decision, parts, *always),
    }
    return render(request, "decisions/decisions.html", context, status=400 if asked.errors else 200)


@dated
def decision(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A decision: who took it, how, on which text, what was attached to it, and what follows from it."""
    found = readable_decision(request, ref)
    names = naming(asof.day)
    linked = queries.linked(found, asof.day, request.user)
    owed = followup.of_decision(found, request.user)
    context = {
        **_text(request, found),
        "decision": found,
        "verb": words.VERB[found.verb],
        "utc": found.expired.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S") if found.expired else "",
        "manner": words.MANNER[found.manner],
        "taking": queries.taking(found),
        "names": names,
        "linked": linked,
        "superseded": [one for one in linked if one.kind is LinkKind.SUPERSEDES and not one.outgoing],
        "statements": [
            (one, words.STATEMENT[one.kind], names.several(one.parties)) for one in queries.statements(found)
        ],
        "owed": followup.shown(owed, names, called() if owed else {}, today()),
        "recommendation": _lower(request, found),
        "classification": CLASSIFICATION[found.classification],
        "corrigendum": reverse("document-circulation", args=[found.document_id]) if found.document_id else "",
        "concerned": queries.concerned(found, names),
        "later": found.taken > asof.day,
        "panels": navigation.panels("decision", found, day=asof.day),
        "history": history([f"decisions:{ref}"]),
        "trail": _trail(found),
    }
    return render(request, "decisions/decision.html", context)


def readable_decision(request: HttpRequest, ref: str) -> Decision:
    """A decision for somebody who may read it; for others it does not exist."""
    found = queries.decision_page(ref, request.user)
    if found is None:
        raise Http404
    return found


def _trail(decision: Decision) -> list[tuple[Any, str]]:
    body = decision.body.short or decision.body.name
    return [
        (_("Decisions"), reverse("decisions")),
        (body, f"{reverse('decisions')}?body={decision.body_id}"),
        (decision.number or decision.title, ""),
    ]


def _lower(request: HttpRequest, decision: Decision) -> Decision | None:
    """The recommendation on which a decision rests, where the reader may read it too."""
    lower = decision.recommendation
    return lower if lower and policy.may(request.user, "documents.read", reading.audience(lower)) else None


def _text(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    """The text decided upon, in the language of the page where it was put into it, else as it was adopted."""
    version = decision.version
    if version is None or not policy.may(request.user, "documents.read", access.audience(decision.document)):
        return {}
    whole = texts.full(version)
    shown = texts.rendered(whole, get_language() or "") or texts.rendered(whole, version.language)
    return {
        "document": decision.document, "version": version, "readings": [shown],
        "print_as": shown.language,
        "lines": texts.lines(whole, [shown]),
        "copies": copies.of(version, request.user),
    }  # fmt: skip


# ---------------------------------------------------------------- the Secretariat's forms
@work_page
def recording(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "decisions.record")
    start = {name: request.GET.get(name, "") for name in ("session", "body", "document")}
    return forms.act(
        request,
        DecisionForm(request.POST or None, initial=start),
        lambda typed: acts.record_decision(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("decision", args=[made.ref]),
        context={"title": _("Record a decision"), "submit": _("Record"), "cancel": reverse("decisions")},
    )


@work_page
def linking(request: HttpRequest, ref: str) -> HttpResponse:
    found = readable_decision(request, ref)
    return _act(request, found, "relate", LinksForm, acts.relate, title=_("What it does to earlier decisions"),
                submit=_("Record"))  # fmt: skip


@work_page
def publication(request: HttpRequest, ref: str) -> HttpResponse:
    found = readable_decision(request, ref)
    return _act(
        request, found, "publish", Form, acts.publish, title=_("Publish the decision and its text"),
        submit=_("Publish"), grave=True,
        lede=_("The decision, its text, the statements attached and what follows from it become public, for ever."),
    )  # fmt: skip


@work_page
def noting(request: HttpRequest, ref: str) -> HttpResponse:
    found = readable_decision(request, ref)
    return _act(
        request, found, "note-taken", partial(NotingForm, sessions=room.sessions_to_note(found, today())),
        acts.note_taken, title=_("Noted at the next meeting"), submit=_("Record"),
        initial={"session": request.GET.get("session", "")},
    )  # fmt: skip


@work_page
def statement(request: HttpRequest, ref: str) -> HttpResponse:
    found = readable_decision(request, ref)
    return _act(
        request, found, "attach-statement", StatementForm, statement_acts.attach, title=_("Attach a statement"),
        submit=_("Attach"), lede=_("It stays with the decision for ever, and is printed with it."),
    )  # fmt: skip


def _act(
    request: HttpRequest, decision: Decision, act: str, form: Callable[..., Form], do: Callable[..., Any], **shown: Any
) -> HttpResponse:
    """The page of one act on a decision."""
    return act_page(
        request, f"decisions.{act}", form, partial(do, decision=decision), subject=decision.body_id,
        back=reverse("decision", args=[decision.ref]), about=decision.number or decision.title, **shown,
    )  # fmt: skip
