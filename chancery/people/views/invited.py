"""The page behind the link of an invitation."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from chancery.core.refusals import Refusal

from .. import acts, queries
from ..forms import AcceptForm
from ..models import Account, Invitation


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail programs open links too); a password, or being signed in as the
    account of that address, accepts it. The second factor comes next."""
    invited = queries.invitation_by_token(token)
    account = request.user if request.user.is_authenticated else None
    if account or queries.has_account(invited.email):
        return _with_account(request, invited, token, account)
    form = AcceptForm(request.POST or None, account=Account(email=invited.email, name=invited.name))
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.accept_invitation(token=token, password=form.cleaned_data["password"])
        except (Refusal, ValidationError) as refusal:
            form.add_error(None, refusal.text() if isinstance(refusal, Refusal) else refusal)
        else:
            return _signed_in(request, made, form.cleaned_data["password"])
    status = 422 if form.errors else 200
    return render(request, "people/invitation.html", {"form": form, "invited": invited}, status=status)


def _with_account(
    request: HttpRequest, invited: Invitation, token: str, account: Account | None
) -> HttpResponse:
    """For somebody who has an account already."""
    context: dict[str, Any] = {"invited": invited, "account": account, "next": request.path}
    if account and request.method == "POST":
        acts.accept_invitation(token=token, by=account)
        return redirect("account")
    return render(request, "people/invitation_again.html", context)


def _signed_in(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    """Signs the new account in as a password would, in a session of its own."""
    account.backend = "allauth.account.auth_backends.AuthenticationBackend"
    login = Login(user=account, email=account.email, redirect_url=reverse("mfa_activate_totp"))
    return perform_password_login(request, {"email": account.email, "password": password}, login)
