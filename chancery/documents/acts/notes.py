"""What a delegation writes for itself."""

from django.db import transaction

from chancery.core.refusals import NotAllowed
from chancery.core.text import tidy
from chancery.people import policy
from chancery.people.models import Account
from chancery.people.policy import Person as Actor

from ..models import PrivateNote
from ..rules.positions import LONGEST, WordsTooLong


def keep_note(
    *, party: str, subject: str, words: str, draft: bool = False, stance: str = "", by: Actor
) -> PrivateNote | None:
    """A delegation keeps a note about something, or the draft of an answer to it (`draft`, with the `stance` it would
    take); one of each, shared by everybody who holds a role for the party. Empty words (and stance) take it away.

    This is no act of record and leaves nothing in the journal. Nobody keeps one on behalf of a delegation. Raises
    `WordsTooLong`."""
    policy.require(by, "documents.keep-note", party)
    if not isinstance(by, Account):
        raise NotAllowed
    words = tidy(words)
    if len(words) > LONGEST:
        raise WordsTooLong(found=len(words), limit=LONGEST)
    named = {"party": party, "subject": subject, "draft": draft}
    with transaction.atomic():
        if not words and not stance:
            PrivateNote.objects.filter(**named).delete()
            return None
        said = {"words": words, "stance": stance, "account": by.ref}
        return PrivateNote.objects.update_or_create(**named, defaults=said)[0]
