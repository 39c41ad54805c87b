"""Pages of the dimensions and priority areas, and the forms for what happens to them."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import navigation
from chancery.core.asof import AsOf, dated
from chancery.journal.panel import history
from chancery.parties.queries import naming
from chancery.people.doors import act_page, work_page

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
    words = {"title": _("A new edition of the catalogue"), "submit": _("Record"), "back": reverse("programme")}
    return act_page(request, "catalogue.adopt-edition", EditionForm, acts.adopt_edition, **words)


@work_page
def area_definition(request: HttpRequest) -> HttpResponse:
    return act_page(
        request, "catalogue.define-area", AreaForm, acts.define_area,
        title=_("A new priority area"), submit=_("Record"), back=reverse("programme"),
        done=lambda made: reverse("area", args=[made.ref]),
    )  # fmt: skip


@work_page
def coordinator(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(PriorityArea, ref=ref)
    return act_page(
        request, "catalogue.appoint-coordinator", CoordinatorForm, partial(acts.appoint_coordinator, area=found),
        title=_("Appoint a coordinator"), submit=_("Record"), back=reverse("area", args=[ref]),
        subject=found, about=found.name,
    )  # fmt: skip


@work_page
def coordination_end(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(Coordination.objects.select_related("area", "party"), ref=ref)
    return act_page(
        request, "catalogue.end-coordination", EndCoordinationForm,
        partial(acts.end_coordination, coordination=found),
        title=_("End of a coordination"), submit=_("Record"), back=reverse("area", args=[found.area_id]),
        subject=found, about=found.area.name,
    )  # fmt: skip
