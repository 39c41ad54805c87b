"""When a text may not be changed: while it is under silence, and once it is adopted."""

from chancery.documents.models import Document
from chancery.documents.rules.symbols import VersionKind

from .models import Silence
from .queries import route
from .rules.consensus import TextAdopted
from .rules.silence import TextFrozen


def frozen(document: Document, kind: VersionKind) -> None:
    """A text under silence is frozen; a change restarts the procedure. Raises `TextFrozen`."""
    running = Silence.objects.filter(version__document=document, outcome="").first()
    if running:
        raise TextFrozen(expires=running.expires)


def adopted(document: Document, kind: VersionKind) -> None:
    """Adopted text never changes; a corrigendum is a version beside it. Raises `TextAdopted`."""
    if kind is not VersionKind.CORRIGENDUM and route.is_settled(document):
        raise TextAdopted
