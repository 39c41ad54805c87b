"""The words around a text in a Word file, in the language of the page that asks for it."""

from chancery.core.refusals import sentence

LEAVE_OUT = sentence("Proposes to leave this paragraph out.")
MOVE = sentence("Proposes to move this paragraph.")
MOVED_HERE = sentence("Proposes to move this paragraph here.")
NOT_TRANSLATED = sentence("A proposal that is not translated into this language yet.")
MOVED_ON = sentence("The words that it changes have become others meanwhile.")


def said(words: str) -> str:
    from django.utils.translation import gettext

    return gettext(words)
