"""Versions on paper."""

from django.http import Http404, HttpRequest, HttpResponse


def version(request: HttpRequest, ref: str, position: int, languages: str) -> HttpResponse:
    """A version as PDF, in a language or in two."""
    raise Http404
