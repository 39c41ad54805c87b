"""References: the short names under which everything public is known, for ever."""

import re
import secrets

from .refusals import UnclearRef

FORM = re.compile(r"[a-z0-9][a-z0-9.-]{0,118}[a-z0-9]|[a-z0-9]")
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no letters that are mistaken for digits or for each other


def check(text: str) -> str:
    """The reference itself. Raises `UnclearRef`."""
    if not FORM.fullmatch(text):
        raise UnclearRef(text=text)
    return text


def slug(text: str, *, limit: int = 80) -> str:
    """A reference made of a title in Latin letters, cut at a word; random where nothing is left of it."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(words) > limit:
        words = words[:limit].rpartition("-")[0] or words[:limit]
    return words or short()


def short(length: int = 8) -> str:
    """A random reference, for things whose address must not be guessed or counted."""
    number = secrets.randbelow(len(_ALPHABET) ** length)
    letters = []
    for _each in range(length):
        number, index = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[index])
    return "".join(letters)
