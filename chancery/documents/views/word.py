"""A rolling text as a Word file, and such a file brought back: what was understood is shown before it is tabled."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from chancery.core.charter import RIGHT_TO_LEFT
from chancery.core.refusals import Refusal
from chancery.people import policy
from chancery.people.doors import work_page

from .. import exports, word, words
from ..acts import proposals as acts
from ..forms.word import AmendedFileForm, Chosen
from ..queries import returned
from ..queries.negotiation import Negotiation
from ..rules.comparison import spans
from ..rules.proposals import NotALanguageOfTheText
from . import prints
from .negotiating import rows_for, seen_by
from .proposals import Author, author_of, notes_for


# ------------------------------------------------------------------------------------------------------------- out
@work_page
def rolling(request: HttpRequest, ref: str, languages: str) -> HttpResponse:
    """The rolling text as the reader sees it, in a language (`en`) or in two beside each other (`en-ru`)."""
    seen, codes = seen_by(request, ref), prints.asked(languages)
    try:
        content = exports.rolling(seen, codes)
    except NotALanguageOfTheText:
        raise Http404 from None
    return _file(content, f"{ref}-{languages}.docx", public=False)


def version(request: HttpRequest, ref: str, position: int, languages: str) -> HttpResponse:
    """A version as it was circulated."""
    found, codes = prints.readable(request, ref, position), prints.asked(languages)
    try:
        content = exports.clean(found, codes)
    except NotALanguageOfTheText:
        raise Http404 from None
    return _file(content, f"{ref}.{position}-{languages}.docx", public=found.document.is_public)


def _file(content: bytes, name: str, *, public: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=word.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-cache" if public else "private, no-store"
    return answer


# -------------------------------------------------------------------------------------------------------------- in
@work_page
def amended(request: HttpRequest, ref: str) -> HttpResponse:
    """A file with tracked changes is read; what was understood is shown, by author; what is ticked is tabled."""
    seen = seen_by(request, ref)
    if not seen.reader.leads:
        policy.require(request.user, "documents.propose", seen.reader.party)
    if "content" in request.POST:
        return _table(request, seen)
    form = AmendedFileForm(request.POST or None, request.FILES or None, notes=notes_for(seen))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return _preview(request, seen, form)
        except Refusal as refusal:
            form.add_error("file", refusal.text())
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {"seen": seen, "form": form, "cancel": reverse("negotiation", args=[ref])}
    return render(request, "documents/word.html", context, status=status)


def _preview(request: HttpRequest, seen: Negotiation, form: AmendedFileForm) -> HttpResponse:
    author = author_of(request, seen, form.cleaned_data.get("note"))
    content = form.cleaned_data["file"].read(settings.UPLOAD_LIMIT + 1)
    found = returned.preview(seen, content, lambda rows: exports.voices(rows, seen.names), author=author.code)
    return _shown(request, seen, author, Chosen.of(found, form.cleaned_data.get("note")), found)


def _shown(
    request: HttpRequest, seen: Negotiation, author: Author, chosen: Chosen, found: returned.Preview | None,
    refusal: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    rows = rows_for(request, seen)
    context = {
        "seen": seen, "chosen": chosen, "refusal": refusal, "rtl": RIGHT_TO_LEFT, "author": rows.party(author.code),
        "groups": _groups(rows, found.lines) if found else [], "preview": found,
        "wishes": [
            (place, rows.called(one.block or one.after), words.PROPOSAL_KIND[one.kind], one)
            for place, one in enumerate(chosen.wishes)
        ],
    }  # fmt: skip
    return render(request, "documents/word_preview.html", context, status=refusal.status if refusal else 200)


def _groups(rows: Any, lines: list[returned.Line]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The changes by author, as the file names them, each with the place of its wish among those that can be tabled."""
    groups: dict[str, list[dict[str, Any]]] = {}
    place = 0
    for one in lines:
        line = {
            "line": one, "called": rows.called(one.found.block or one.found.after),
            "kind": words.PROPOSAL_KIND[one.found.kind], "spans": spans(one.found.before, one.found.text),
            "place": place if one.wish else None,
        }  # fmt: skip
        place += one.wish is not None
        groups.setdefault(one.author, []).append(line)
    return list(groups.items())


def _table(request: HttpRequest, seen: Negotiation) -> HttpResponse:
    """What was ticked is tabled, all of it or nothing; where that cannot be, everything is still on the page."""
    try:
        chosen = Chosen.sent(request.POST)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise SuspiciousOperation("not what the preview holds") from problem
    note = next((one for one in notes_for(seen) or () if one.ref == chosen.note), None)
    author = author_of(request, seen, note)
    try:
        made = acts.propose(
            version=seen.version, party=author.party, wishes=chosen.ticked, language=seen.version.language,
            by=author.by,
        )  # fmt: skip
    except Refusal as refusal:
        return _shown(request, seen, author, chosen, None, refusal)
    told = ngettext("%(n)d proposal is tabled.", "%(n)d proposals are tabled.", len(made)) % {"n": len(made)}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("negotiation", args=[seen.document.ref]))
