"""Pages of the silence procedure: which there are, one of them, what a delegation answers, what the Chair does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chancery.bodies.models import Body
from chancery.core import forms
from chancery.core.asof import now
from chancery.core.refusals import NotAllowed, Refusal
from chancery.documents.acts.notes import keep_note
from chancery.documents.models import Version
from chancery.meetings.queries import Listing
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.doors import act_page, work_page
from chancery.people.forms import CodeAgainForm

from .. import words
from ..acts import silence as acts
from ..forms.silence import ExtensionForm, NoteReplyForm, ProposalForm, ReplyForm, SubjectForm, WithdrawalForm
from ..models import Silence
from ..queries import silence as queries
from ..queries.silence import Followed
from ..rules import Verb
from ..rules.silence import BREAKING, ReplyKind, Shape, check_basis, check_length

SERVICE_PAGE = 100


# ------------------------------------------------------------------------------------------------ to read
@require_safe
@work_page
def silences(request: HttpRequest) -> HttpResponse:
    """The silences that somebody may see: those that are open first, by their end."""
    person = request.user
    policy.require(person, "decisions.follow-silences")
    page = Listing(queries.in_order(queries.seen_by(person))).get_page(request.GET.get("page"))
    rows = queries.listed(page.object_list, person, now())
    context = {
        "page": page,
        "open": [one for one in rows if not one.silence.outcome],
        "over": [one for one in rows if one.silence.outcome],
        "may_propose": bool(queries.led_by(person)),
    }
    return render(request, "decisions/silences.html", context)


@require_safe
@work_page
def silence(request: HttpRequest, ref: str) -> HttpResponse:
    """A silence: how long it runs, what will happen, what was said and recorded."""
    page = _followed(request, ref)
    context = {
        "page": page,
        "silence": page.silence,
        "document": page.silence.version.document,
        "verb": words.VERB[page.silence.verb],
        "shape": words.SHAPE[page.silence.shape],
        "may_lead": policy.may(request.user, "decisions.extend-silence", page.silence.body_id),
        "form": _reply_form(request, page, page.party, initial=queries.draft(request.user, page.party, page.silence)),
        "trail": _trail(page.silence),
        **_clock(page),
    }
    return render(request, "decisions/silence.html", context)


@require_safe
def clock(request: HttpRequest, ref: str) -> HttpResponse:
    """How long a silence still runs, for the page that is open. Where its reader was signed out meanwhile, the page
    stays as it is, with what is being typed there."""
    if request.htmx and not request.user.is_authenticated:
        return HttpResponse(status=204)
    return _time_left(request, ref)


@work_page
def _time_left(request: HttpRequest, ref: str) -> HttpResponse:
    page = _followed(request, ref)
    return render(request, "decisions/silence_clock.html", {"page": page, "silence": page.silence, **_clock(page)})


@require_safe
@work_page
def service(request: HttpRequest, ref: str) -> HttpResponse:
    """Who was told of a silence, when and how."""
    page = _followed(request, ref)
    notices = queries.service(request.user, page.silence)
    shown = Paginator(notices, SERVICE_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "silence": page.silence, "lines": queries.served(shown.object_list), "names": page.names}
    return render(request, "decisions/silence_service.html", {**context, "trail": _trail(page.silence, _("Service"))})


# ------------------------------------------------------------------------------------------------ to answer
@work_page
def reply(request: HttpRequest, ref: str) -> HttpResponse:
    """The answer of a delegation; what breaks silence is looked at twice."""
    page = _followed(request, ref)
    if "draft" in request.POST:
        return _draft(request, page)
    if not page.voice:
        policy.require(request.user, "decisions.reply", page.party)
        raise NotAllowed
    policy.require(request.user, "decisions.reply", page.voice)
    initial = queries.draft(request.user, page.voice, page.silence)
    form = _reply_form(request, page, page.voice, request.POST or None, initial=initial)
    return _answered(request, page, form, lambda typed: (request.user, page.voice), "silence-reply")


@work_page
def reply_by_note(request: HttpRequest, ref: str) -> HttpResponse:
    """The answer of a delegation that wrote a note verbale, as an officer records it."""
    page = _followed(request, ref)
    policy.require(request.user, "people.receive-note")
    everything = [kind for kind in words.REPLY if kind in page.kinds(next(iter(page.belongs.members), ""))]
    form = NoteReplyForm(request.POST or None, kinds=everything, late=not page.is_open, notes=queries.notes())

    def voice(typed: dict[str, Any]) -> tuple[Any, str]:
        note = typed.pop("note")
        return policy.on_behalf(request.user, note), note.party

    return _answered(request, page, form, voice, "silence-reply-by-note")


def _answered(
    request: HttpRequest, page: Followed, form: ReplyForm, voice: Callable[[dict[str, Any]], Any], route: str
) -> HttpResponse:
    """Does what was typed, once; before silence is broken, the text, the reason and the consequence are shown again
    and a fresh code of the second factor is asked for."""
    context = {"page": page, "silence": page.silence, "document": page.silence.version.document, "route": route}

    def do(typed: dict[str, Any]) -> Any:
        by, ref = voice(typed)
        made = acts.reply(silence=page.silence, party=Party.objects.get(ref=ref), by=by, **typed)
        _discard(request, page, ref)
        return made

    if request.method == "POST" and form.is_valid() and form.breaks:
        code = CodeAgainForm(request.POST if "code" in request.POST else None, user=request.user)
        try:
            _by, party = voice(dict(form.cleaned_data))
            effect = page.effect(party, form.cleaned_data["kind"], form.cleaned_data["words"])
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text())
            return render(request, "decisions/silence_reply.html", {**context, "form": form}, status=refusal.status)
        if not code.is_valid():
            shown = {"form": form, "code": code, "effect": effect, "party": page.names[party]}
            status = 422 if code.is_bound else 200
            return render(request, "decisions/silence_second_look.html", {**context, **shown}, status=status)
        code.save()
    return forms.act(
        request, form, do, template="decisions/silence_reply.html", context=context,
        done=lambda made: _thank(request, page.silence, made),
    )  # fmt: skip


def _thank(request: HttpRequest, silence: Silence, made: Any) -> str:
    if made.late:
        told = _("Your objection is recorded as late. It changes nothing.")
    elif made.kind in BREAKING:
        told = _("Recorded. Silence is over, and everybody is being told.")
    else:
        told = _("Your answer is recorded.")
    messages.success(request, told)
    return reverse("silence", args=[silence.ref])


def _draft(request: HttpRequest, page: Followed) -> HttpResponse:
    """Keeps what was typed for the delegation alone."""
    subject, party = f"silences:{page.silence.ref}", page.party
    typed = {name: request.POST.get(name, "") for name in ("words", "wording", "kind")}
    keep = partial(keep_note, party=party, draft=True, by=request.user)
    keep(subject=subject, words=typed["words"], stance=typed["kind"] if typed["kind"] in set(ReplyKind) else "")
    keep(subject=f"{subject}#wording", words=typed["wording"])
    messages.success(request, _("Your draft is kept. Nobody outside your delegation sees it."))
    return HttpResponseRedirect(f"{reverse('silence', args=[page.silence.ref])}#answer")


def _discard(request: HttpRequest, page: Followed, party: str) -> None:
    """A draft that was sent is not kept."""
    if party in page.own:
        for subject in (f"silences:{page.silence.ref}", f"silences:{page.silence.ref}#wording"):
            keep_note(party=party, subject=subject, words="", draft=True, by=request.user)


def _reply_form(request: HttpRequest, page: Followed, party: str, data: Any = None, **more: Any) -> ReplyForm:
    return ReplyForm(data, kinds=page.kinds(party), late=not page.is_open, **more)


# ------------------------------------------------------------------------------------------------ the chair's
@require_safe
@work_page
def proposal(request: HttpRequest) -> HttpResponse:
    """The Chair proposes silence: here, on which text and for which body."""
    policy.require(request.user, "decisions.propose-silence")
    form = SubjectForm(
        request.GET if "body" in request.GET else None, versions=queries.proposable(request.user),
        bodies=queries.led_by(request.user), initial={"version": request.GET.get("version")},
    )  # fmt: skip
    if form.is_valid():
        chosen = form.cleaned_data
        terms = reverse("silence-terms", args=[chosen["version"].pk, chosen["body"]])
        rests_on = _rests_on(request).urlencode()
        return HttpResponseRedirect(f"{terms}?{rests_on}" if rests_on else terms)
    return render(request, "decisions/silence_subject.html", {"form": form}, status=400 if form.is_bound else 200)


@work_page
def terms(request: HttpRequest, version: str, body: str) -> HttpResponse:
    """How and until when a body is to decide on a text; then it is looked at once more."""
    found = queries.version_page(request.user, version)
    decides = Body.objects.filter(ref=body).first()
    if found is None or decides is None:
        raise Http404
    return _proposed(request, found, decides)


@work_page
def restart(request: HttpRequest, ref: str) -> HttpResponse:
    """What failed is tried again, on the latest version of its text."""
    old = _followed(request, ref).silence
    return _proposed(request, queries.latest(old.version.document), old.body, replaces=old)


def _proposed(request: HttpRequest, version: Version, body: Body, replaces: Silence | None = None) -> HttpResponse:
    policy.require(request.user, "decisions.propose-silence", body.ref)
    verbs = list(settings.CHARTER.verbs.get(body.ref) or [verb.value for verb in Verb])
    form = ProposalForm(
        request.POST or None, verbs=verbs, sessions=queries.sessions(body),
        recommendations=queries.recommendations(version, body),
        initial=_as_before(replaces) or _rests_on(request).dict(),
    )  # fmt: skip
    context = {
        "version": version, "document": version.document, "body": body, "replaces": replaces,
        "soon": queries.soon(now()), "minimum": settings.CHARTER.silence_minimum_hours,
        "rule": settings.CHARTER.silence_source,
    }  # fmt: skip
    if "again" in request.POST:
        return render(request, "decisions/silence_proposal.html", {**context, "form": form})
    if request.method == "POST" and form.is_valid() and "confirmed" not in request.POST:
        try:
            _check(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text())
        else:
            return render(request, "decisions/silence_review.html", {**context, **_reviewed(form, version, body)})
    do = partial(acts.propose, version=version, body=body, replaces=replaces, by=request.user)
    return forms.act(
        request, form, lambda typed: do(**typed), template="decisions/silence_proposal.html",
        done=lambda made: reverse("silence", args=[made.ref]), context=context,
    )  # fmt: skip


def _rests_on(request: HttpRequest) -> QueryDict:
    """What the address says of the silence that is to be proposed: its shape, and the session it rests on."""
    said = QueryDict(mutable=True)
    said.update({name: request.GET[name] for name in ("shape", "session") if request.GET.get(name)})
    return said


def _as_before(replaces: Silence | None) -> dict[str, Any]:
    """What a restart takes over from the silence that failed."""
    if replaces is None:
        return {}
    names = ("shape", "verb", "session", "recommendation", "basis")
    return {name: getattr(replaces, name) for name in names}


def _check(typed: dict[str, Any]) -> None:
    """What can be known to be wrong before the act is asked. Raises what the act would."""
    charter, at = settings.CHARTER, now()
    rests_on = {"session": bool(typed["session"]), "recommendation": bool(typed["recommendation"])}
    check_basis(Shape(typed["shape"]), basis=typed["basis"], **rests_on)
    opens = max(typed["opens"] or at, at)
    check_length(opens, typed["expires"], at, charter.silence_minimum_hours, charter.silence_source)


def _reviewed(form: ProposalForm, version: Version, body: Body) -> dict[str, Any]:
    typed, at = form.cleaned_data, now()
    opens = max(typed["opens"] or at, at)
    return {
        "form": form, "typed": typed, "shape": words.SHAPE[typed["shape"]], "verb": words.VERB[typed["verb"]],
        "expires": _moments(typed["expires"]), "opens": _moments(opens) if typed["opens"] else None,
        "length": words.left(typed["expires"] - opens), "to": queries.addressees(version.document, body, at),
    }  # fmt: skip


@work_page
def extension(request: HttpRequest, ref: str) -> HttpResponse:
    found = _followed(request, ref).silence
    return act_page(
        request, "decisions.extend-silence", ExtensionForm, partial(acts.extend, silence=found), subject=found.body_id,
        title=_("Extend silence"), submit=_("Extend"), about=found.version.document.title,
        lede=_("Answers that were given stay. Everybody who was told of this silence is told of its new end."),
        back=reverse("silence", args=[ref]), initial={"expires": found.expires},
    )  # fmt: skip


@work_page
def withdrawal(request: HttpRequest, ref: str) -> HttpResponse:
    found = _followed(request, ref).silence
    return act_page(
        request, "decisions.withdraw-silence", WithdrawalForm, partial(acts.withdraw, silence=found),
        subject=found.body_id, title=_("Withdraw silence"), submit=_("Withdraw"), about=found.version.document.title,
        lede=_("The text is not adopted and may be changed again. Silence can be started anew."), grave=True,
        back=reverse("silence", args=[ref]),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ shared
def _followed(request: HttpRequest, ref: str) -> Followed:
    """A silence as the person sees it now. What the person may not see is not there."""
    found = queries.silence_page(request.user, ref)
    if found is None:
        raise Http404
    return Followed(found, request.user, now())


def _clock(page: Followed) -> dict[str, Any]:
    silence = page.silence
    return {"word": words.STAGE[page.stage], "expires": _moments(silence.expires), "opens": _moments(silence.opens)}


def _moments(at: Any) -> dict[str, Any]:
    """An instant at the seat and in UTC."""
    zone = settings.CHARTER.zone
    return {"at": at, "seat": words.moment(at, zone), "utc": words.moment(at, words.UTC)}


def _trail(silence: Silence, *more: str) -> list[tuple[Any, str]]:
    title = (silence.version.document.title, reverse("silence", args=[silence.ref]))
    return [(_("Silence procedures"), reverse("silences")), title, *((one, "") for one in more)]
