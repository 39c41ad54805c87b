"""One's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core import forms
from chancery.core.asof import default

from .. import acts, policy, queries, sessions, shown
from ..doors import work_page
from ..forms import AccountForm
from ..models import Account
from ..scopes import Names


@work_page
def account(request: HttpRequest) -> HttpResponse:
    """Name, language and zone; how one signs in; the rights one has and who stands in."""
    own = queries.own(request.user.pk)
    today = default().today
    names = Names()
    initial = {"name": own.name, "language": own.language, "zone": own.zone}
    context = {
        "rights": shown.rights(own.shown, today, names),
        "deputies": shown.rights(queries.deputies_of(own, today), today, names),
        "second_factor": policy.has_second_factor(own),
        "recovery_codes": policy.has_recovery_codes(own),
        "sessions": sessions.of(own),
        "here": request.session.session_key,
    }

    def change(typed: dict) -> Account:
        changed = acts.change_account(account=own, **typed, by=request.user)
        messages.success(request, _("Your account was changed."))
        return changed

    return forms.act(
        request, AccountForm(request.POST or None, initial=initial), change,
        template="people/account.html", done=lambda changed: reverse("account"), context=context,
    )  # fmt: skip


@require_POST
@work_page
def session(request: HttpRequest) -> HttpResponse:
    """Signs out one other session, or all others."""
    number = request.POST.get("session", "")
    if number.isascii() and number.isdigit():
        sessions.end(request.user, int(number[:18]))
    else:
        sessions.end_all(request.user, but=request.session.session_key or "")
    messages.success(request, _("Signed out there."))
    return redirect("account")
