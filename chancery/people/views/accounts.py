"""Accounts, as the Secretariat sees them and as the administrator of a delegation sees its own people."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms
from chancery.core.asof import default, now

from .. import acts, policy, queries, rules, scopes, shown
from ..doors import work_page
from ..forms import ConfirmForm, DeputyForm, FilterForm, InviteForm, RestoreForm, RevokeForm, RightForm
from ..models import Account, Grant, Invitation, Restoration
from ..rules import Held, Role

PAGE = 40


@work_page
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, for the Secretariat."""
    queries.require(request.user, "people.see-accounts")
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "role": ""}
    today = default().today
    found = queries.accounts(asked=asked["q"], role=asked["role"], day=today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": shown.rows(page.object_list, today),
        "invitations": _waiting(request.user),
        "restorations": queries.waiting_restorations(now()),
        "may_give": policy.may(request.user, "people.give-rights"),
    }
    return render(request, "people/accounts.html", context)


@work_page
def own_people(request: HttpRequest) -> HttpResponse:
    """The people of the delegation whose administrator one is."""
    queries.require(request.user, "people.see-own-people")
    parties = queries.administered_by(request.user)
    party = request.GET.get("party", parties[0])
    if party not in parties:
        raise Http404
    today = default().today
    names = scopes.names(Role.ADMINISTRATOR)
    context = {
        "party": names.get(party, party),
        "parties": [(one, names.get(one, one), one == party) for one in parties],
        "rows": shown.rows(queries.people_of(party, today), today),
        "invitations": _waiting(request.user, party),
    }
    return render(request, "people/own_people.html", context)


@work_page
def account(request: HttpRequest, ref: str) -> HttpResponse:
    """One account with its rights, and what may be done with it."""
    seen = _seen(request, ref)
    today = default().today
    context = {
        "row": shown.rows([seen], today)[0],
        "restoration": queries.waiting_restorations(now()).filter(account=seen).first(),
        "lasting": queries.rights_of(seen, today),
        "back": back(request.user),
        "may_act": "all" if policy.may(request.user, "people.give-rights") else "",
    }
    return render(request, "people/account_page.html", context)


@work_page
def grant(request: HttpRequest, ref: str) -> HttpResponse:
    """Gives a right."""
    seen = _seen(request, ref)

    def give(typed: dict[str, Any]) -> Grant:
        one = form.entitlement()
        return acts.grant(
            account=seen, role=one.right.role, scope=one.right.scope,
            since=one.since, until=one.until, by=request.user,
        )  # fmt: skip

    form = RightForm(request.POST or None, initial={"since": default().today}, **_may_give(request.user))
    title = _("Give %(name)s a right") % {"name": seen.name}
    return _act(request, "people.give-rights", None, form, give, title=title, submit=_("Give"), account=seen)


@work_page
def revocation(request: HttpRequest, ref: str) -> HttpResponse:
    """Ends a right."""
    held = _grant(request, ref)
    form = RevokeForm(request.POST or None, initial={"until": default().today})
    return _act(
        request, "people.revoke", held.right, form,
        lambda typed: acts.revoke(grant=held, until=typed["until"], by=request.user),
        title=_("End a right of %(name)s") % {"name": held.account.name}, submit=_("End it"), grave=True,
        account=held.account, right=_told(held),
    )  # fmt: skip


@work_page
def deputy(request: HttpRequest, ref: str) -> HttpResponse:
    """Names who stands in for the holder of a right."""
    held = _grant(request, ref)
    colleagues = queries.colleagues(held.account, default().today)
    form = DeputyForm(request.POST or None, colleagues=colleagues, initial={"since": default().today})
    return _act(
        request, "people.deputise", Held(held.right, held.account.ref), form,
        lambda typed: acts.deputise(grant=held, by=request.user, **typed),
        title=_("A deputy for %(name)s") % {"name": held.account.name}, submit=_("Name the deputy"),
        account=held.account, right=_told(held),
    )  # fmt: skip


@work_page
def restoration(request: HttpRequest, ref: str) -> HttpResponse:
    """Asks that a lost second factor be restored."""
    seen = _seen(request, ref)

    def restore(typed: dict[str, Any]) -> Restoration:
        asked = acts.restore_factor(account=seen, reason=typed["reason"], by=request.user)
        done = _("The second factor was taken away; its holder sets up a new one after signing in.")
        messages.success(request, done if asked.confirmed else _("Another officer can now confirm it."))
        return asked

    title = _("Restore the second factor of %(name)s") % {"name": seen.name}
    rights = queries.rights_of(seen, default().today)
    return _act(
        request, "people.restore-factor", rights, RestoreForm(request.POST or None), restore,
        title=title, submit=_("Restore"), grave=True, account=seen,
    )  # fmt: skip


@work_page
def confirmation(request: HttpRequest, ref: str) -> HttpResponse:
    """The second officer confirms."""
    asked = get_object_or_404(queries.waiting_restorations(now()), ref=ref)
    return _act(
        request, "people.confirm-restoration", None, _confirm(request),
        lambda typed: acts.confirm_restoration(restoration=asked, by=request.user),
        title=_("Restore the second factor of %(name)s") % {"name": asked.account.name},
        submit=_("Confirm"), grave=True, account=asked.account, asked=asked,
    )  # fmt: skip


@work_page
def invitation(request: HttpRequest) -> HttpResponse:
    """Invites somebody."""
    def invite(typed: dict[str, Any]) -> acts.Issued:
        issued = acts.invite(
            email=typed["email"], name=typed["name"], language=typed["language"],
            rights=[form.entitlement()], by=request.user,
        )  # fmt: skip
        told = _("The invitation of %(name)s is in the outbox.") % {"name": typed["name"]}
        messages.success(request, told)
        return issued

    initial = {"since": default().today, "language": settings.CHARTER.interface[0]}
    form = InviteForm(request.POST or None, initial=initial, **_may_give(request.user))
    return _act(
        request, "people.give-rights", None, form, invite, title=_("Invite somebody"), submit=_("Invite")
    )


@work_page
def withdrawal(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraws an invitation."""
    waiting = get_object_or_404(queries.waiting_invitations(now()), ref=ref)
    if not policy.may(request.user, "people.see-invitation", waiting.entitlements):
        raise Http404
    return _act(
        request, "people.withdraw-invitation", waiting.entitlements, _confirm(request),
        lambda typed: acts.withdraw_invitation(invitation=waiting, by=request.user),
        title=_("Withdraw the invitation of %(name)s") % {"name": waiting.name},
        submit=_("Withdraw"), grave=True, invited=waiting,
    )  # fmt: skip


def back(person: Account) -> str:
    """The list from which somebody comes."""
    return reverse("accounts" if policy.may(person, "people.see-accounts") else "own-people")


def _confirm(request: HttpRequest) -> ConfirmForm:
    return ConfirmForm(request.POST if request.method == "POST" else None)


def _act(
    request: HttpRequest, act: str, subject: Any, form: Any, do: Any, *, account: Account | None = None, **more: Any
) -> HttpResponse:
    """The page of one act, for whoever may do it; afterwards the account's page, or the list, is shown."""
    policy.require(request.user, act, subject)

    def goes_to(done: Any) -> str:
        if account is None:
            return back(request.user)
        seen = policy.may(request.user, "people.see-account", queries.rights_of(account, default().today))
        return reverse("account-page", args=[account.ref]) if seen else reverse("account")

    context = {"account": account, "cancel": goes_to(None), **more}
    return forms.act(request, form, do, template="people/act.html", done=goes_to, context=context)


def _seen(request: HttpRequest, ref: str) -> Account:
    try:
        return queries.account_seen_by(request.user, ref, default().today)
    except Account.DoesNotExist:
        raise Http404 from None


def _grant(request: HttpRequest, ref: str) -> Grant:
    """A grant that the person holds or may see. Anything else is not there."""
    held = queries.grant_seen_by(request.user, ref)
    if held is None:
        raise Http404
    return held


def _told(held: Grant) -> shown.RightRow:
    return shown.rights([held], default().today, scopes.Names())[0]


def _may_give(person: Account) -> dict[str, Any]:
    """The roles, and for what, that somebody may give: everything, or two roles of one's own delegation."""
    if policy.may(person, "people.see-accounts"):
        return {"roles": list(Role)}
    given = [role for role in Role if role in rules.GIVEN_BY_ADMINISTRATORS]
    return {"roles": given, "only": queries.administered_by(person) or ["-"]}


def _waiting(person: Account, party: str = "") -> list[shown.InvitationRow]:
    waiting: list[Invitation] = queries.invitations_seen_by(person, now(), party)
    return shown.invitations(waiting, settings.CHARTER.retention["invitations"])
