"""Pages of the chair: who wishes to have it, and what is handed over with it."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chancery.core.asof import today
from chancery.documents.queries import access
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.doors import act_page, work_page
from chancery.people.rules import Role, Unit

from .. import words
from ..acts import candidature as candidature_acts
from ..acts import handover as handover_acts
from ..forms.chair import CandidatureForm, DraftDecisionForm, HandoverForm, SignatureForm
from ..models import Candidature, Handover
from ..queries import candidature as queries
from ..queries import handover as handover_queries
from ..rules.handover import Hand


# ------------------------------------------------------------------------------------------------ candidatures
@require_safe
@work_page
def candidatures(request: HttpRequest) -> HttpResponse:
    """Who declared its wish to chair, and how far it has come."""
    policy.require(request.user, "decisions.see-candidatures", access.on(today()).members)
    context = {"candidates": queries.candidates(request.user), "names": naming(today()), "words": words.PROGRESS}
    return render(request, "decisions/candidatures.html", {**context, "may_declare": bool(_declarers(request))})


@work_page
def declaration(request: HttpRequest) -> HttpResponse:
    """A state declares its candidature, or the Secretariat records the letter in which it did."""
    parties = _declarers(request)
    chosen = request.POST.get("party", "")
    return act_page(
        request, "decisions.declare-candidature", partial(CandidatureForm, parties=parties),
        candidature_acts.declare, subject=chosen if chosen in parties else next(iter(parties), ""),
        title=_("Declare a candidature for the Chair"), submit=_("Declare"), back=reverse("candidatures"),
        lede=_("The members are informed at once, through the Secretariat."), initial={"declared": today()},
    )  # fmt: skip


@work_page
def draft_decision(request: HttpRequest, ref: str) -> HttpResponse:
    """Which text is decided upon."""
    found = _candidature(request, ref)
    return act_page(
        request, "decisions.put-candidature", DraftDecisionForm,
        partial(candidature_acts.put_forward, candidature=found), subject=found, title=_("Name the draft decision"),
        submit=_("Name it"), back=reverse("candidatures"), about=naming(today())[found.party_id],
        lede=_("It is then decided upon as any text is: by silence, or in the room."),
    )  # fmt: skip


@work_page
def candidature_withdrawal(request: HttpRequest, ref: str) -> HttpResponse:
    """A state no longer wishes to chair."""
    from django.forms import Form

    found = _candidature(request, ref)
    return act_page(
        request, "decisions.withdraw-candidature", Form,
        partial(candidature_acts.withdraw_candidature, candidature=found), subject=found.party_id,
        title=_("Withdraw the candidature"), submit=_("Withdraw"), back=reverse("candidatures"),
        about=naming(today())[found.party_id], grave=True,
    )  # fmt: skip


def _candidature(request: HttpRequest, ref: str) -> Candidature:
    policy.require(request.user, "decisions.see-candidatures", access.on(today()).members)
    return get_object_or_404(queries.candidatures(), ref=ref)


def _declarers(request: HttpRequest) -> list[str]:
    """The members for which somebody may declare a candidature."""
    members = access.on(today()).members
    standing = policy.standing_of(request.user)
    if standing.is_officer(Unit.PROTOCOL, Unit.DOCUMENTS):
        return sorted(members)
    return sorted(one for one in access.delegations(standing) & members if standing.has(Role.DELEGATE, one))


# ------------------------------------------------------------------------------------------------ handover
@require_safe
@work_page
def handovers(request: HttpRequest) -> HttpResponse:
    """The handover files that somebody may see."""
    policy.require(request.user, "decisions.see-handovers")
    context = {
        "files": list(handover_queries.seen_by(request.user)), "names": naming(today()),
        "may_draw_up": policy.may(request.user, "decisions.draw-up-handover", ""), "hands": words.HAND,
    }  # fmt: skip
    return render(request, "decisions/handovers.html", context)


@require_safe
@work_page
def handover(request: HttpRequest, ref: str) -> HttpResponse:
    """A file: what was open when it was drawn up, and who countersigned."""
    found = _handover(request, ref)
    signed = {one.capacity: one for one in found.signatures.all()}
    context = {
        "file": found, "names": naming(today()), "content": handover_queries.shown(found),
        "hands": [(hand, words.HAND[hand], signed.get(hand.value)) for hand in Hand],
        "may_sign": _hands(request, found),
    }  # fmt: skip
    return render(request, "decisions/handover.html", context)


@work_page
def handover_drawing_up(request: HttpRequest) -> HttpResponse:
    """The file is drawn up from the record as it stands."""
    return act_page(
        request, "decisions.draw-up-handover", HandoverForm, handover_acts.draw_up, subject="",
        title=_("Draw up the handover file"), submit=_("Draw up"), back=reverse("handovers"),
        lede=_("It holds the texts that are open, silence that runs, what is owed, contacts and the calendar, as they "
               "stand now. The outgoing Chair, the incoming Chair and the Secretariat countersign it."),
        done=lambda made: reverse("handover", args=[made.ref]),
    )  # fmt: skip


@work_page
def handover_signature(request: HttpRequest, ref: str) -> HttpResponse:
    """One of the three countersigns."""
    found = _handover(request, ref)
    hands = _hands(request, found)
    asked = request.POST.get("hand", "")
    hand = Hand(asked) if asked in {one.value for one in hands} else next(iter(hands), Hand.SECRETARIAT)
    return act_page(
        request, "decisions.countersign-handover", partial(SignatureForm, hands=hands),
        lambda hand, by: handover_acts.countersign(handover=found, hand=Hand(hand), by=by),
        subject=(hand, found.outgoing_id, found.incoming_id), title=_("Countersign the handover file"),
        submit=_("Countersign"), back=reverse("handover", args=[ref]),
        lede=_("You confirm that you have seen the file as it was drawn up; it does not change any more."),
    )  # fmt: skip


def _handover(request: HttpRequest, ref: str) -> Handover:
    found = handover_queries.seen_by(request.user).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def _hands(request: HttpRequest, found: Handover) -> list[Hand]:
    """For whom somebody may countersign a file that still needs it."""
    signed = {one.capacity for one in found.signatures.all()}
    return [
        hand
        for hand in Hand
        if hand not in signed
        and policy.may(request.user, "decisions.countersign-handover", (hand, found.outgoing_id, found.incoming_id))
    ]
