"""Pages of work: the desks of a delegation, of the Secretariat and of the Chair, and what is done from there."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chancery.core import asof, forms
from chancery.decisions.acts import silence
from chancery.decisions.rules.silence import ReplyKind
from chancery.documents.queries import access
from chancery.notices import queries as notices
from chancery.parties.models import Party
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.doors import work_page

from . import agreeing, asks, calendar, desks, presidency, queries, secretariat, words
from . import fortnight as sheets
from . import reminders as reminding
from .asked import AHEAD, running
from .asked import ahead as sessions_ahead

FEW = 4  # notices beside the desk


@work_page
def desk(request: HttpRequest) -> HttpResponse:
    """What is asked of whoever is signed in, for one of those for whom the person acts (`?for=`)."""
    today = asof.today()
    standings = desks.standings(request.user, today)
    standing = next((one for one in standings if one.key == request.GET.get("for")), standings[0])
    context = {
        "now": asof.now(),
        "weekday": words.weekday(today),
        "standing": standing,
        "standings": standings,
        "doors": desks.doors(request.user),
        "factor_missing": not policy.standing_of(request.user).second_factor,
        "notices": notices.of(request.user).filter(seen=None)[:FEW],
    }
    of = {desks.SECRETARIAT: _secretariat, desks.CHAIR: _chair}.get(standing.key, _delegation)
    return of(request, today, context)


def _delegation(request: HttpRequest, today: dt.date, context: dict[str, Any]) -> HttpResponse:
    open_asks = asks.of(request.user, today)
    party = context["standing"].code
    speakers = desks.speakers(party, today) if party else []
    more = {
        "groups": desks.groups(open_asks, today),
        "next": next(iter(queries.coming(today, limit=1)), None),
        "done": desks.done(request.user, party, today) if party else [],
        "speakers": speakers,
        "may_invite": policy.may(request.user, "people.see-own-people"),
    }
    return render(request, "portal/desk.html", {**context, **more, **_ahead(open_asks, today)})


def _ahead(open_asks: list[asks.Ask], today: dt.date) -> dict[str, Any]:
    fortnight = desks.fortnight(open_asks, today)
    return {
        "fortnight": fortnight,
        "weekdays": words.weekdays(),
        "busy": any(cell.meetings or cell.asks for cell in fortnight),
        "marked": any(cell.late and cell.asks for cell in fortnight),
    }


def _secretariat(request: HttpRequest, today: dt.date, context: dict[str, Any]) -> HttpResponse:
    asked = agreeing.questions(request.user, today)
    due = secretariat.deadlines(request.user, today, asked)
    names = naming(today)
    matrix = secretariat.matrix(asked, names)
    texts = agreeing.texts(request.user, today)
    more = {
        "names": names,
        "due": due,
        "matrix": matrix,
        "figures": secretariat.figures(due, matrix, texts, today),
        "blocked": [one for one in texts if one.blocked],
        "embargoes": secretariat.embargoes(request.user, today),
        "may_remind": policy.may(request.user, "notices.remind"),
    }
    return render(request, "portal/secretariat.html", {**context, **more})


def _chair(request: HttpRequest, today: dt.date, context: dict[str, Any]) -> HttpResponse:
    presided = presidency.bodies(request.user, today)
    sessions = sessions_ahead(today, today + AHEAD)
    asked = agreeing.questions(request.user, today)
    if presided is not None:
        sessions = sessions.filter(body__in=presided)
        asked = [one for one in asked if one.document.body_id in presided]
    more = {
        "names": naming(today),
        "texts": agreeing.texts(request.user, today, presided),
        "silences": [one for one in asked if one.silence],
        "soundings": [one for one in asked if one.sounding],
        "calls": [one for one in asked if not one.silence and not one.sounding],
        "owed": presidency.owed(request.user, today, presided),
        "sessions": list(sessions),
        "today": today,
    }
    return render(request, "portal/presidency.html", {**context, **more})


# ---------------------------------------------------------------- what is done from the desk
@require_POST
@work_page
def acknowledgement(request: HttpRequest, ref: str) -> HttpResponse:
    """Acknowledges a silence for one's delegation, with one click."""
    found = running(request.user, asof.today()).filter(ref=ref).first()
    parties = sorted(access.delegations(policy.standing_of(request.user)))
    if found is None or not parties:
        raise Http404
    party = next((one for one in parties if policy.may(request.user, "decisions.reply", one)), parties[0])
    silence.reply(
        silence=found, party=Party.objects.get(pk=party), kind=ReplyKind.ACKNOWLEDGEMENT, by=request.user
    )
    messages.success(request, _("Your delegation has acknowledged the silence procedure."))
    return redirect("desk")


class RemindingForm(django_forms.Form):
    """How many letters the officer was shown."""

    seen = django_forms.IntegerField(widget=django_forms.HiddenInput)


@work_page
def reminders(request: HttpRequest) -> HttpResponse:
    """Whom a reminder would reach, and sending it: of one question (`?of=`) or all, to one delegation (`?party=`) or
    all that have not answered."""
    policy.require(request.user, "notices.remind")
    about = {"subject": request.GET.get("of", ""), "party": request.GET.get("party", "")}
    found = reminding.planned(request.user, asof.today(), **about)
    count = sum(one.letters for one in found)

    def remind(typed: dict[str, Any]) -> int:
        sent = reminding.remind(**about, **typed, by=request.user)
        told = ngettext("%(n)d reminder was sent.", "%(n)d reminders were sent.", sent) % {"n": sent}
        messages.success(request, told)
        return sent

    return forms.act(
        request, RemindingForm(request.POST or None, initial={"seen": count}), remind,
        template="portal/reminders.html", done=lambda sent: reverse("desk"),
        context={"reminders": _by_name(found), "count": count},
    )  # fmt: skip


def _by_name(found: list[reminding.Reminder]) -> list[tuple[reminding.Reminder, list[Any], list[Any]]]:
    """Reminders with the names of those whom they reach and do not, in the order of the page's language."""
    names = naming(asof.today())

    def called(parties: list[str]) -> list[Any]:
        return [names[one] for one in sorted(parties, key=names.order)]

    return [(one, called(one.parties), called(one.nobody)) for one in found]


# ---------------------------------------------------------------- fourteen days
@work_page
def fortnight(request: HttpRequest) -> HttpResponse:
    """Fourteen days on one sheet, to be printed or taken into a calendar."""
    today = asof.today()
    sheet = sheets.sheet(request.user, today)
    context = {
        "now": asof.now(),
        "standing": desks.standings(request.user, today)[0],
        "sheet": sheet,
        "rows": [row for group in desks.groups([*sheet.due, *sheet.undated], today) for row in group.rows],
        "answers": words.REPLY,
    }
    return render(request, "portal/fortnight_sheet.html", context)


@work_page
def fortnight_calendar(request: HttpRequest) -> HttpResponse:
    """The fourteen days as a file for a calendar."""
    sheet = sheets.sheet(request.user, asof.today())
    content = calendar.written([*sheet.due, *sheet.undated], [slot.meeting for slot in sheet.slots])
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="fortnight-{sheet.first:%Y-%m-%d}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer

