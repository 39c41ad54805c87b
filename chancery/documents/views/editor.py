"""The Secretariat's editor of a text: drafting, importing, circulating, translating."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chancery.core import forms
from chancery.core.refusals import OutOfDate, Refusal
from chancery.people import policy
from chancery.people.doors import act_page, work_page

from .. import words
from ..acts import drafting as acts
from ..forms.drafting import (
    CirculateForm,
    EditionForm,
    FileForm,
    Preview,
    Sent,
    Sheet,
    StandingForm,
    Tongue,
    UploadForm,
    Working,
    sent,
)
from ..models import Document
from ..queries import access
from ..queries import drafting as queries
from ..queries.drafting import Plan
from ..rules import drafting as rules
from ..rules.blocks import new_ids
from ..rules.crosscheck import reads_months
from ..rules.drafting import Passage
from ..rules.symbols import VersionKind
from ..rules.translation import Standing


# ---------------------------------------------------------------- the draft
@work_page
def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """The next version of a text, paragraph by paragraph. Every button keeps what was typed."""
    document = _document(request, ref, "documents.save-draft")
    if request.method == "POST":
        return _save(request, document)
    writing = queries.writing(document)
    beside, part = request.GET.get("beside", ""), request.GET.get("part", "")
    sheet = Sheet(
        writing.passages, document.language, _beside(document, beside), writing.edition,
        focus=request.GET.get("at", ""), number=int(part) if part.isascii() and part.isdigit() else 1,
    )  # fmt: skip
    return _draft_page(request, document, sheet)


def _save(request: HttpRequest, document: Document) -> HttpResponse:
    """Keeps what was typed with the step that was asked for, and shows the text as it is then."""
    posted = sent(request.POST, document.language)
    writing = queries.writing(document)
    sheet = Sheet(writing.passages, document.language, posted.beside, writing.edition, number=posted.part)
    try:
        if posted.edition != writing.edition:
            raise OutOfDate
        sheet.passages = rules.worded(writing.passages, posted.typed)
        sheet.passages, focus = _step(document, sheet.passages, posted)
        made = acts.save_draft(
            document=document, blocks=[one.kept() for one in sheet.passages], edition=posted.edition, by=request.user
        )
    except OutOfDate as refusal:
        return _collided(request, document, posted, refusal)
    except Refusal as refusal:
        return _draft_page(request, document, sheet, refusal)
    sheet = Sheet(sheet.passages, document.language, posted.beside, made.edition, focus)
    return _saved(request, document, sheet, posted)


def _step(document: Document, passages: list[Passage], posted: Sent) -> tuple[list[Passage], str]:
    """The text after the step that a button asks for, and the passage at which to go on. Raises `UnknownBlock`."""
    ids = new_ids(queries.used_ids(document, passages))
    text, block = rules.parted(passages, ids), posted.about
    match posted.verb:
        case "up" | "down":
            return rules.moved(text, block, up=posted.verb == "up"), block
        case "above" | "below":
            new = next(ids)
            return rules.added(text, block, new, above=posted.verb == "above"), new
        case "join":
            return rules.joined(text, block), _before(text, block)
        case "remove":
            return rules.removed(text, block), _before(text, block)
        case "split":
            return text, _after(text, block)
    return text, block


def _before(passages: list[Passage], block: str) -> str:
    order = [one.id for one in passages]
    at = order.index(block) if block in order else 0
    return order[at - 1] if at else next(iter(order[1:]), "")


def _after(passages: list[Passage], block: str) -> str:
    order = [one.id for one in passages]
    at = order.index(block) + 1 if block in order else len(order)
    return order[at] if at < len(order) else block


def _saved(request: HttpRequest, document: Document, sheet: Sheet, posted: Sent) -> HttpResponse:
    """Where a button leads once what was typed is kept: on in the text, or to another page."""
    here = reverse("document-draft", args=[document.ref])
    if posted.verb == "review":
        return _led(request, reverse("document-circulation", args=[document.ref]))
    if posted.verb == "beside":
        return _led(request, _address(here, beside=_beside(document, posted.about), part=posted.part))
    if posted.verb == "part":
        return _led(request, _address(here, beside=posted.beside, part=posted.about))
    if request.htmx:
        sheet.number = sheet.number if sheet.focus else posted.part
        return _draft_page(request, document, sheet, saved=True)
    at = sheet.focus
    return HttpResponseRedirect(
        _address(here, beside=posted.beside, part="" if at else posted.part, at=at) + (f"#{at}" if at else "")
    )


def _led(request: HttpRequest, address: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(address)
    answer = HttpResponse()
    answer["HX-Redirect"] = address
    return answer


def _address(page: str, **query: Any) -> str:
    asked = {name: value for name, value in query.items() if value and value != 1}
    return f"{page}?{urlencode(asked)}" if asked else page


def _collided(request: HttpRequest, document: Document, posted: Sent, refusal: Refusal) -> HttpResponse:
    """Somebody else kept the draft meanwhile: the page shows what both wrote, and nothing is kept until it is seen."""
    writing = queries.writing(document)
    merged = rules.merge(writing.passages, posted.typed, posted.seen)
    sheet = Sheet(
        merged.passages, document.language, posted.beside, writing.edition, number=posted.part, theirs=merged.theirs
    )
    return _draft_page(request, document, sheet, refusal)


def _draft_page(
    request: HttpRequest, document: Document, sheet: Sheet, refusal: Refusal | None = None, *, saved: bool = False
) -> HttpResponse:
    context = {
        "document": document, "sheet": sheet, "draft": queries.draft_of(document), "refusal": refusal, "saved": saved,
        "version": queries.last_version(document),
    }  # fmt: skip
    template = "documents/draft_form.html" if request.htmx else "documents/draft.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


@work_page
def discarding(request: HttpRequest, ref: str) -> HttpResponse:
    document = _document(request, ref, "documents.discard-draft")
    held = queries.draft_of(document)
    if held is None:
        raise Http404
    return act_page(
        request, "documents.discard-draft", EditionForm, partial(acts.discard_draft, document=document),
        subject=document, initial={"edition": held.edition}, about=document.title, title=_("Give up this draft"),
        lede=_("What was circulated stays. The words of the draft are lost."), submit=_("Give it up"), grave=True,
        back=reverse("document-draft", args=[ref]), done=lambda made: reverse("document", args=[ref]),
    )  # fmt: skip


# ---------------------------------------------------------------- importing
@work_page
def importing(request: HttpRequest, ref: str) -> HttpResponse:
    """A file is read, what was understood of it is shown, and when that is right it becomes the draft. Nothing is
    kept before."""
    document = _document(request, ref, "documents.save-draft")
    held = queries.draft_of(document)
    edition = held.edition if held else 0
    if "content" in request.POST:
        return _take_over(request, document)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"edition": edition})
    page = {"document": document, "form": form, "draft": held, "cancel": reverse("document-draft", args=[ref])}
    status = 200
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = queries.understood(document, file.name, file.read(settings.UPLOAD_LIMIT + 1))
            return _import_preview(request, document, Preview.of(found, form.cleaned_data["edition"]))
        except Refusal as refusal:
            form.add_error("file", refusal.text())
            status = refusal.status
    elif form.is_bound:
        status = 422
    return render(request, "documents/import.html", page, status=status)


def _take_over(request: HttpRequest, document: Document) -> HttpResponse:
    """What was understood, with the kinds as they were corrected, becomes the draft."""
    preview = Preview.sent(request.POST)
    if preview is None:
        raise SuspiciousOperation("not what the preview holds")
    try:
        passages = queries.taken_over(document, preview.blocks)
        kept = [one.kept() for one in passages]
        acts.save_draft(document=document, blocks=kept, edition=preview.edition, by=request.user)
    except Refusal as refusal:
        return _import_preview(request, document, preview, refusal)
    messages.success(request, _("The file is now the draft. Look at it, then circulate it."))
    return HttpResponseRedirect(reverse("document-draft", args=[document.ref]))


def _import_preview(
    request: HttpRequest, document: Document, preview: Preview, refusal: Refusal | None = None
) -> HttpResponse:
    held = queries.draft_of(document)
    if refusal and held:
        preview.edition = held.edition  # somebody drafted meanwhile: who sends it again knows that
    context = {
        "document": document, "preview": preview, "refusal": refusal, "draft": held,
        "known": queries.known_ids(document),
    }  # fmt: skip
    return render(request, "documents/import_preview.html", context, status=refusal.status if refusal else 200)


# ---------------------------------------------------------------- circulating
@work_page
def circulation(request: HttpRequest, ref: str) -> HttpResponse:
    """What the draft would change as a version, and its circulation."""
    document = _document(request, ref, "documents.circulate")
    plan = queries.plan(document)
    if plan is None:
        return HttpResponseRedirect(reverse("document-draft", args=[ref]))
    form = CirculateForm(
        request.POST or None, initial={"edition": plan.edition}, suffixes=queries.next_suffixes(document),
        translated=bool(plan.translations),
    )  # fmt: skip
    context = {
        "document": document, "plan": plan, "doubts": queries.doubts(plan),
        "said": words.CHANGE, "original": Tongue(document.language),
        "tongues": [(Tongue(code), plan.standing(code)) for code in plan.rendered],
        "cancel": reverse("document-draft", args=[ref]), "hindrance": _hindrance(plan),
    }  # fmt: skip
    return forms.act(
        request, form, partial(_circulate, plan, request.user), template="documents/circulation.html",
        done=lambda made: reverse("document", args=[ref]), context=context,
    )  # fmt: skip


def _circulate(plan: Plan, by: Any, typed: dict[str, Any]) -> Any:
    kind = VersionKind(typed["kind"]) if "kind" in typed else None
    standing = Standing(typed.get("standing", Standing.WORKING))
    if typed["edition"] != plan.edition:
        raise OutOfDate
    return acts.circulate(
        document=plan.document, blocks=plan.blocks, translations=plan.translations, standing=standing, kind=kind,
        draft=plan.edition, note=typed["note"], source=typed["source"], by=by,
    )  # fmt: skip


def _hindrance(plan: Plan) -> str:
    """What stands against circulating this now as a revision, said before anybody presses the button."""
    try:
        queries.check_next(plan.document, plan.last, plan.blocks)
    except Refusal as refusal:
        return refusal.text()
    return ""


# ---------------------------------------------------------------- translating
@work_page
def translation(request: HttpRequest, ref: str, language: str) -> HttpResponse:
    """The last version paragraph by paragraph in another language; what changed in the original comes first."""
    document = _document(request, ref, "documents.translate")
    version = queries.last_version(document)
    if version is None or not _beside(document, language):
        raise Http404
    found = Working(
        version, Tongue(document.language), Tongue(language), queries.tasks(version, language),
        queries.differing(document.language), request,
    )  # fmt: skip
    form = StandingForm(request.POST or None, initial={"standing": queries.standing(version, language)})
    context = {
        "document": document, "version": version, "page": found, "upload": FileForm(),
        "cancel": reverse("document", args=[ref]), "months": reads_months(document.language, language),
    }  # fmt: skip
    if request.POST.get("do"):
        return _looked_at(request, found, form, context)
    return forms.act(
        request, form, partial(_translate, found, request.user), template="documents/translation.html",
        done=lambda made: request.get_full_path(), context=context,
    )  # fmt: skip


def _looked_at(request: HttpRequest, found: Working, form: StandingForm, context: dict[str, Any]) -> HttpResponse:
    """Another part of the text, or a file put beside it. Nothing is kept, and nothing that was typed is lost."""
    status = 200
    if request.POST["do"] == "read":
        upload = context["upload"] = FileForm(None, request.FILES)
        upload.is_bound = True
        try:
            if upload.is_valid():
                file = upload.cleaned_data["file"]
                found.take(*queries.aligned(found.version, file.name, file.read(settings.UPLOAD_LIMIT + 1)))
        except Refusal as refusal:
            upload.add_error("file", refusal.text())
        status = 422 if upload.errors else 200
    return render(request, "documents/translation.html", {**context, "form": form}, status=status)


def _translate(found: Working, by: Any, typed: dict[str, Any]) -> Any:
    if found.moved:
        raise OutOfDate
    made = acts.translate(
        version=found.version, language=found.tongue.code, texts=found.anew, standing=Standing(typed["standing"]),
        source=typed["source"], by=by,
    )  # fmt: skip
    messages.success(found.request, _("The translation was circulated."))
    return made


# ---------------------------------------------------------------- who comes to a page
def _document(request: HttpRequest, ref: str, act: str) -> Document:
    """The document, for whoever may do the act. What somebody may not read does not exist for them."""
    document = get_object_or_404(Document.objects.select_related("body", "session"), ref=ref)
    if not policy.may(request.user, "documents.read", access.audience(document)):
        raise Http404
    policy.require(request.user, act, document)
    return document


def _beside(document: Document, code: str) -> str:
    """A language that may stand beside the original, or none."""
    return code if code in settings.CHARTER.languages and code != document.language else ""
