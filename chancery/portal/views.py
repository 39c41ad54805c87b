"""Pages that mix areas."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_request

from chancery.core.models import Source


def front_door(request: HttpRequest) -> HttpResponse:
    """Sends a visitor to the home page in the language asked for by the browser."""
    answer = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    answer["Vary"] = "Accept-Language, Cookie"
    answer["Cache-Control"] = "private, no-cache"
    return answer


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html")


def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/desk.html")


def sources(request: HttpRequest) -> HttpResponse:
    """Where the facts of the record were learnt."""
    return render(request, "portal/sources.html", {"all": Source.objects.order_by("quality", "title")})
