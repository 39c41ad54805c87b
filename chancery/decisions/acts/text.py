"""What must hold of a text before a body decides on it, whichever way it decides."""

from chancery.bodies.models import Body
from chancery.documents.models import Version
from chancery.documents.rules.access import Classification

from ..models import Silence
from ..queries import route as queries
from ..rules.consensus import TextReplaced, TextWithdrawn, check_turn
from ..rules.silence import AlreadyRunning, NotForMembers


def check_before(version: Version, body: Body) -> None:
    """Whether a text, in its latest version, is before a body now and under no silence. Asked under the lock.

    Raises `NotForMembers`, `TextWithdrawn`, `TextReplaced`, `AlreadyRunning`, `AlreadyDecided`, `NotItsTurn`."""
    document = version.document
    if document.classification == Classification.SECRETARIAT:
        raise NotForMembers
    if document.withdrawn:
        raise TextWithdrawn(day=document.withdrawn)
    found = queries.before(document)
    check_turn(found.route, found.dealt, body.ref, name=body.name, next_name=queries.called(found.next))
    if document.versions.filter(position__gt=version.position).exists():
        raise TextReplaced
    running = Silence.objects.filter(version__document=document, outcome="").first()
    if running:
        raise AlreadyRunning(expires=running.expires)
