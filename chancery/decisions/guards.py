"""When a text may not be changed: while it is under silence, and once it is adopted; and a body not be dissolved."""

from django.conf import settings

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.documents.models import Document
from chancery.documents.rules.symbols import VersionKind

from .models import Silence
from .queries import route
from .rules.consensus import StillNegotiated, TextAdopted
from .rules.silence import SilenceRunsInBody, TextFrozen


def frozen(document: Document, kind: VersionKind) -> None:
    """A text under silence is frozen; a change restarts the procedure. Raises `TextFrozen`."""
    running = Silence.objects.filter(version__document=document, outcome="").order_by("expires")
    if expires := running.values_list("expires", flat=True).first():
        raise TextFrozen(expires=expires)


def adopted(document: Document, kind: VersionKind) -> None:
    """Adopted text never changes; a corrigendum is a version beside it, and there is none of a text that is still on
    its way. Raises `TextAdopted`, `StillNegotiated`."""
    corrects, settled = kind is VersionKind.CORRIGENDUM, route.is_settled(document)
    if settled and not corrects:
        raise TextAdopted
    if corrects and document.route and not settled:
        raise StillNegotiated


def silent(body: Body, until: Day) -> None:
    """A body does not end before a silence that was proposed to it. Raises `SilenceRunsInBody`."""
    last = Silence.objects.filter(body=body, outcome="").order_by("-expires").first()
    if last and until.last <= settings.CHARTER.today(last.expires):
        raise SilenceRunsInBody(expires=last.expires)
