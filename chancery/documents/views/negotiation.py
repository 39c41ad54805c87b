"""Texts under negotiation: the list, the text with the positions beside it, one paragraph, and what is done there.

Everything works as pages and forms; asked for by a script, a paragraph comes alone and takes its own place."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.packing import packed
from chancery.core.refusals import Refusal
from chancery.people import policy
from chancery.people.doors import work_page
from chancery.people.forms import ConfirmForm

from .. import routes, words
from ..acts import calls, notes, paragraphs
from ..acts import positions as acts
from ..forms import positions as shapes
from ..queries import negotiation as queries
from ..queries.negotiation import WHOLE, Negotiation
from ..rows import Rows
from ..rules.positions import CallKind, Stance
from .negotiating import act_on, asked, back_to, block_of, fragment, led_by, promise, rows_for, seen_by, zones

REST = "rest"  # every open paragraph on which the delegation has not spoken
QUICK = (Stance.CAN_JOIN, Stance.AWAITING_CAPITAL)


@work_page
def negotiations(request: HttpRequest) -> HttpResponse:
    """The texts under negotiation that the person may read."""
    policy.require(request.user, "documents.see-negotiations")
    return render(request, "documents/negotiations.html", {"lines": queries.under_negotiation(request.user)})


@work_page
@packed
def negotiation(request: HttpRequest, ref: str) -> HttpResponse:
    """A text with the positions beside each paragraph."""
    seen = seen_by(request, ref)
    rows, open_only = rows_for(request, seen), request.GET.get("show") == "open"
    context = {
        "seen": seen,
        "rows": rows,
        "runs": list(rows.all(open_only=open_only)),
        "whole": rows.row(""),
        "open_only": open_only,
        "way": routes.way(seen.document, request.user),
        "switch": _switch(seen, rows),
        "heads": _heads(rows),
        "zones": zones(),
        "files": _files(seen),
        "may_propose": seen.reader.leads or (seen.reader.speaks and seen.reader.member),
        "drafts": not seen.closed and policy.may(request.user, "documents.save-draft", seen.document),
        **asked(seen),
    }
    return render(request, "documents/negotiation.html", context)


@work_page
def paragraph(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """One paragraph with all positions and every word said of it that the reader may see."""
    seen = seen_by(request, ref, block, proposed=True)
    rows, block = rows_for(request, seen), block_of(block)
    if request.htmx:
        return fragment(seen, rows, block)
    context = {
        "seen": seen, "row": rows.row(block), "all": rows.everything(block),
        "history": rows.heard.history(block), "back": back_to(request, seen, block),
    }  # fmt: skip
    return render(request, "documents/paragraph.html", context)


# ----------------------------------------------------------------------------------------------- delegations
@work_page
@require_POST
def positions(request: HttpRequest, ref: str) -> HttpResponse:
    """A position that needs no words, by one click: `take` is `can_join b5`, or `can_join rest`."""
    stance, _space, about = request.POST.get("take", "").partition(" ")
    one = about if about != REST else WHOLE
    seen, block = seen_by(request, ref, one), block_of(one)
    if stance not in QUICK:
        raise Http404
    try:
        acts.take_positions(
            version=seen.version, party=_party(request, seen), stance=Stance(stance),
            blocks=seen.unspoken if about == REST else [block], language=_language(), by=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        if not request.htmx:
            raise
        return fragment(seen, rows_for(request, seen), block, refusal=refusal.text())
    if request.htmx:
        after = seen.anew()
        return fragment(after, rows_for(request, after), block)
    return HttpResponseRedirect(back_to(request, seen, block))


@work_page
def position(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """What a delegation says of a paragraph, in words; or keeps as a draft."""
    seen, block = seen_by(request, ref, block), block_of(block)
    party, draft = _party(request, seen), seen.draft(block)
    own = seen.said.own(block)
    initial = {
        "stance": request.GET.get("stance") or (draft.stance if draft else own.stance if own else ""),
        "words": draft.words if draft else own.words if own else "",
    }  # fmt: skip

    def take(typed: dict[str, Any]) -> None:
        if typed.pop("draft"):
            about = queries.subject(seen.document.ref, block)
            notes.keep_note(party=party.ref, subject=about, draft=True, by=request.user, **typed)
        else:
            acts.take_position(
                version=seen.version, party=party, block=block, language=_language(), by=request.user, **typed
            )

    form = shapes.PositionForm(request.POST or None, initial=initial, member=seen.reader.member)
    return act_on(request, seen, block, form, take, title=_("The position of your delegation"), submit=_("State it"))


@work_page
def note(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """What a delegation writes for itself about a paragraph."""
    seen, block = seen_by(request, ref, block), block_of(block)
    policy.require(request.user, "documents.keep-note", seen.reader.party)
    kept = seen.note(block)
    form = shapes.NoteForm(request.POST or None, initial={"words": kept.words if kept else ""})
    return act_on(
        request, seen, block, form,
        lambda typed: notes.keep_note(
            party=seen.reader.party, subject=queries.subject(ref, block), by=request.user, **typed
        ),
        title=_("A private note of your delegation"), submit=_("Keep it"),
        lede=_(
            "No page, letter or export shows it to anybody else, neither to the Secretariat nor to the Chair. Whoever "
            "runs the database could read it."
        ),
    )  # fmt: skip


@work_page
def capital(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """What the capital answers on a paragraph agreed ad referendum."""
    seen, block = seen_by(request, ref, block), block_of(block)
    policy.require(request.user, "documents.confirm-capital", seen.reader.party)
    party = queries.party_of(seen.reader.party)

    def answer(typed: dict[str, Any]) -> None:
        about = {"document": seen.document, "block": block, "party": party, "by": request.user}
        if typed["answer"] == "confirm":
            paragraphs.confirm_capital(**about)
        else:
            paragraphs.decline_capital(words=typed["words"], **about)

    form = shapes.CapitalForm(request.POST or None)
    return act_on(request, seen, block, form, answer, title=_("The answer of your capital"), submit=_("Record it"))


@work_page
def sounding(request: HttpRequest, ref: str) -> HttpResponse:
    """What a delegation answers to the Chair alone."""
    seen = seen_by(request, ref)
    party = _party(request, seen)
    form = shapes.SoundingForm(request.POST or None, member=seen.reader.member, paragraphs=_sounded(seen))
    return act_on(
        request, seen, "", form,
        lambda typed: acts.take_position(
            version=seen.version, party=party, block=typed.pop("paragraph"), sounding=True, language=_language(),
            by=request.user, **typed,
        ),
        title=_("Your answer to the Chair"), submit=_("Answer"),
        lede=" ".join(filter(None, [promise(seen), _("It does not count when paragraphs are agreed.")])),
    )  # fmt: skip


# ------------------------------------------------------------------------------------ the Chair, the Secretariat
@work_page
def on_behalf(request: HttpRequest, ref: str) -> HttpResponse:
    """An officer records what a party says in a note verbale."""
    policy.require(request.user, "people.act-on-behalf")
    seen = seen_by(request, ref)
    form = shapes.OnBehalfForm(
        request.POST or None, paragraphs=[("", _("The text as a whole")), *_named(seen)],
        notes=queries.notes_verbales(), initial={"paragraph": request.GET.get("block", "")},
    )  # fmt: skip

    def record(typed: dict[str, Any]) -> None:
        note = typed.pop("note")
        acts.take_position(
            version=seen.version, party=queries.party_of(note.party), block=typed.pop("paragraph"),
            language=_language(), by=policy.on_behalf(request.user, note), **typed,
        )  # fmt: skip

    return act_on(
        request, seen, "", form, record, title=_("Record a position on behalf of a party"), submit=_("Record"),
        lede=_("On the strength of a note verbale. The journal names the party and keeps the note beside it."),
    )  # fmt: skip


@work_page
def call(request: HttpRequest, ref: str) -> HttpResponse:
    """Delegations are asked for their positions."""
    seen = led_by(request, ref, "documents.call")
    form = shapes.CallForm(request.POST or None, paragraphs=_named(seen))
    return act_on(
        request, seen, "", form, lambda typed: calls.call(version=seen.version, by=request.user, **form.typed),
        title=_("Ask delegations for their positions"), submit=_("Ask"),
        lede=_("Everybody who speaks for a delegation is told at once, on the desk and by letter."),
    )  # fmt: skip


@work_page
def call_closing(request: HttpRequest, ref: str, call: str) -> HttpResponse:
    """A call is closed before its time."""
    seen = led_by(request, ref, "documents.close-call")
    found = next((one for one in seen.calls if one.ref == call), None)
    if found is None:
        raise Http404
    return act_on(
        request, seen, "", ConfirmForm(request.POST if request.method == "POST" else None),
        lambda typed: calls.close_call(call=found, by=request.user), title=_("Close the call"), submit=_("Close"),
        lede=str(words.CALL[found.kind]),
    )  # fmt: skip


@work_page
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """Paragraphs are gavelled through."""
    seen = led_by(request, ref, "documents.agree")
    bodies = {one.ref: one for one in queries.bodies_of(seen.document)}
    form = shapes.AgreementForm(
        request.POST or None,
        paragraphs=[(block, f"{told} {_said(seen, block)}") for block, told in _named(seen, seen.holding)],
        bodies=[(ref, str(one.short or one.name)) for ref, one in bodies.items()],
        sessions=queries.sessions_of(bodies), initial={"blocks": request.GET.getlist("block")},
    )  # fmt: skip
    return act_on(
        request, seen, "", form,
        lambda typed: paragraphs.agree(
            version=seen.version, body=bodies[typed.pop("body")], by=request.user, **typed
        ),
        title=_("Agree paragraphs"), submit=_("Agree"),
        lede=_(
            "A paragraph to which a Member State objects cannot be agreed. One for which a capital is awaited is "
            "agreed ad referendum."
        ),
    )  # fmt: skip


@work_page
def reopening(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """A paragraph is opened again, with the consent of all."""
    seen, block = led_by(request, ref, "documents.reopen", block), block_of(block)
    form = shapes.ReopeningForm(request.POST or None, sessions=queries.sessions_of(
        [one.ref for one in queries.bodies_of(seen.document)]
    ))  # fmt: skip
    return act_on(
        request, seen, block, form,
        lambda typed: paragraphs.reopen(document=seen.document, block=block, by=request.user, **typed),
        title=_("Reopen the paragraph"), submit=_("Reopen"), grave=True,
        lede=_("Only a session of the body that agreed it, or of one above it, can consent to that."),
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------- helpers
def _party(request: HttpRequest, seen: Negotiation) -> Any:
    """The party for which the person speaks; refused where there is none."""
    policy.require(request.user, "documents.take-position", seen.reader.party)
    return queries.party_of(seen.reader.party)


def _language() -> str:
    return get_language() or ""


def _switch(seen: Negotiation, rows: Rows) -> list[tuple[str, str, bool]]:
    """The languages to choose from, each alone or two beside each other, and whether that is shown now."""
    shown = [one.language for one in rows.columns]
    choice = [(code, LANGUAGE_NAMES.get(code, code), shown == [code]) for code in seen.languages.known]
    return [*choice, ("both", _("Both"), len(shown) > 1)] if len(choice) > 1 else []


def _files(seen: Negotiation) -> list[tuple[str, str]]:
    """The Word files to take away: each language alone, and the original beside each other one."""
    own, *others = ((code, LANGUAGE_NAMES.get(code, code)) for code in seen.languages.known)
    both = [(f"{own[0]}-{code}", f"{own[1]} – {name}") for code, name in others]
    return [own, *others, *both]


def _heads(rows: Rows) -> list[tuple[str, str, Any]]:
    """What stands above the columns: language, its name, and what the text in it is worth."""
    worth = {"": _("original"), **words.STANDING}
    return [(one.language, LANGUAGE_NAMES.get(one.language, one.language), worth[one.standing]) for one in rows.columns]


def _named(seen: Negotiation, blocks: list[str] | None = None) -> list[tuple[str, str]]:
    """Paragraphs as choices: number and first words."""
    wanted = set(seen.open if blocks is None else blocks)
    found = [(one.id, Truncator(one.text).chars(60)) for one in seen.text.blocks if one.id in wanted]
    return [(block, f"{seen.numbers[block]}. {start}") for block, start in found]


def _sounded(seen: Negotiation) -> list[tuple[str, str]]:
    """On what the Chair sounds delegations now, as choices."""
    asked = [one.paragraphs.split() for one in seen.calls if one.kind == CallKind.SOUNDING]
    if not all(asked) or not asked:
        return [("", _("The text as a whole")), *_named(seen)]
    return _named(seen, [block for block in seen.open if any(block in named for named in asked)])


def _said(seen: Negotiation, block: str) -> str:
    """Who objects to a paragraph and whose capital is awaited, beside its name."""
    told = []
    for stance in (Stance.OBJECTION, Stance.AWAITING_CAPITAL):
        if parties := seen.said.of(block).parties.get(stance):
            told.append(f"{words.STANCE[stance]}: {', '.join(sorted(parties)).upper()}")
    return f"({'; '.join(told)})" if told else ""
