"""The day of a page of what was published."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from chancery.core.asof import AsOf, dated


def published_by(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives a view its day as `asof`. What is published is read up to today, unless a day is asked for: a record
    may be kept to a day of the past and still be written about."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, asof: AsOf, **kwargs: Any) -> HttpResponse:
        shown = asof if asof.asked else replace(asof, day=asof.today)
        request.asof = shown
        return view(request, *args, asof=shown, **kwargs)

    return dated(wrapped)
