"""Pages of what follows from decisions: what is owed, by whom, and what became of it."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.bodies.queries import called
from chancery.core.asof import AsOf, dated, today
from chancery.meetings.queries import Listing
from chancery.parties.queries import naming
from chancery.people.doors import act_page, work_page

from ..acts import followup as acts
from ..forms.followup import FollowUpFilter, LapseForm, ProgressForm, UndertakingForm
from ..models import Undertaking
from ..queries import followup as queries
from .register import readable_decision


@dated
def owed(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What is owed from decisions, by addressee: whoever is late first."""
    names = naming(asof.day)
    asked = FollowUpFilter(request.GET, names)
    page = Listing(queries.listed(*queries.parts(asked.asked, asof.day), reader=request.user))
    page = page.get_page(request.GET.get("page"))
    rows = queries.shown(page.object_list, names, called(), asof.day)
    context = {
        "filter": asked,
        "page": page,
        "groups": queries.by_addressee(rows),
        "late": sum(one.late for one in rows),
        "trail": [(_("Decisions"), reverse("decisions")), (_("What follows"), "")],
    }
    return render(request, "decisions/owed.html", context, status=400 if asked.errors else 200)


@work_page
def undertaking(request: HttpRequest, ref: str) -> HttpResponse:
    """The Secretariat records what a paragraph asks of somebody."""
    decision = readable_decision(request, ref)
    form = partial(UndertakingForm, paragraphs=queries.paragraphs(decision), names=naming(today()))
    return act_page(
        request, "decisions.undertake", form, partial(acts.undertake, decision=decision),
        subject=decision.body_id, title=_("Record what follows"), submit=_("Record"),
        back=reverse("decision", args=[ref]) + "#follow-up", about=decision.number or decision.title,
    )  # fmt: skip


@work_page
def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """Whoever is to do something says how far it is."""
    found = _undertaking(request, ref)
    return act_page(
        request, "decisions.report-progress", ProgressForm, partial(acts.report_progress, undertaking=found),
        subject=found.addressee, title=_("Report progress"), submit=_("Report"), about=found.task,
        back=reverse("decision", args=[found.decision_id]) + "#follow-up",
        initial={"status": found.status, "evidence": found.evidence},
    )  # fmt: skip


@work_page
def lapse(request: HttpRequest, ref: str) -> HttpResponse:
    """The Secretariat records that nothing is owed any more."""
    found = _undertaking(request, ref)
    return act_page(
        request, "decisions.lapse", LapseForm, partial(acts.lapse, undertaking=found),
        subject=found.decision.body_id, title=_("Nothing is owed any more"), submit=_("Record"), grave=True,
        about=found.task, back=reverse("decision", args=[found.decision_id]) + "#follow-up",
    )  # fmt: skip


def _undertaking(request: HttpRequest, ref: str) -> Undertaking:
    found = queries.find(ref, request.user)
    if found is None:
        raise Http404
    return found
