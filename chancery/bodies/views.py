"""Pages of the bodies and the chair, and the Secretariat's forms for what happens to them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import navigation
from chancery.core.asof import AsOf, dated
from chancery.journal.panel import history
from chancery.parties.queries import member_count, naming
from chancery.people.doors import act_page, work_page

from . import acts, queries, rules
from .forms import DissolveForm, EstablishForm, HandOverForm, OpenTermForm, PlaceForm, ProgrammeForm
from .models import Body, ChairTerm


@dated
def bodies(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """The bodies of a day as a tree."""
    context = {"tree": queries.tree(asof.day), "ended": queries.ended(asof.day)}
    return render(request, "bodies/bodies.html", context)


@dated
def body(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A body: mandate, composition, rules, chairs of its own, and what other areas know of it."""
    found = queries.body_page(ref)
    if found is None:
        raise Http404
    rule = settings.CHARTER.rules.get(found.quorum)
    members = member_count(asof.day)
    context = {
        "body": found,
        "decides": settings.CHARTER.rules.get(found.decision_rule),
        "quorum": rule,
        "members": members,
        "needed": rules.quorum(members, rule.fraction) if rule and rule.fraction else None,
        "exists": found.period.holds_on(asof.day),
        "names": naming(asof.day),
        "panels": navigation.panels("body", found, day=asof.day, reader=request.user),
        "history": history([f"bodies:{ref}"]),
        "trail": [(_("Bodies"), reverse("bodies")), (found.name, "")],
    }
    return render(request, "bodies/body.html", context)


@dated
def chair(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """The chair on a day with its theme and priorities, the troika, and every term."""
    found = queries.chair(asof.day)
    context = {
        "chair": found,
        "names": naming(asof.day),
        "panels": navigation.panels("chair", found, day=asof.day),
        "history": history([f"chair_terms:{term.ref}" for term in found.terms]),
    }
    return render(request, "bodies/chair.html", context)


# ---------------------------------------------------------------- the Secretariat's forms
def _about_body(request: HttpRequest, ref: str, act: str, form: type[Form], do: Callable, **shown: Any) -> HttpResponse:
    found = get_object_or_404(Body, ref=ref)
    back = reverse("body", args=[ref])
    return act_page(request, act, form, partial(do, body=found), subject=found, about=found.name, back=back, **shown)


@work_page
def establishment(request: HttpRequest) -> HttpResponse:
    return act_page(
        request, "bodies.establish", EstablishForm, acts.establish,
        title=_("Establish a body"), submit=_("Establish"), back=reverse("bodies"),
        done=lambda made: reverse("body", args=[made.ref]),
    )  # fmt: skip


@work_page
def placement(request: HttpRequest, ref: str) -> HttpResponse:
    initial = {"parent": get_object_or_404(Body, ref=ref).parent_id}
    words = {"title": _("Place in the tree"), "submit": _("Record")}
    return _about_body(request, ref, "bodies.place", PlaceForm, acts.place, initial=initial, **words)


@work_page
def dissolution(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Dissolve the body"), "submit": _("Record the dissolution"), "grave": True}
    return _about_body(request, ref, "bodies.dissolve", DissolveForm, acts.dissolve, **words)


@work_page
def first_term(request: HttpRequest) -> HttpResponse:
    words = {"title": _("Open a first term"), "submit": _("Open the term")}
    return act_page(request, "bodies.open-term", OpenTermForm, acts.open_term, back=reverse("chair"), **words)


@work_page
def hand_over(request: HttpRequest) -> HttpResponse:
    return act_page(
        request, "bodies.hand-over", HandOverForm, acts.hand_over,
        title=_("Hand the Chair over"), submit=_("Record the hand-over"), back=reverse("chair"),
        lede=_("One term ends and the next begins on the day of the session."),
    )  # fmt: skip


@work_page
def programme(request: HttpRequest, ref: str) -> HttpResponse:
    term = get_object_or_404(ChairTerm.objects.select_related("party", "body"), ref=ref)
    return act_page(
        request, "bodies.set-programme", ProgrammeForm, partial(acts.set_programme, term=term),
        title=_("Theme and priorities"), submit=_("Record"), back=reverse("chair"), subject=term,
        initial={name: getattr(term, name) for name in ("theme", "priorities", "expected_end")},
    )  # fmt: skip
