"""Reading the journal."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from .models import Entry, Manifest


def head() -> int:
    """The number of the last public entry; 0 before the first. Every public page depends on it, so it costs
    one statement and no model."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM journal_entry WHERE is_public ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def public() -> QuerySet[Entry]:
    """The entries that tell something, latest first."""
    return Entry.objects.filter(is_public=True).order_by("-seq")


def history(subjects: Iterable[str]) -> QuerySet[Entry]:
    """The public entries about any of the subjects (`table:ref`), and the loads, latest first."""
    about = Entry.objects.filter(mentions__subject__in=list(subjects))
    loads = Entry.objects.filter(seq__in=Manifest.objects.values("entry"))
    return (about | loads).filter(is_public=True).distinct().order_by("-seq")
