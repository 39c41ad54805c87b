"""Handing letters to the mail server, each exactly once however many clocks there are.

A clock claims a letter by moving its `due` ahead in one short statement, which only one can win; it sends
with no transaction open; then it writes what the server said. If the process dies between the server's yes
and that line, the letter is sent once more when the claim runs out: its Message-ID never changes, so that
mail systems can tell that both are the same letter."""

import logging
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from chancery.core.asof import now

from .models import Attempt, Letter
from .registry import NotNow
from .rules import LEASE, Classification, next_try

log = logging.getLogger("chancery.post")


def deliver(ref: str) -> None:
    """Tries to send a letter, if it is still due and no other clock has it. Raises `NotNow` when the server
    cannot be reached at all, so that the others are not tried in vain."""
    claimed = _claim(ref)
    if claimed is None:
        return
    letter, attempt = claimed
    try:
        _message(letter).send()
    except (smtplib.SMTPException, OSError) as problem:
        _failed(letter, attempt, problem)
        if _is_unreachable(problem):
            raise NotNow(seconds=15) from problem
    else:
        _accepted(letter, attempt)


def message_id(letter: Letter) -> str:
    """The same at every try."""
    return f"<{letter.ref}@{urlsplit(settings.ORIGIN).hostname}>"


def _claim(ref: str) -> tuple[Letter, Attempt] | None:
    at = now()
    with transaction.atomic():
        if not Letter.objects.filter(ref=ref, due__lte=at).update(due=at + LEASE):
            return None
        letter = Letter.objects.get(ref=ref)
        return letter, Attempt.objects.create(letter=letter, began=at)


def _message(letter: Letter) -> EmailMessage:
    headers = {
        "Message-ID": message_id(letter),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)


def _accepted(letter: Letter, attempt: Attempt) -> None:
    at = now()
    erased = {"body": ""} if letter.classification == Classification.PERSONAL else {}
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(ended=at, accepted=True)
        Letter.objects.filter(pk=letter.pk).update(due=None, sent=at, **erased)
    log.info("letter %s sent", letter.ref)


def _failed(letter: Letter, attempt: Attempt, problem: Exception) -> None:
    at = now()
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(ended=at, answer=_words(problem))
        failed = letter.attempts.filter(began__gte=letter.asked).count()
        again = None if _is_final(problem) else next_try(letter.asked, failed, at)
        Letter.objects.filter(pk=letter.pk, sent=None, cancelled=None).update(due=again)
    log.warning("letter %s not sent (%s); %s", letter.ref, _words(problem), again or "given up")


def _words(problem: Exception) -> str:
    """What the server said, without the address (the letter has it)."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()), (0, b""))
        return f"{code} {_plain(text)}"[:400]
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_plain(problem.smtp_error)}"[:400]
    return f"{type(problem).__name__}: {problem}"[:400]


def _plain(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def _is_final(problem: Exception) -> bool:
    """Whether the server will never take this letter: it knows no such address, or refuses what it says.
    A sender or password it does not like is our own fault, and may be mended."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= 500


def _is_unreachable(problem: Exception) -> bool:
    """Whether the fault lies with the server and not with the letter."""
    spoken = isinstance(problem, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
    return not spoken or isinstance(problem, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError)
