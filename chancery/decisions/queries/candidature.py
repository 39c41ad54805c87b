"""Who wishes to chair, and how far it has come."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.documents.rules.symbols import DocumentKind

from ..models import Candidature, Decision
from ..rules import Verb


class Progress(StrEnum):
    DECLARED = "declared"
    UNDER_SILENCE = "under-silence"
    RECOMMENDED = "recommended"
    ELECTED = "elected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidature, how far it has come, its text and the decisions on it."""

    candidature: Candidature
    progress: Progress
    document: Document | None
    decisions: list[Decision]


def candidates(person: Any) -> list[Candidate]:
    """All candidatures, the latest first, with their texts as far as a person may read them: a constant number of
    queries."""
    found = candidatures().prefetch_related("document__decisions", "document__versions__silences")
    drafts = Document.objects.filter(access.readable(person), candidatures__isnull=False)
    read = set(drafts.values_list("pk", flat=True))
    return [_candidate(one, shown=one.document_id in read) for one in found]


def draft_decisions() -> QuerySet[Document]:
    """The texts on which a candidature can be decided: not withdrawn, and nobody else's."""
    kinds = [DocumentKind.CANDIDATURE, DocumentKind.DECISION]
    return Document.objects.filter(withdrawn=None, candidatures=None, kind__in=kinds).order_by("-tabled", "ref")


def candidatures() -> QuerySet[Candidature]:
    return Candidature.objects.select_related("party", "document").order_by("-declared", "ref")


def _candidate(candidature: Candidature, *, shown: bool) -> Candidate:
    document = candidature.document
    decisions = list(document.decisions.all()) if document else []
    progress = _progress(candidature, decisions)
    return Candidate(candidature, progress, *((document, decisions) if shown else (None, [])))


def _progress(candidature: Candidature, decisions: list[Decision]) -> Progress:
    if candidature.withdrawn:
        return Progress.WITHDRAWN
    verbs = {one.verb for one in decisions}
    if verbs & {Verb.ELECT, Verb.ADOPT}:
        return Progress.ELECTED
    if verbs:
        return Progress.RECOMMENDED
    document = candidature.document
    versions = document.versions.all() if document else []
    running = any(not one.outcome for version in versions for one in version.silences.all())
    return Progress.UNDER_SILENCE if running else Progress.DECLARED
