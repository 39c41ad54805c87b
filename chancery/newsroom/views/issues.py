"""The press unit's desk of the Digest: composing, editing, proofs, publishing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core import forms
from chancery.core.asof import today
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.refusals import OutOfDate, Refusal
from chancery.core.text import LocalizedText
from chancery.people import policy
from chancery.people.doors import work_page

from .. import acts, printing, queries, rules, words
from ..forms import IssueWordsForm, PublishIssueForm, QuarterForm, typed_words
from ..models import IssueDraft
from .digest import pdf, shown, waiting


@work_page
def digest_desk(request: HttpRequest) -> HttpResponse:
    """Issues that are being composed, those that were published, and a new one."""
    policy.require(request.user, "newsroom.read-drafts")
    form = QuarterForm(request.POST or None, queries.quarters_to_compose(today()))
    return forms.act(
        request,
        form,
        lambda typed: acts.compose_issue(by=request.user, **typed),
        template="newsroom/digest_desk.html",
        done=lambda made: reverse("issue-draft", args=[made.quarter]),
        context={
            "drafts": [(one, words.period(one.quarter)) for one in queries.issue_drafts()],
            "published": queries.issues_on(today()),
        },
    )


@work_page
def issue_draft(request: HttpRequest, quarter: str) -> HttpResponse:
    """What stands in an issue, in order, and what the record tells besides."""
    issue = _issue(request, quarter, "newsroom.edit-issue")
    return _draft_page(request, issue)


def _draft_page(request: HttpRequest, issue: IssueDraft, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        **_about(issue),
        "chapters": _chapters(issue.content),
        "missing": _missing(issue),
        "proofs": _proofs(issue),
        "refusal": refusal.text() if refusal else "",
    }
    return render(request, "newsroom/issue_draft.html", context, status=refusal.status if refusal else 200)


@work_page
@require_POST
def issue_items(request: HttpRequest, quarter: str) -> HttpResponse:
    """One step of editing: `do` is `up`, `down`, `out`, `in`, or `to`, with the item; `to` takes the chapter from
    the field beside the item."""
    issue = _issue(request, quarter, "newsroom.edit-issue")
    verb, _space, item = request.POST.get("do", "").partition(" ")
    try:
        change = _change(verb, item, request.POST.get(f"chapter {item}", ""), quarter)
        acts.edit_issue(issue=issue, version=_version(request), change=change, by=request.user)
    except Refusal as refusal:
        return _draft_page(request, issue, refusal)
    return HttpResponseRedirect(f"{reverse('issue-draft', args=[quarter])}#{item.replace(':', '-')}")


def _change(verb: str, item: str, chapter: str, quarter: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The change that a button asks for. Raises `NotInIssue` for anything else."""
    match verb:
        case "up" | "down":
            return partial(rules.moved, item=item, up=verb == "up")
        case "out":
            return partial(rules.left_out, item=item)
        case "to":
            return partial(rules.put_into, item=item, chapter=chapter)
        case "in":
            return partial(rules.taken_in, composed=queries.compose_edition(quarter), item=item)
    raise rules.NotInIssue


def _version(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        raise OutOfDate from None


@work_page
def issue_words(request: HttpRequest, quarter: str) -> HttpResponse:
    """The words around the items: title, headlines, opening, masthead, correction."""
    issue = _issue(request, quarter, "newsroom.edit-issue")
    form = IssueWordsForm(request.POST or None, initial=typed_words(issue.content, issue.version))
    return forms.act(
        request,
        form,
        lambda typed: acts.edit_issue(
            issue=issue, version=typed["version"], change=partial(_reworded, form=form), by=request.user
        ),
        template="ui/act.html",
        done=lambda made: reverse("issue-draft", args=[quarter]),
        context={
            "title": _("Words of the issue"), "about": words.period(quarter), "submit": _("Keep the words"),
            "cancel": reverse("issue-draft", args=[quarter]),
        },
    )  # fmt: skip


def _reworded(content: dict[str, Any], *, form: IssueWordsForm) -> dict[str, Any]:
    return rules.worded(content, **form.words(content))


@work_page
def issue_preview(request: HttpRequest, quarter: str) -> HttpResponse:
    """The issue as readers would see it."""
    issue = _issue(request, quarter, "newsroom.edit-issue")
    return render(request, "newsroom/issue_preview.html", {**shown(issue.content, today()), **_about(issue)})


@work_page
@require_POST
def issue_proof(request: HttpRequest, quarter: str) -> HttpResponse:
    """Asks for a PDF of the draft in one language."""
    issue = _issue(request, quarter, "newsroom.order-proof")
    language = request.POST.get("language", "")
    if language not in settings.CHARTER.interface:
        raise Http404
    acts.order_proof(issue=issue, language=language, by=request.user)
    return HttpResponseRedirect(f"{reverse('issue-draft', args=[quarter])}#proofs")


@work_page
def issue_proof_file(request: HttpRequest, quarter: str, version: int, language: str) -> HttpResponse:
    """The PDF of one version of the draft."""
    issue = _issue(request, quarter, "newsroom.order-proof")
    if version != issue.version or language not in issue.proofs.split():
        raise Http404
    copy = printing.of_draft(issue, language)
    if not copy.size:
        return waiting(request, copy)
    answer = pdf(request, copy, f"{quarter.lower()}-proof-{language}.pdf")
    answer["Cache-Control"] = "private, no-store"
    return answer


@work_page
def issue_publication(request: HttpRequest, quarter: str) -> HttpResponse:
    issue = _issue(request, quarter, "newsroom.publish-issue")
    last = queries.last_edition(quarter)
    number = last.edition + 1 if last else 1
    return forms.act(
        request,
        PublishIssueForm(request.POST or None, initial={"version": issue.version}),
        lambda typed: acts.publish_issue(issue=issue, by=request.user, **typed),
        template="ui/act.html",
        done=lambda made: reverse("edition", args=[quarter, made.edition]),
        context={
            "title": _("Publish edition %(number)d") % {"number": number}, "about": words.period(quarter),
            "lede": _("What is published never changes; a correction is a further edition."),
            "submit": _("Publish"), "cancel": reverse("issue-draft", args=[quarter]),
        },
    )  # fmt: skip


@work_page
def issue_withdrawal(request: HttpRequest, quarter: str) -> HttpResponse:
    issue = _issue(request, quarter, "newsroom.discard-issue")
    return forms.act(
        request,
        django_forms.Form(request.POST if request.method == "POST" else None),
        lambda typed: acts.discard_issue(issue=issue, by=request.user),
        template="ui/act.html",
        done=lambda made: reverse("digest-desk"),
        context={
            "title": _("Give up this draft"), "about": words.period(quarter), "submit": _("Give it up"), "grave": True,
            "lede": _("What was published of this issue stays."), "cancel": reverse("issue-draft", args=[quarter]),
        },
    )  # fmt: skip


# ---------------------------------------------------------------- what the pages show
def _issue(request: HttpRequest, quarter: str, act: str) -> IssueDraft:
    policy.require(request.user, act)
    issue = queries.issue_draft(quarter)
    if issue is None:
        raise Http404
    return issue


def _about(issue: IssueDraft) -> dict[str, Any]:
    return {"draft": issue, "period": words.period(issue.quarter), "title": LocalizedText.of(issue.content["title"])}


def _chapters(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"ref": chapter["ref"], "kind": chapter["kind"], "title": LocalizedText.of(chapter["title"]),
         "items": [_row(item) for item in chapter["items"]]}
        for chapter in content["chapters"]
    ]  # fmt: skip


def _row(item: dict[str, Any]) -> dict[str, Any]:
    key = rules.key(item)
    return {
        "key": key, "anchor": key.replace(":", "-"), "title": LocalizedText.of(item["title"]), "date": item["date"],
        "dimension": item["dimension"] or "in", "pictures": len(item.get("pictures", ())),
        "languages": [code for code in settings.CHARTER.languages if item["title"].get(code)],
    }  # fmt: skip


def _missing(issue: IssueDraft) -> list[tuple[str, dict[str, Any]]]:
    """What the record tells of the quarter and the issue does not have."""
    try:
        composed = queries.compose_edition(issue.quarter)
    except rules.EmptyIssue:
        return []
    return [(chapter, _row(item)) for chapter, item in rules.missing(issue.content, composed)]


def _proofs(issue: IssueDraft) -> list[dict[str, Any]]:
    """Per language of the interface: the proof of this version, if one was asked for."""
    asked = issue.proofs.split()
    current = get_language()
    codes = sorted(settings.CHARTER.interface, key=lambda code: code != current)
    return [
        {"code": code, "name": LANGUAGE_NAMES[code], "print": printing.of_draft(issue, code) if code in asked else None}
        for code in codes
    ]
