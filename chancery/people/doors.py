"""Doors: pages that need somebody signed in, and the page of an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from chancery.core import forms

from . import policy


def work_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of work: the public is led to sign in first; what one may do there is the policy's question."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return wrapped


def act_page(
    request: HttpRequest,
    act: str,
    form: type[Form],
    do: Callable[..., Any],
    *,
    title: str,
    submit: str,
    back: str,
    subject: Any = None,
    done: Callable[[Any], str] | None = None,
    initial: dict[str, Any] | None = None,
    **shown: Any,
) -> HttpResponse:
    """The page of one act: asks the policy about `subject`, shows the form, and when it is sent does the act with
    what was typed. Then it goes to the address that `done` gives, or `back`. `shown` goes to the template:
    `about` (whom or what it is about), `lede`, `grave` (it cannot be taken back)."""
    policy.require(request.user, act, subject)
    return forms.act(
        request,
        form(request.POST or None, request.FILES or None, initial=initial),
        lambda typed: do(by=request.user, **typed),
        template="ui/act.html",
        done=done or (lambda made: back),
        context={"title": title, "submit": submit, "cancel": back, **shown},
    )
