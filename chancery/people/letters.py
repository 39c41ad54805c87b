"""Letters about accounts, in the language of whoever gets them. A template's first line is the subject."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from chancery.duties import outbox
from chancery.duties.rules import Classification


def post(template: str, *, to: str, language: str, personal: bool = False, **context: Any) -> None:
    """Writes and queues a letter, in the transaction of the act that it tells of. One that holds a secret of
    its addressee is `personal`."""
    language = spoken(language)
    with translation.override(language):
        subject, body = write(f"people/letters/{template}.txt", context)
    outbox.post(
        to=to, subject=subject, body=body, language=language,
        classification=Classification.PERSONAL if personal else Classification.OPEN,
    )  # fmt: skip


def write(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body, in the language that is active."""
    words = render_to_string(template, {"charter": settings.CHARTER, "origin": settings.ORIGIN, **context})
    subject, _, body = words.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def spoken(language: str) -> str:
    """The language itself if the pages are spoken in it, else the first of those."""
    return language if language in settings.CHARTER.interface else settings.CHARTER.interface[0]


def link(view: str, language: str, *args: Any) -> str:
    """The whole address of a page, from the installation's own origin and never from a request's."""
    with translation.override(spoken(language)):
        return settings.ORIGIN + reverse(view, args=args)
