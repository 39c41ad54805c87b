"""Pages of meetings, their calendars, and the Secretariat's forms for what happens to them."""

from typing import Any

from django import forms as django_forms
from django.conf import settings
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

from . import acts, queries, words
from .calendar import calendar
from .forms import AmendForm, AttachForm, CallOffForm, ConveneForm, MeetingFilter, OutcomeForm
from .models import Meeting

NEXT = 12  # coming meetings on top of the list


@dated
def meetings(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What is coming and what took place, narrowed by a filter."""
    asked = MeetingFilter(request.GET, naming(asof.day))
    parts = queries.parts(asked.asked, asof.day)
    status, conditions = asked.asked.get("status"), list(parts.values())
    if status == "planned":
        rows = queries.listed(*conditions).order_by(*queries.SOONEST)
    elif status:
        rows = queries.listed(*conditions).order_by(*queries.NEWEST)
    else:
        rows = queries.listed(queries.over_on(asof.day), *conditions).order_by(*queries.NEWEST)
    page = queries.Listing(rows).get_page(request.GET.get("page"))
    ahead = [] if status or page.number > 1 else queries.ahead(asof.day, NEXT + 1, *conditions)
    context = {
        "filter": asked,
        "status": status,
        "coming": queries.with_status(ahead[:NEXT], asof.day),
        "more": len(ahead) > NEXT,
        "page": page,
        "months": queries.by_month(page.object_list, asof.day),
        "narrowest": None if ahead or page.object_list else queries.narrowest(Meeting, parts),
    }
    return render(request, "meetings/meetings.html", context, status=400 if asked.errors else 200)


@dated
def meeting(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A meeting: when and where, what came of it, who took part, and what other areas know of it."""
    found = queries.meeting_page(ref)
    if found is None:
        raise Http404
    names, now = naming(asof.day), found.status_on(asof.day)
    context = {
        "meeting": found,
        "status": now,
        "sign": words.SIGN[now],
        "word": words.STATUS[now],
        "kind": words.KIND[found.kind],
        "format": words.FORMAT.get(found.format),
        "clock": words.clock(found),
        "names": names,
        "hosts": names.several(found.hosts),
        "roles": [(words.ROLE[role], present) for role, present in queries.by_role(found, names.order).items()],
        "figures": [(words.QUALIFIER.get(one.qualifier), one) for one in found.figures.all()],
        "panels": navigation.panels("meeting", found, day=asof.day, reader=request.user),
        "history": history([f"meetings:{ref}"]),
        "trail": _trail(found),
    }
    return render(request, "meetings/meeting.html", context)


def _trail(meeting: Meeting) -> list[tuple[Any, str]]:
    body = navigation.address(f"bodies:{meeting.body_id}") if meeting.body else None
    above = [(meeting.body.short or meeting.body.name, body)] if meeting.body and body else []
    return [(_("Meetings"), reverse("meetings")), *above, (meeting.title, "")]


@dated
def meetings_calendar(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """The list, with its filter, as a calendar to subscribe to."""
    asked = MeetingFilter(request.GET, naming(asof.day))
    if asked.errors:
        return HttpResponse("\n".join(_faults(asked)), status=400, content_type="text/plain; charset=utf-8")
    found = queries.for_calendar(queries.parts(asked.asked, asof.day), asof.day)
    return _calendar(calendar(found, asof.day), settings.CHARTER.ref)


@dated
def meeting_calendar(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """One meeting, for a calendar."""
    found = get_object_or_404(Meeting, ref=ref)
    return _calendar(calendar([found], asof.day), ref)


def _faults(form: django_forms.Form) -> list[str]:
    return [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]


def _calendar(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


# ---------------------------------------------------------------- the Secretariat's forms
@work_page
def convening(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "meetings.convene")
    return forms.act(
        request,
        ConveneForm(request.POST or None),
        lambda typed: acts.convene(details=typed, by=request.user),
        template="ui/act.html",
        done=lambda made: reverse("meeting", args=[made.ref]),
        context={"title": _("Convene a meeting"), "submit": _("Convene"), "cancel": reverse("meetings")},
    )


def _meeting_act(request: HttpRequest, ref: str, act: str, make: Any, do: Any, **words: Any) -> HttpResponse:
    """A form of one act about a meeting: `make` gives the form, `do` does the act with what was typed."""
    about = get_object_or_404(Meeting.objects.select_related("body", "area"), ref=ref)
    policy.require(request.user, act, about)
    return forms.act(
        request,
        make(about),
        lambda typed: do(meeting=about, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("meeting", args=[ref]),
        context={"about": about.title, "cancel": reverse("meeting", args=[ref]), **words},
    )


@work_page
def amendment(request: HttpRequest, ref: str) -> HttpResponse:
    def amend(*, meeting: Meeting, by: Any, seen: str, **typed: Any) -> Meeting:
        return acts.amend(meeting=meeting, details=typed, seen=seen, by=by)

    return _meeting_act(
        request, ref, "meetings.amend",
        lambda about: AmendForm(request.POST or None, initial=_details(about)), amend,
        title=_("Change date or details"), submit=_("Record the change"),
        lede=_("What has taken place is not changed here but by an erratum."),
    )  # fmt: skip


def _details(meeting: Meeting) -> dict[str, Any]:
    names = (
        "title", "kind", "opens", "closes", "zone", "format", "place", "country", "hosts", "organisers", "body",
        "ordinal", "presiding", "dimension", "area", "part_of_id", "summary", "note",
    )  # fmt: skip
    details = {name.removesuffix("_id"): getattr(meeting, name) for name in names}
    source = next(iter(meeting.sources), None)
    days = {"starts": str(meeting.began), "ends": str(meeting.ended or "")}
    return {**details, **days, "source": source, "seen": queries.version(meeting)}


@work_page
def calling_off(request: HttpRequest, ref: str) -> HttpResponse:
    return _meeting_act(
        request, ref, "meetings.call-off", lambda about: CallOffForm(request.POST or None), acts.call_off,
        title=_("Postpone or cancel"), submit=_("Record"), grave=True,
    )  # fmt: skip


@work_page
def outcome(request: HttpRequest, ref: str) -> HttpResponse:
    return _meeting_act(
        request, ref, "meetings.record-outcome",
        lambda about: OutcomeForm(request.POST or None, initial=_recorded(about)), acts.record_outcome,
        title=_("Record the outcome"), submit=_("Record the outcome"),
    )  # fmt: skip


def _recorded(meeting: Meeting) -> dict[str, Any]:
    """What the record holds of the outcome, as the form shows it."""
    languages = settings.CHARTER.languages
    figures = [
        " | ".join([f"{one.qualifier} {one.value}".strip(), *(one.label.texts.get(code, "") for code in languages)])
        for one in meeting.figures.order_by("position", "ref")
    ]
    roles = {"delegations": "delegation", "speakers": "speaker", "observers": "observer", "guests": "guest"}
    present = meeting.participations.order_by("position", "ref").values_list("role", "party")
    taking_part = {name: " ".join(p for r, p in present if r == role) for name, role in roles.items()}
    texts = {"outcome": meeting.outcome, "next": meeting.next, "figures": "\n".join(figures)}
    return {**texts, **taking_part, "source": next(iter(meeting.sources), None), "seen": queries.version(meeting)}


@work_page
def attachment(request: HttpRequest, ref: str) -> HttpResponse:
    def attach(*, file: Any, **typed: Any) -> Any:
        return acts.attach(content=file.read(settings.UPLOAD_LIMIT + 1), **typed)

    return _meeting_act(
        request, ref, "meetings.attach",
        lambda about: AttachForm(request.POST or None, request.FILES or None), attach,
        title=_("Attach a file"), submit=_("Attach"),
    )  # fmt: skip
