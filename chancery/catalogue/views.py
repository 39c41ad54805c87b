"""Pages of the dimensions and priority areas, and the forms for what happens to them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms, navigation
from chancery.core.asof import AsOf, dated
from chancery.journal.panel import history
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.doors import work_page

from . import acts, queries
from .forms import AreaForm, CoordinatorForm, EditionForm, EndCoordinationForm
from .models import Coordination, PriorityArea


@dated
def programme(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """The dimensions with their priority areas and coordinators on a day."""
    context = {
        "fields": queries.programme(asof.day),
        "edition": queries.edition_on(asof.day),
        "editions": queries.editions(),
        "names": naming(asof.day),
    }
    return render(request, "catalogue/programme.html", context)


@dated
def area(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A priority area: who coordinates it and who did, and what took place in it."""
    found = queries.area_page(ref)
    if found is None:
        raise Http404
    context = {
        "area": found,
        "names": naming(asof.day),
        "panels": navigation.panels("area", found, day=asof.day),
        "history": history([f"priority_areas:{ref}"]),
        "trail": [(_("Programme"), reverse("programme")), (found.name, "")],
    }
    return render(request, "catalogue/area.html", context)


# ---------------------------------------------------------------- the Secretariat's forms
@work_page
def edition(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "catalogue.adopt-edition")
    return forms.act(
        request,
        EditionForm(request.POST or None),
        lambda typed: acts.adopt_edition(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("programme"),
        context={"title": _("A new edition of the catalogue"), "submit": _("Record"), "cancel": reverse("programme")},
    )


@work_page
def area_definition(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "catalogue.define-area")
    return forms.act(
        request,
        AreaForm(request.POST or None),
        lambda typed: acts.define_area(by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("area", args=[made.ref]),
        context={"title": _("A new priority area"), "submit": _("Record"), "cancel": reverse("programme")},
    )


@work_page
def coordinator(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(PriorityArea, ref=ref)
    policy.require(request.user, "catalogue.appoint-coordinator", found)
    return forms.act(
        request,
        CoordinatorForm(request.POST or None),
        lambda typed: acts.appoint_coordinator(area=found, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("area", args=[ref]),
        context={
            "title": _("Appoint a coordinator"), "about": found.name, "submit": _("Record"),
            "cancel": reverse("area", args=[ref]),
        },
    )  # fmt: skip


@work_page
def coordination_end(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(Coordination.objects.select_related("area", "party"), ref=ref)
    policy.require(request.user, "catalogue.end-coordination", found)
    return forms.act(
        request,
        EndCoordinationForm(request.POST or None),
        lambda typed: acts.end_coordination(coordination=found, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("area", args=[found.area_id]),
        context={
            "title": _("End of a coordination"), "about": found.area.name, "submit": _("Record"),
            "cancel": reverse("area", args=[found.area_id]),
        },
    )  # fmt: skip
