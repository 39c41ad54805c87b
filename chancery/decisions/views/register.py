"""Pages of decisions, and the form by which the Secretariat records one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms, navigation
from chancery.core.asof import AsOf, dated
from chancery.journal.panel import history
from chancery.meetings.queries import Listing, narrowest
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.doors import work_page

from .. import words
from ..acts import register as acts
from ..forms.register import DecisionFilter, DecisionForm
from ..models import Decision
from ..queries import register as queries


@dated
def decisions(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What had been decided at the end of a day, narrowed by a filter."""
    asked = DecisionFilter(request.GET, naming(asof.day))
    parts = queries.parts(asked.asked)
    page = Listing(queries.listed(queries.taken_by(asof.day), *parts.values())).get_page(request.GET.get("page"))
    context = {
        "filter": asked,
        "page": page,
        "years": queries.by_year(page.object_list),
        "narrowest": None if page.object_list else narrowest(Decision, parts, queries.taken_by(asof.day)),
    }
    return render(request, "decisions/decisions.html", context, status=400 if asked.errors else 200)


@dated
def decision(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A decision: who took it, how, and what it concerns."""
    found = queries.decision_page(ref)
    if found is None:
        raise Http404
    names = naming(asof.day)
    body = found.body.short or found.body.name
    context = {
        "decision": found,
        "verb": words.VERB[found.verb],
        "manner": words.MANNER[found.manner],
        "concerned": queries.concerned(found, names),
        "later": found.taken > asof.day,
        "panels": navigation.panels("decision", found, day=asof.day),
        "history": history([f"decisions:{ref}"]),
        "trail": [
            (_("Decisions"), reverse("decisions")),
            (body, f"{reverse('decisions')}?body={found.body_id}"),
            (found.title, ""),
        ],
    }
    return render(request, "decisions/decision.html", context)


# ---------------------------------------------------------------- the Secretariat's form
@work_page
def recording(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "decisions.record")
    start = {name: request.GET.get(name, "") for name in ("session", "body")}
    return forms.act(
        request,
        DecisionForm(request.POST or None, initial=start),
        lambda typed: acts.record_decision(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("decision", args=[made.ref]),
        context={"title": _("Record a decision"), "submit": _("Record"), "cancel": reverse("decisions")},
    )
