"""What is proposed on a text: by changing a paragraph, adding, leaving out or moving one; one proposal with all that
was said of it; and what the Chair makes of proposals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core import forms
from chancery.core.charter import LANGUAGE_NAMES, RIGHT_TO_LEFT
from chancery.core.refusals import Refusal
from chancery.journal import words as journal
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.doors import work_page
from chancery.people.forms import ConfirmForm
from chancery.people.policy import Person

from .. import words
from ..acts import notes
from ..acts import proposals as acts
from ..acts import settlement as settling
from ..forms import proposals as shapes
from ..models import Proposal
from ..queries import negotiation as queries
from ..queries import proposals
from ..queries.negotiation import Negotiation
from ..rows import Rows
from ..rules.blocks import BlockKind
from ..rules.comparison import spans
from ..rules.proposals import CHAIR, NEXT, ProposalKind, ProposalStatus, Wish, WordsMovedOn
from .negotiating import act_on, back_to, fragment, led_by, rows_for, seen_by

WHAT: dict[str, tuple[type[shapes.ProposalForm], Any]] = {
    "words": (shapes.AmendmentForm, words.PROPOSAL_KIND["words"]),
    "insert": (shapes.InsertionForm, words.PROPOSAL_KIND["insert"]),
    "delete": (shapes.DeletionForm, words.PROPOSAL_KIND["delete"]),
    "move": (shapes.MoveForm, words.PROPOSAL_KIND["move"]),
}
HOW: dict[str, Callable[..., Any]] = {
    "support": acts.support,
    "sponsor": lambda **about: acts.support(sponsor=True, **about),
    "end": acts.end_support,
}


@dataclass(frozen=True, slots=True)
class Author:
    """For whom somebody proposes: a party, or the Chair (None); and as who."""

    party: Party | None
    by: Person

    @property
    def code(self) -> str:
        return self.party.ref if self.party else CHAIR


# ------------------------------------------------------------------------------------------------------- proposing
@work_page
def proposal_on(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """A paragraph with its editor open: what is changed is shown in brackets before it is tabled. `what` in the
    address says what is proposed, `language` in which language the words are."""
    seen = seen_by(request, ref, block, proposed=True, ever=request.method == "POST")
    _require_voice(request, seen)
    language = _language(request, seen)
    what = request.GET.get("what", "words")
    if what not in WHAT or (what in ("delete", "move") and block not in seen.text.by_id):
        raise Http404
    rows = rows_for(request, seen)
    form = _form(request, seen, what, block, language)
    shown = {
        "what": what, "choices": _choices(what, block in seen.text.by_id), "said_in": language,
        "switch": _switch(seen),
        "form_template": "documents/proposal_form.html", "draftable": what == "words" and bool(seen.reader.party),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid() and "propose" not in request.POST:
        return _before_it_is_tabled(request, seen, rows, block, form, language, shown)
    if request.method != "POST" and what == "words" and (draft := seen.amendment_draft(block)):
        with suppress(Refusal):  # the text may have moved on since: all that the draft would change is shown
            wish = Wish(ProposalKind.WORDS, block, draft.words)
            shown["understood"] = _in_brackets(seen, rows, author_of(request, seen), wish, language)
    return act_on(
        request, seen, block, form, lambda typed: _propose(request, seen, form, block, language),
        title=_("Propose on the paragraph"), submit=_("Table the proposal"), **shown,
    )  # fmt: skip


def _before_it_is_tabled(
    request: HttpRequest, seen: Negotiation, rows: Rows, block: str, form: shapes.ProposalForm, language: str,
    shown: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """What was understood is shown, or what was typed is kept as a draft of the delegation."""
    try:
        if "draft" in request.POST and shown["draftable"]:
            notes.keep_note(
                party=seen.reader.party, subject=_drafted(seen, block), words=form.cleaned_data["text"], draft=True,
                by=request.user,
            )  # fmt: skip
            messages.success(request, _("Kept as a draft of your delegation. Nobody else sees it."))
            return HttpResponseRedirect(back_to(request, seen, block))
        shown["understood"] = _understood(request, seen, rows, form, block, language)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text())
    template = "documents/paragraph_row.html" if request.htmx else "documents/paragraph_form.html"
    context = {
        "seen": seen, "row": rows.row(block), "title": _("Propose on the paragraph"), "form": form,
        "submit": _("Table the proposal"), "cancel": back_to(request, seen, block), "action": request.get_full_path(),
    }  # fmt: skip
    return render(request, template, {**context, **shown}, status=422 if form.errors else 200)


def _understood(
    request: HttpRequest, seen: Negotiation, rows: Rows, form: shapes.ProposalForm, block: str, language: str
) -> SafeString:
    """The paragraph with what would be proposed, alone, in brackets."""
    with _words_of_now(seen, form, block, language):
        return _in_brackets(seen, rows, author_of(request, seen, form.note), form.wish(block), language)


def _in_brackets(seen: Negotiation, rows: Rows, author: Author, wish: Wish, language: str) -> SafeString:
    rolled = proposals.understood(version=seen.version, author=author.code, wish=wish, language=language)
    return rows.alone_in_brackets(rolled, author.code, language, after=wish.after)


def _propose(
    request: HttpRequest, seen: Negotiation, form: shapes.ProposalForm, block: str, language: str
) -> list[Proposal]:
    author = author_of(request, seen, form.note)
    with _words_of_now(seen, form, block, language):
        made = acts.propose(
            version=seen.version, party=author.party, wishes=[form.wish(block)], language=language, by=author.by
        )  # fmt: skip
    if seen.reader.party and isinstance(form, shapes.AmendmentForm):
        notes.keep_note(party=seen.reader.party, subject=_drafted(seen, block), words="", draft=True, by=request.user)
    return made


@contextmanager
def _words_of_now(seen: Negotiation, form: shapes.ProposalForm, block: str, language: str) -> Iterator[None]:
    """Where the words moved on, those of now go with the form: its author sees them beside what was typed, and may
    send it again."""
    try:
        yield
    except WordsMovedOn:
        data = form.data.copy()
        data["seen"] = proposals.paragraph(
            seen.version, proposals.standing(seen.version, language), block, language
        ).text
        form.data = data
        raise


def _form(request: HttpRequest, seen: Negotiation, what: str, block: str, language: str) -> shapes.ProposalForm:
    shape, _name = WHAT[what]
    more: dict[str, Any] = {"notes": notes_for(seen)}
    if what == "move":
        more["places"] = [(one.id, _called(seen, one.id, one.text)) for one in seen.text.blocks if one.id != block]
    if what == "words" and request.method != "POST":
        text = proposals.standing(seen.version, language)
        now = proposals.paragraph(seen.version, text, block, language)
        draft = seen.amendment_draft(block)
        more["initial"] = {"text": draft.words if draft else now.text, "seen": now.text}
    if what == "insert" and block in seen.text.by_id:
        kind = seen.text.by_id[block].kind
        more["initial"] = {"kind": kind.value if kind in shapes.NEW else BlockKind.OPERATIVE.value}
    return shape(request.POST or None, **more)


def _called(seen: Negotiation, block: str, text: str) -> str:
    number = seen.numbers.get(block, "")
    return f"{number}. {Truncator(text).chars(60)}" if number else Truncator(text).chars(60)


def _drafted(seen: Negotiation, block: str) -> str:
    return queries.amending(seen.document.ref, block)


def _choices(what: str, stands: bool) -> list[tuple[str, Any, bool]]:
    """What one may propose about a paragraph, and which of it is open now. One that is only proposed is neither left
    out nor moved: its proposal is not retained."""
    return [(one, name, one == what) for one, (_, name) in WHAT.items() if stands or one in ("words", "insert")]


def _switch(seen: Negotiation) -> list[tuple[str, str]]:
    """The languages in which one may propose."""
    return [(code, LANGUAGE_NAMES.get(code, code)) for code in proposals.languages_of(seen.version)]


def _language(request: HttpRequest, seen: Negotiation) -> str:
    asked = request.GET.get("language") or seen.version.language
    if asked not in proposals.languages_of(seen.version):
        raise Http404
    return asked


# -------------------------------------------------------------------------------------------------- who proposes
def _require_voice(request: HttpRequest, seen: Negotiation) -> None:
    """Whoever leads the negotiation, or speaks for a party, may propose."""
    if not seen.reader.leads:
        policy.require(request.user, "documents.propose", seen.reader.party)


def notes_for(seen: Negotiation) -> Any:
    """The notes verbales on the strength of which somebody may propose: for an officer who has no party of his own."""
    return queries.notes_verbales() if seen.reader.officer and not seen.reader.speaks else None


def author_of(request: HttpRequest, seen: Negotiation, note: Any = None) -> Author:
    """A delegate proposes for the own party, an officer for that of a note verbale, whoever leads for the Chair."""
    if note is not None:
        return Author(queries.party_of(note.party), policy.on_behalf(request.user, note))
    if seen.reader.speaks:
        return Author(queries.party_of(seen.reader.party), request.user)
    return Author(None, request.user)


# ------------------------------------------------------------------------------------------------------ one proposal
@work_page
def proposal(request: HttpRequest, ref: str, proposal: str) -> HttpResponse:
    """One proposal: its words, authors and supporters, what it took up, and what became of it."""
    seen, row = _found(request, ref, proposal)
    rows = rows_for(request, seen)
    page = proposals.page(row, seen.reader)
    context = {
        "seen": seen, "proposal": row, "page": page, "kind": words.PROPOSAL_KIND[row.kind],
        "fit": words.FIT[page.fit] if page.fit else "",
        "status": words.PROPOSAL[row.status], "number": rows.called(proposals.place(row)),
        "wordings": [
            (code, LANGUAGE_NAMES.get(code, code), spans(one["before"], one["text"])) for code, one in page.wordings
        ],
        "authors": [mark_safe(rows.pieces.code(one)) for one in row.parties.split()], "rtl": RIGHT_TO_LEFT,
        "supporters": [mark_safe(rows.pieces.code(one)) for one in row.supporters.split()],
        "after": rows.called(row.after), "present": seen.has(row.block),
        "missing": [(code, LANGUAGE_NAMES.get(code, code)) for code in page.missing],
        "told": [
            (one.at, journal.act(one.decided), journal.capacity(one.decided), words.PROPOSAL.get(one.status, ""))
            for one in page.told
        ],
        **_may(request, seen, row),
    }  # fmt: skip
    return render(request, "documents/proposal.html", context)


def _may(request: HttpRequest, seen: Negotiation, row: Proposal) -> dict[str, Any]:
    """What the reader may do about a proposal."""
    party, open_ = seen.reader.party, row.status in ("tabled", "ad-referendum") and not seen.closed
    own = party in row.parties.split()
    speaks = open_ and seen.reader.speaks and seen.reader.member
    for_chair = open_ and row.parties == CHAIR and policy.may(
        request.user, "documents.propose-for-chair", seen.document.body_id
    )  # fmt: skip
    return {
        "may_support": speaks and not own and party not in row.supporters.split(),
        "may_sponsor": speaks and not own and row.parties != CHAIR,
        "may_end": speaks and party in row.supporters.split(),
        "may_withdraw": (speaks and own) or for_chair,
        "may_settle": seen.reader.leads and not seen.closed and bool(NEXT[ProposalStatus(row.status)]),
        "may_merge": open_ and seen.reader.leads and row.kind in ("words", "alternative"),
        "may_translate": open_ and policy.may(request.user, "documents.translate-proposal", seen.document),
    }  # fmt: skip


def _found(request: HttpRequest, ref: str, proposal: str) -> tuple[Negotiation, Proposal]:
    """A proposal that the reader may see; a 404 for others."""
    seen = seen_by(request, ref)
    row = proposals.shown(seen.document, seen.reader).filter(ref=proposal).first()
    if row is None:
        raise Http404
    return seen, row


@work_page
@require_POST
def support(request: HttpRequest, ref: str, proposal: str) -> HttpResponse:
    """A delegation supports a proposal, sponsors it, or does so no more: `how` is `support`, `sponsor` or `end`."""
    seen, row = _found(request, ref, proposal)
    do = HOW.get(request.POST.get("how", ""))
    if do is None:
        raise Http404
    policy.require(request.user, "documents.propose", seen.reader.party)
    told = ""
    try:
        do(proposal=row, party=queries.party_of(seen.reader.party), by=request.user)
    except Refusal as refusal:
        if not request.htmx:
            raise
        told = refusal.text()
    if request.htmx:
        after = seen_by(request, ref, row.block, proposed=True, ever=True)
        return fragment(after, rows_for(request, after), row.block, **({"refusal": told} if told else {}))
    return HttpResponseRedirect(_there(request, row))


def _there(request: HttpRequest, row: Proposal) -> str:
    """Where the proposal has its page, or its place in the text if one comes from there."""
    page = reverse("proposal", args=[row.document_id, row.ref])
    there = reverse("negotiation", args=[row.document_id])
    return f"{there}#{row.block}" if request.headers.get("referer", "").partition("?")[0].endswith(there) else page


@work_page
def withdrawal(request: HttpRequest, ref: str, proposal: str) -> HttpResponse:
    """A delegation withdraws its proposal, or the Chair its text."""
    seen, row = _found(request, ref, proposal)
    _require_voice(request, seen)
    author = Author(None, request.user) if row.parties == CHAIR else author_of(request, seen)
    return _act_about(
        request, seen, row, ConfirmForm(request.POST if request.method == "POST" else None),
        lambda typed: acts.withdraw(proposal=row, party=author.party, by=author.by), title=_("Withdraw the proposal"),
        submit=_("Withdraw"), grave=True, lede=_("It stays on record that it was made and withdrawn."),
    )  # fmt: skip


@work_page
def translation(request: HttpRequest, ref: str, proposal: str, language: str) -> HttpResponse:
    """An officer translates a proposal: the paragraph as it would then say."""
    seen, row = _found(request, ref, proposal)
    policy.require(request.user, "documents.translate-proposal", seen.document)
    if language not in proposals.languages_of(seen.version) or language == row.language:
        raise Http404
    form = shapes.TranslationForm(request.POST or None, initial={"text": proposals.words_in(row, language)})
    return _act_about(
        request, seen, row, form,
        lambda typed: settling.translate_proposal(proposal=row, language=language, by=request.user, **typed),
        title=_("Translate the proposal: %(language)s") % {"language": LANGUAGE_NAMES.get(language, language)},
        submit=_("Keep the translation"), original=proposals.words_in(row, row.language), of=row.language,
    )  # fmt: skip


def _act_about(
    request: HttpRequest, seen: Negotiation, row: Proposal, form: Any, do: Callable[[dict[str, Any]], Any],
    **shown: Any,
) -> HttpResponse:  # fmt: skip
    there = reverse("proposal", args=[seen.document.ref, row.ref])
    return forms.act(
        request, form, do, template="documents/proposal_act.html", done=lambda made: there,
        context={"seen": seen, "proposal": row, "cancel": there, **shown},
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------- the Chair
@work_page
def settlement(request: HttpRequest, ref: str) -> HttpResponse:
    """The Chair records what a body makes of proposals."""
    seen = led_by(request, ref, "documents.settle-proposals")
    bodies = {one.ref: one for one in queries.bodies_of(seen.document)}
    rows = {one.ref: one for one in proposals.to_settle(seen.document, seen.reader)}
    named = rows_for(request, seen)
    form = shapes.SettlementForm(
        request.POST or None, proposals=[(one.ref, named.named(one)) for one in rows.values()],
        bodies=[(one.ref, str(one.short or one.name)) for one in bodies.values()],
        sessions=queries.sessions_of(bodies), initial={"proposals": request.GET.getlist("proposal")},
    )  # fmt: skip

    def settle(typed: dict[str, Any]) -> list[Proposal]:
        chosen = [rows[one] for one in typed.pop("proposals")]
        return settling.settle(
            version=seen.version, proposals=chosen, body=bodies[typed.pop("body")], by=request.user, **typed
        )  # fmt: skip

    return act_on(
        request, seen, "", form, settle, title=_("Settle proposals"), submit=_("Record"),
        lede=_("What is agreed is in the text from then on, and in its next version once that is circulated."),
    )  # fmt: skip


@work_page
def merger(request: HttpRequest, ref: str, block: str) -> HttpResponse:
    """The Chair writes a text of a paragraph that takes up proposals on it."""
    seen = led_by(request, ref, "documents.propose-for-chair", block, proposed=True)
    rows = {one.ref: one for one in seen.proposed.by_block.get(block, ()) if one.status in ("tabled", "ad-referendum")}
    text = proposals.standing(seen.version, seen.version.language)
    now = proposals.paragraph(seen.version, text, block, seen.version.language)
    named = rows_for(request, seen)
    form = shapes.MergerForm(
        request.POST or None, proposals=[(one.ref, named.named(one)) for one in rows.values()],
        initial={"text": now.text, "proposals": list(rows)},
    )  # fmt: skip

    def merge(typed: dict[str, Any]) -> Proposal:
        chosen = [rows[one] for one in typed.pop("proposals")]
        return settling.merge(version=seen.version, block=block, proposals=chosen, by=request.user, **typed)

    return act_on(
        request, seen, block, form, merge, title=_("A text of the Chair"), submit=_("Table it"),
        lede=_("It takes the place of the proposals that you tick; their authors stay named beside it."),
    )  # fmt: skip


@work_page
@require_POST
def drafting(request: HttpRequest, ref: str) -> HttpResponse:
    """The next version is drafted from what was agreed; its editor opens."""
    seen = seen_by(request, ref)
    settling.compile_draft(version=seen.version, by=request.user)
    messages.success(request, _("Everything agreed is in the draft. Read it, then circulate it."))
    return HttpResponseRedirect(reverse("document-draft", args=[ref]))


# ----------------------------------------------------------------------------------------------------- clean readings
@work_page
def reading(request: HttpRequest, ref: str) -> HttpResponse:
    """The text without brackets: as it stands, or with everything that a party proposes and can be taken together."""
    seen = seen_by(request, ref)
    parties = sorted({party for row in seen.proposed.open for party in row.parties.split()})
    known = [(code, LANGUAGE_NAMES.get(code, code)) for code in proposals.languages_of(seen.version)]
    rows = rows_for(request, seen)
    form = shapes.ReadingForm(
        {"of": request.GET.get("of", ""), "text": request.GET.get("text") or seen.version.language},
        parties=[(one, rows.party(one)) for one in parties], languages=known,
    )  # fmt: skip
    asked = form.asked
    language = asked.get("text") or seen.version.language
    found = proposals.clean(seen, asked.get("of") or "", language)
    context = {
        "seen": seen, "form": form, "said_in": language, "rtl": RIGHT_TO_LEFT,
        "of": rows.party(asked["of"]) if asked.get("of") else "", "lines": found.lines,
        "conflicts": [(rows.named(one), rows.named(other) if other else "") for one, other in found.conflicts],
    }  # fmt: skip
    return render(request, "documents/reading.html", context, status=400 if form.errors else 200)
