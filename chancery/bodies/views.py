"""Pages of the bodies and the chair, and the Secretariat's forms for what happens to them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms, navigation
from chancery.core.asof import AsOf, dated
from chancery.journal.panel import history
from chancery.parties.queries import member_count, naming
from chancery.people import policy
from chancery.people.doors import work_page

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
        "panels": navigation.panels("body", found, day=asof.day),
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
@work_page
def establishment(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "bodies.establish")
    return forms.act(
        request,
        EstablishForm(request.POST or None),
        lambda typed: acts.establish(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("body", args=[made.ref]),
        context={"title": _("Establish a body"), "submit": _("Establish"), "cancel": reverse("bodies")},
    )


@work_page
def placement(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(Body, ref=ref)
    policy.require(request.user, "bodies.place", found)
    return forms.act(
        request,
        PlaceForm(request.POST or None, initial={"parent": found.parent_id}),
        lambda typed: acts.place(body=found, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("body", args=[ref]),
        context={
            "title": _("Place in the tree"), "about": found.name, "submit": _("Record"),
            "cancel": reverse("body", args=[ref]),
        },
    )  # fmt: skip


@work_page
def dissolution(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(Body, ref=ref)
    policy.require(request.user, "bodies.dissolve", found)
    return forms.act(
        request,
        DissolveForm(request.POST or None),
        lambda typed: acts.dissolve(body=found, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("body", args=[ref]),
        context={
            "title": _("Dissolve the body"), "about": found.name, "submit": _("Record the dissolution"),
            "grave": True, "cancel": reverse("body", args=[ref]),
        },
    )  # fmt: skip


@work_page
def first_term(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "bodies.open-term")
    return forms.act(
        request,
        OpenTermForm(request.POST or None),
        lambda typed: acts.open_term(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("chair"),
        context={"title": _("Open a first term"), "submit": _("Open the term"), "cancel": reverse("chair")},
    )


@work_page
def hand_over(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "bodies.hand-over")
    return forms.act(
        request,
        HandOverForm(request.POST or None),
        lambda typed: acts.hand_over(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("chair"),
        context={
            "title": _("Hand the Chair over"), "submit": _("Record the hand-over"), "cancel": reverse("chair"),
            "lede": _("One term ends and the next begins on the day of the session."),
        },
    )  # fmt: skip


@work_page
def programme(request: HttpRequest, ref: str) -> HttpResponse:
    term = get_object_or_404(ChairTerm.objects.select_related("party", "body"), ref=ref)
    policy.require(request.user, "bodies.set-programme", term)
    initial = {name: getattr(term, name) for name in ("theme", "priorities", "expected_end")}
    return forms.act(
        request,
        ProgrammeForm(request.POST or None, initial=initial),
        lambda typed: acts.set_programme(term=term, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("chair"),
        context={"title": _("Theme and priorities"), "submit": _("Record"), "cancel": reverse("chair")},
    )
