"""Doors: which pages need somebody signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse


def work_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of work: the public is led to sign in first; what one may do there is the policy's question."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return wrapped
