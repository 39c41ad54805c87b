"""The outbox in the hands of an officer."""

from chancery.duties import outbox
from chancery.duties.models import Letter
from chancery.journal.acts import recording, seal

from .. import policy
from ..policy import Person


def retry_letter(*, letter: Letter, by: Person) -> None:
    """Asks the post to try a letter again. Raises `NotAllowed`, `SecondFactorMissing`, `NothingToRetry`."""
    policy.require(by, "duties.retry-letter")
    with recording():
        outbox.retry(letter)
        seal("duties.retry-letter", said={"letter": letter.ref}, public=False, **policy.signed(by))


def cancel_letter(*, letter: Letter, by: Person) -> None:
    """Takes a letter back before it is sent. Raises `NotAllowed`, `SecondFactorMissing`, `AlreadySent`."""
    policy.require(by, "duties.cancel-letter")
    with recording():
        outbox.cancel(letter)
        seal("duties.cancel-letter", said={"letter": letter.ref}, public=False, **policy.signed(by))
