"""The Secretariat's desk of documents, and its forms for what happens to them.

The policy is asked before a document is looked for: who may not act learns nothing of what there is."""

from functools import partial
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core.charter import LANGUAGE_NAMES
from chancery.meetings.queries import Listing, narrowest
from chancery.people import policy
from chancery.people.doors import act_page, work_page

from .. import words
from ..acts import register as acts
from ..forms.documents import (
    AddendumForm,
    ClassificationForm,
    Confirmation,
    DeskFilter,
    EmbargoForm,
    EncloseForm,
    RelationForm,
    TableForm,
)
from ..models import Document, Enclosure, Relation
from ..queries import documents as queries


@work_page
def documents_desk(request: HttpRequest) -> HttpResponse:
    """All documents, whatever their classification, with what is to be done next about each."""
    policy.require(request.user, "documents.see-desk")
    asked = DeskFilter(request.GET, request.user)
    parts = queries.parts(asked.asked)
    page = Listing(queries.listed(request.user, *parts.values())).get_page(request.GET.get("page"))
    context = {
        "filter": asked,
        "page": page,
        "rows": queries.on_desk(page.object_list),
        "names": LANGUAGE_NAMES,
        "report": queries.symbol_report(),
        "narrowest": None if page.object_list else narrowest(Document, parts),
    }
    return render(request, "documents/desk.html", context, status=400 if asked.errors else 200)


@work_page
def symbols(request: HttpRequest) -> HttpResponse:
    """Numbers left out and symbols that look alike."""
    policy.require(request.user, "documents.see-desk")
    return render(request, "documents/symbols.html", {"report": queries.symbol_report()})


@work_page
def tabling(request: HttpRequest) -> HttpResponse:
    start = {name: request.GET.get(name, "") for name in ("body", "session")}
    return act_page(
        request, "documents.table", TableForm, acts.table, title=_("Table a document"), submit=_("Table"),
        back=reverse("documents-desk"), initial={"language": settings.CHARTER.reference_language, **start},
        done=_to_document, lede=_("It gets its symbol now. Its text follows when you circulate it."),
    )  # fmt: skip


def _to_document(made: Document) -> str:
    return reverse("document", args=[made.ref])


def _act(request: HttpRequest, ref: str, act: str, form: type[Form], do: Any, **shown: Any) -> HttpResponse:
    """The page of an act on a document."""
    policy.require(request.user, act)
    found = get_object_or_404(Document, ref=ref)
    start = shown.pop("start", None)
    return act_page(
        request, act, form, partial(do, document=found), about=found.symbol or found.title, back=_to_document(found),
        initial=start(found) if start else None, **shown,
    )  # fmt: skip


@work_page
def addendum(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request, ref, "documents.table", AddendumForm, acts.table_addendum, title=_("Table an addendum"),
        submit=_("Table"), done=_to_document,
        start=lambda found: {"language": found.language, "source": next(iter(found.sources), None)},
        lede=_("A document of its own that is part of this one. It goes as far as this one does."),
    )  # fmt: skip


@work_page
def classification(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request, ref, "documents.classify", ClassificationForm, acts.classify, title=_("Classify the document"),
        submit=_("Classify"), grave=True, start=lambda found: {"classification": found.classification},
        lede=_("What becomes public stays public: its versions, translations, files and places on agendas with it."),
    )  # fmt: skip


@work_page
def embargo(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request, ref, "documents.classify", EmbargoForm, acts.put_under_embargo, title=_("Embargo"),
        submit=_("Record the embargo"), start=EmbargoForm.of,
        lede=_("Until then the document keeps its classification; then the clock opens it, to the second."),
    )  # fmt: skip


@work_page
def withdrawal(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request, ref, "documents.withdraw", Confirmation, acts.withdraw, title=_("Withdraw the document"),
        submit=_("Withdraw"), grave=True,
        lede=_("It stays on the record with its symbol, marked as withdrawn. Nothing can be added to it afterwards."),
    )  # fmt: skip


@work_page
def relation(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request, ref, "documents.relate", RelationForm, acts.relate, title=_("Relation to another document"),
        submit=_("Record"),
    )  # fmt: skip


@work_page
def relation_removal(request: HttpRequest, ref: str) -> HttpResponse:
    policy.require(request.user, "documents.relate")
    found = get_object_or_404(Relation.objects.select_related("document", "other"), ref=ref)
    return act_page(
        request, "documents.relate", Confirmation, partial(acts.unrelate, relation=found),
        title=_("Take the relation back"), submit=_("Take back"), grave=True, about=_said(found),
        back=_to_document(found.document), lede=_("The journal keeps that it was said, and that it was taken back."),
    )  # fmt: skip


def _said(one: Relation) -> str:
    """`PRA/SOC/3/DOC.2 supersedes PRA/SOC/3/DOC.1`."""
    two = (one.document.symbol or one.document.title, one.other.symbol or one.other.title)
    return f"{two[0]} {words.RELATION[one.kind]} {two[1]}"


@work_page
def enclosing(request: HttpRequest, ref: str) -> HttpResponse:
    def enclose(*, file: Any, **typed: Any) -> Enclosure:
        return acts.enclose(file=file.read(settings.UPLOAD_LIMIT + 1), **typed)

    return _act(
        request, ref, "documents.enclose", EncloseForm, enclose, title=_("Enclose a file"), submit=_("Enclose"),
        lede=_("Whoever may read the document may open the file, and nobody else."),
    )  # fmt: skip


@work_page
def enclosure_removal(request: HttpRequest, ref: str) -> HttpResponse:
    policy.require(request.user, "documents.enclose")
    found = get_object_or_404(Enclosure.objects.select_related("document"), ref=ref)
    return act_page(
        request, "documents.enclose", Confirmation, partial(acts.remove_enclosure, enclosure=found),
        title=_("Take the file away"), submit=_("Take away"), grave=True, about=found.title,
        back=_to_document(found.document), lede=_("The journal keeps that it was there."),
    )  # fmt: skip
