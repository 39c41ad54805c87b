"""Pages of those who belong, and the Secretariat's forms for what happens to them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core import charts, navigation
from chancery.core.asof import AsOf, dated, today
from chancery.journal.panel import history
from chancery.people.doors import act_page, work_page

from . import acts, queries
from .forms import (
    AdmitForm,
    AppointForm,
    ChangeCapacityForm,
    FocalPointForm,
    LeavePostForm,
    PostForm,
    RegisterForm,
    RenameForm,
    WithdrawForm,
)  # fmt: skip
from .models import Party, PartyName, Post


@dated
def members(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """Everybody who belongs on a day: map, growth and lists."""
    roll = queries.roll(asof.day)
    asked = request.GET.get("q", "").strip()[:60]
    context = {
        "roll": roll,
        "asked": asked,
        "found": queries.find(asked, asof.day) if asked else [],
        "markers": markers(roll, navigation.hint("chair", asof.day)),
        "growth": growth(asof),
        "columns": navigation.panels("members", roll, day=asof.day),
        "trail": [(_("Members"), "")],
    }
    return render(request, "parties/members.html", context)


def markers(roll: queries.Roll, chair: str | None) -> list[charts.Marker]:
    """The states on the map; the chair's is drawn last, above its neighbours."""
    shown = [(row, "chair" if row.party.ref == chair else "member") for row in roll.members]
    shown += [(row, "observer") for row in roll.observer_states]
    language = get_language() or ""
    placed = [
        charts.Marker.at(
            row.party.marker, name=row.name, code=row.party.code, kind=kind,
            url=navigation.url("party", (row.party.ref,), language),
        )
        for row, kind in shown
        if row.party.marker
    ]  # fmt: skip
    return sorted(placed, key=lambda marker: marker.kind == "chair")


def growth(asof: AsOf) -> charts.Steps | None:
    """The number of members over time."""
    steps = queries.growth(asof.day)
    if not steps:
        return None
    title = ngettext(
        "From %(first)s founding State to %(last)s", "From %(first)s founding States to %(last)s", steps[0][1]
    ) % {"first": steps[0][1], "last": steps[-1][1]}
    few = 4  # more names than that would run into each other
    points = [
        (day, count, " ".join(ref.upper() for ref in joined) if len(joined) < few else "")
        for day, count, joined in steps
    ]
    return charts.steps(title, _("Members"), points, until=asof.day)


@dated
def party(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A state or organisation: names, capacities in time, and what other areas know of it."""
    found = queries.party_page(ref)
    if found is None:
        raise Http404
    name = queries.naming(asof.day, [ref])
    context = {
        "party": found,
        "name": name[ref],
        "formal": name.formal.get(ref),
        "membership": next((one for one in found.memberships.all() if one.period.holds_on(asof.day)), None),
        "panels": navigation.panels("party", found, day=asof.day, reader=request.user),
        "history": history([f"parties:{ref}"]),
        "trail": [(_("Members"), reverse("members")), (name[ref], "")],
    }
    return render(request, "parties/party.html", context)


@dated
def posts(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """Who holds which post on a day, and who held it before."""
    context = {"posts": queries.posts_on(asof.day), "all": queries.post_history(), "trail": [(_("Posts"), "")]}
    return render(request, "parties/posts.html", context)


@dated
def person(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A person in office."""
    found = queries.person_page(ref)
    if found is None:
        raise Http404
    context = {
        "person_shown": found,
        "party_name": queries.naming(asof.day, [found.party_id])[found.party_id] if found.party_id else None,
        "panels": navigation.panels("person", found, day=asof.day),
        "history": history([f"persons:{ref}"]),
        "trail": [(_("Posts"), reverse("posts")), (found.name, "")],
    }
    return render(request, "parties/person.html", context)


# ---------------------------------------------------------------- the Secretariat's forms
def _about_party(
    request: HttpRequest, ref: str, act: str, form: type[Form], do: Callable, **shown: Any
) -> HttpResponse:
    found = get_object_or_404(Party, ref=ref)
    about = queries.naming(today(), [ref])[ref]
    back = reverse("party", args=[ref])
    return act_page(request, act, form, partial(do, party=found), subject=found, about=about, back=back, **shown)


def _about_post(request: HttpRequest, ref: str, act: str, form: type[Form], do: Callable, **shown: Any) -> HttpResponse:
    found = get_object_or_404(Post, ref=ref)
    back = reverse("posts")
    return act_page(request, act, form, partial(do, post=found), subject=found, about=found.name, back=back, **shown)


@work_page
def registration(request: HttpRequest) -> HttpResponse:
    return act_page(
        request, "parties.register", RegisterForm, acts.register,
        title=_("Enter a State or organisation"), submit=_("Enter"), back=reverse("members"),
        done=lambda made: reverse("party-admission", args=[made.ref]),
    )  # fmt: skip


@work_page
def admission(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Admit"), "submit": _("Record the admission")}
    return _about_party(request, ref, "parties.admit", AdmitForm, acts.admit, **words)


@work_page
def capacity(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Change the capacity"), "submit": _("Record the change")}
    return _about_party(request, ref, "parties.change-capacity", ChangeCapacityForm, acts.change_capacity, **words)


@work_page
def withdrawal(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Withdrawal"), "submit": _("Record the withdrawal"), "grave": True}
    return _about_party(request, ref, "parties.withdraw", WithdrawForm, acts.withdraw, **words)


@work_page
def name(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Another name"), "submit": _("Record the name")}
    return _about_party(request, ref, "parties.rename", RenameForm, acts.rename, **words)


@work_page
def focal_point(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Focal point"), "submit": _("Record the focal point")}
    do = acts.accredit_focal_point
    return _about_party(request, ref, "parties.accredit-focal-point", FocalPointForm, do, **words)


@work_page
@require_POST
def name_confirmation(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(PartyName.objects.select_related("party"), ref=ref)
    acts.confirm_name(name=found, by=request.user)
    return HttpResponseRedirect(reverse("party", args=[found.party_id]))


@work_page
def post_establishment(request: HttpRequest) -> HttpResponse:
    words = {"title": _("Establish a post"), "submit": _("Establish")}
    return act_page(request, "parties.establish-post", PostForm, acts.establish_post, back=reverse("posts"), **words)


@work_page
def appointment(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Appoint"), "submit": _("Record the appointment")}
    return _about_post(request, ref, "parties.appoint", AppointForm, acts.appoint, **words)


@work_page
def departure(request: HttpRequest, ref: str) -> HttpResponse:
    words = {"title": _("Leaving a post"), "submit": _("Record the departure")}
    return _about_post(request, ref, "parties.leave-post", LeavePostForm, acts.leave_post, **words)
