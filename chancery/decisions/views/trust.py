"""Proofs to take along: the bundle of a decision, its sheet for the room, and the page to which its code leads."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chancery.core.asof import now, today
from chancery.documents.models import Version
from chancery.documents.queries import documents as texts
from chancery.journal import words as journal
from chancery.journal.acts import checkpoint
from chancery.journal.bundle import Bundle
from chancery.journal.keys import KeyMissing
from chancery.journal.models import Entry
from chancery.journal.queries import decided, vkeys
from chancery.journal.views import live
from chancery.journal.witnesses import NotSignedYet
from chancery.parties.queries import naming
from chancery.people.doors import work_page

from .. import qr, words
from ..models import Decision
from ..queries import register, trust
from ..queries.silence import Followed, silence_page


@live
@require_safe
def proof(request: HttpRequest, ref: str) -> HttpResponse:
    """What proves a decision, and how anybody verifies it without asking this site."""
    found = _decision(request, ref)
    return render(request, "decisions/proof.html", {**_sealed(request, found), "trail": _trail(found, _("Proof"))})


@live
@require_safe
def bundle(request: HttpRequest, ref: str) -> HttpResponse:
    """All that proves a decision, in one file."""
    found = _decision(request, ref)
    return _file(ref, lambda: trust.of_decision(found, request.user))


@live
@require_safe
@work_page
def silence_bundle(request: HttpRequest, ref: str) -> HttpResponse:
    """All that proves the course of a silence to somebody who may see it, in one file."""
    found = silence_page(request.user, ref)
    if found is None:
        raise Http404
    return _file(f"silence-{ref}", lambda: trust.of_silence(Followed(found, request.user, now())))


@live
@require_safe
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """A decision on paper: what was decided, by whom and when, its seal, and the code that leads to the check page."""
    found = _decision(request, ref)
    statements = found.statements.order_by("position", "ref")
    names = naming(today())
    context = {
        **_sealed(request, found),
        **_words(trust.text_for(request.user, found.version)),
        "statements": [(one, words.STATEMENT[one.kind], names.several(one.parties)) for one in statements],
        "trail": _trail(found, _("Sheet for the room")),
    }
    return render(request, "decisions/sheet.html", context)


@live
@require_safe
def code(request: HttpRequest, ref: str) -> HttpResponse:
    """The code that leads to the check page of a decision, as a picture."""
    found = _decision(request, ref)
    entry = trust.deciding(found)
    if entry is None:
        raise Http404
    return HttpResponse(qr.svg(_address(found, entry)), content_type="image/svg+xml")


@live
@require_safe
def check(request: HttpRequest, seq: int, ref: str = "") -> HttpResponse:
    """What a code vouches for, to anybody who holds the paper. Of an entry that is not public it tells nothing but
    that it is there."""
    entry = get_object_or_404(Entry, seq=seq)
    decisions = _checked(entry, ref)
    context = {
        "seal": trust.Seal(entry),
        "decisions": [(one, words.VERB[one.verb], trust.grouped(_digest(one))) for one in decisions],
        "act": journal.act(decided(entry)) if entry.is_public else "",
        "key": _key(),
        "trail": [(_("Journal"), reverse("journal")), (_("Check"), "")],
    }
    return render(request, "decisions/check.html", context)


def _checked(entry: Entry, ref: str) -> list[Decision]:
    """The public decisions that an address of the check page speaks of; a 404 for one that the entry does not tell."""
    if not ref:
        return trust.told_by(entry) if entry.is_public else []
    found = trust.public_decision(ref)
    if found is None or trust.deciding(found) != entry:
        raise Http404
    return [found]


def _decision(request: HttpRequest, ref: str) -> Decision:
    """A decision for somebody who may read it; for others it does not exist."""
    found = register.decision_page(ref, request.user)
    if found is None:
        raise Http404
    return found


def _sealed(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    entry = trust.deciding(decision)
    text = trust.text_for(request.user, decision.version)
    return {
        "decision": decision,
        "verb": words.VERB[decision.verb],
        "manner": words.MANNER[decision.manner],
        "seal": trust.Seal(entry) if entry else None,
        "text": text,
        "digest": trust.grouped(text.digest) if text else "",
        "address": _address(decision, entry) if entry else "",
        "key": _key(),
    }


def _words(text: Version | None) -> dict[str, Any]:
    """The text in the language in which it was adopted."""
    reading = texts.rendered(text, text.language) if text else None
    if text is None or reading is None:
        return {}
    return {
        "lines": texts.lines(text, [reading]), "readings": [reading], "print_as": reading.language, "version": text,
        "document": text.document,
    }  # fmt: skip


def _address(decision: Decision, entry: Entry) -> str:
    """Where the code leads: the page of the entry and, where everybody may know of it, the decision."""
    named = [entry.seq, decision.ref] if decision.is_public else [entry.seq]
    return settings.ORIGIN + reverse("check", args=named)


def _digest(decision: Decision) -> str:
    return decision.version.digest if decision.version else ""


def _key() -> str:
    named = vkeys()
    return named[-1].vkey if named else ""


def _trail(decision: Decision, page: str) -> list[tuple[Any, str]]:
    return [
        (_("Decisions"), reverse("decisions")),
        (decision.number or decision.title, reverse("decision", args=[decision.ref])),
        (page, ""),
    ]


def _file(name: str, make: Callable[[], Bundle | None]) -> HttpResponse:
    """A bundle as a file. The head that it needs is signed now, if the clock has not come by since."""
    try:
        made = make()
    except NotSignedYet as waiting:
        try:
            checkpoint()
        except KeyMissing:
            raise waiting from None
        made = make()
    if made is None:
        raise Http404
    answer = HttpResponse(made.pack(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{settings.CHARTER.ref}-{name}.zip"'
    return answer
