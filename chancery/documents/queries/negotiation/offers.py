"""What the forms about a text under negotiation offer."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet

from chancery.bodies.models import Body
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from chancery.people.models import NoteVerbale

from ...models import Document


def sessions_of(bodies: Iterable[str]) -> QuerySet[Meeting]:
    """The sessions of bodies, latest first."""
    return Meeting.objects.filter(body__in=list(bodies)).order_by("-starts", "ref")


def notes_verbales() -> QuerySet[NoteVerbale]:
    """The notes on the strength of which an officer may speak, latest first."""
    return NoteVerbale.objects.order_by("-dated", "party", "number")


def party_of(ref: str) -> Party:
    """The party for which somebody speaks. Raises `Party.DoesNotExist`."""
    return Party.objects.get(pk=ref)


def bodies_of(document: Document) -> list[Body]:
    """The bodies that may agree paragraphs of a text: its own and those of its route, lowest first."""
    route = settings.CHARTER.routes.get(document.route)
    order = [document.body_id, *(route.bodies if route else ())]
    found = Body.objects.in_bulk(set(order))
    return [found[one] for one in dict.fromkeys(order) if one in found]
