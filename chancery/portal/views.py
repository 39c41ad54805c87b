"""Pages that mix areas."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from chancery.bodies.queries import chair
from chancery.core import asof as seat
from chancery.core import navigation
from chancery.core.asof import AsOf, dated, default
from chancery.core.models import day_of
from chancery.journal.queries import head
from chancery.newsroom.words import period
from chancery.parties.queries import Naming, Roll, roll
from chancery.parties.views import markers

from . import maps, queries, strip, words


def front_door(request: HttpRequest) -> HttpResponse:
    """Sends a visitor to the home page in the language asked for by the browser."""
    answer = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    answer["Vary"] = "Accept-Language, Cookie"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@dated
def home(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """The organisation on a day: who belongs and chairs, what comes, what was decided, what took place."""
    members, presiding, programme = roll(asof.day), chair(asof.day), queries.programme(asof.day)
    held, address = _activities(asof, strip.DRAWN + 1), _addresses(asof)
    context = {
        "roll": members,
        "chair": presiding,
        "markers": markers(members, presiding.term.party_id if presiding.term else None),
        "undrawn": _undrawn(members),
        "programme": programme,
        "dimensions": _dimensions(programme, members.names, held, address),
        "coming": _coming(asof),
        "decisions": _decisions(asof),
        "issue": _issue(asof),
        "strip": strip.drawn(held, asof.day, address),
    }
    return render(request, "portal/home.html", context)


def _addresses(asof: AsOf) -> Callable[[str], str]:
    """The page of a meeting, on the day that the reader asked for."""
    day = f"?on={asof.asked.isoformat()}" if asof.asked else ""
    return lambda ref: f"{navigation.address(f'meetings:{ref}') or ''}{day}"


def _undrawn(members: Roll) -> str:
    """The States that have no place on the map."""
    return ", ".join(str(row.name) for row in (*members.members, *members.observer_states) if not row.party.marker)


def _activities(asof: AsOf, limit: int) -> list[queries.Activity]:
    return queries.activities(strip.months(asof.day)[0], asof.day, limit=limit)


def _dimensions(
    programme: queries.Programme, names: Naming, held: list[queries.Activity], address: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Each dimension with its areas, who coordinates them, and what took place last in the three months."""
    latest = {one.dimension: one for one in held}
    states = programme.coordinators
    return [
        {
            "dimension": one,
            "areas": programme.areas.get(one.code, 0),
            "coordinators": [names[state] for state in sorted(states.get(one.code, []), key=names.order)],
            "latest": latest.get(one.code),
            "url": address(latest[one.code].ref) if one.code in latest else "",
        }
        for one in settings.CHARTER.dimensions
    ]


def _coming(asof: AsOf) -> list[dict[str, Any]]:
    """What is to come. Of a meeting that is over by today the summary tells how it went: on an earlier day that
    was not known yet."""
    address = _addresses(asof)
    return [
        {
            "when": words.short_day(one.began, asof.day),
            "note": one.place or (_("online") if one.format == "online" else ""),
            "title": one.title,
            "url": address(one.ref),
            "about": words.brief(one.summary) if one.until > asof.today else "",
        }
        for one in queries.coming(asof.day)
    ]


def _decisions(asof: AsOf) -> list[dict[str, Any]]:
    day = f"?on={asof.asked.isoformat()}" if asof.asked else ""
    return [
        {
            "when": words.short_day(day_of(one, "taken"), asof.day),
            "note": one.body.short or one.body.name,
            "title": one.title,
            "url": f"{navigation.address(f'decisions:{one.ref}') or ''}{day}",
            "about": words.brief(one.summary),
        }
        for one in queries.latest_decisions(asof.day)
    ]


def _issue(asof: AsOf) -> dict[str, Any] | None:
    """The latest issue. A record that is not kept any more may have got its last one after the day it was kept
    to, so the page as it opens looks for it up to today."""
    found = queries.latest_issue(asof.asked or asof.today)
    if not found:
        return None
    languages = " · ".join(code.upper() for code in settings.CHARTER.languages if found.title.texts.get(code))
    months = period(found.quarter)
    name = settings.CHARTER.digest_name
    return {
        "url": navigation.address(f"digests:{found.ref}") or "",
        "name": name,
        "title": found.title,
        "period": months,
        "languages": languages,
        "label": f"{name}, {months}",
    }


@dated
def strip_csv(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What the strip of the home page shows, as a file."""
    held = _activities(asof, strip.WRITTEN)
    answer = HttpResponse(strip.written(held, _addresses(asof)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="activities-{asof.day:%Y-%m}.csv"'
    return answer


def sources(request: HttpRequest) -> HttpResponse:
    """Where the facts of the record were learnt, by how good each source is."""
    return render(request, "portal/sources.html", {"groups": queries.sources()})


def about(request: HttpRequest) -> HttpResponse:
    """What this site is, who compiled it and how to cite it."""
    context = {"entry": head(), "origin": settings.ORIGIN, "cited": default().day}
    return render(request, "portal/about.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


def data_protection(request: HttpRequest) -> HttpResponse:
    """What is kept of visitors and of accounts, and for how long."""
    charter = settings.CHARTER
    context = {"retention": charter.retention, "defaults": charter.retention_defaults}
    return render(request, "portal/data_protection.html", context)


# ---------------------------------------------------------------- files for machines
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone."""
    closed = [f"/{code}/{part}/" for code in settings.CHARTER.interface for part in ("account", "desk", "secretariat")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.ORIGIN}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). It expires half a year ahead, and is written anew every day."""
    expires = dt.datetime.combine(seat.today() + dt.timedelta(days=180), dt.time(), dt.UTC)
    lines = [
        f"Contact: {_contact()}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(settings.CHARTER.interface)}",
        f"Canonical: {settings.ORIGIN}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _contact() -> str:
    """The organisation answers for a site that it issues; of another one, the page about it says who does."""
    charter = settings.CHARTER
    if charter.issued_by_organisation and charter.email:
        return f"mailto:{charter.email}"
    return f"{settings.ORIGIN}/{settings.LANGUAGE_CODE}/about/"


def favicon(request: HttpRequest) -> HttpResponse:
    """For those who ask for the icon by its old name."""
    return HttpResponseRedirect(static("core/favicon.svg"))


def site_map(request: HttpRequest) -> HttpResponse:
    """The addresses of the public pages, bounded: of each kind the latest."""
    context = {"addresses": maps.addresses(queries.subjects())}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml; charset=utf-8")
