"""What the acts and the clock ask about silences and the way of a text."""

import datetime as dt

from django.db.models import Min, QuerySet

from chancery.documents.models import Document

from ..models import Decision, Silence
from ..rules import Verb
from ..rules.consensus import FIRM
from ..rules.silence import Course, Outcome


def held() -> QuerySet[Silence]:
    """Silences with what an act on them needs."""
    return Silence.objects.select_related("version__document", "body", "session", "recommendation")


def course(silence: Silence) -> Course:
    """The instants of a silence, as the rules see them."""
    return Course(silence.opens, silence.expires, Outcome(silence.outcome) if silence.outcome else None)


def due(now: dt.datetime) -> list[str]:
    """The silences whose time is over and whose result is not recorded, in the order in which they are numbered: by
    expiry, then by the reference of the text."""
    over = Silence.objects.filter(outcome="", expires__lte=now)
    return list(over.order_by("expires", "version_id", "ref").values_list("ref", flat=True))


def untold(now: dt.datetime) -> list[str]:
    """The adoptions by silence of which people are still to be told."""
    adopted = Silence.objects.filter(outcome=Outcome.ADOPTED, told=None)
    return list(adopted.order_by("ended").values_list("ref", flat=True))


def coming() -> dt.datetime | None:
    """The instant at which the next silence ends."""
    return Silence.objects.filter(outcome="").aggregate(first=Min("expires"))["first"]


def dealt(document: Document) -> dict[str, bool]:
    """The bodies that dealt with a text, and whether for good: with a verb that settles it."""
    found: dict[str, bool] = {}
    for body, verb in Decision.objects.filter(document=document).values_list("body", "verb"):
        found[body] = found.get(body, False) or Verb(verb) in FIRM
    return found
