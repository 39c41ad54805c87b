"""Refusals: what the organisation's rules forbid, named, with a sentence a person can act on.

A rule raises a refusal; a form shows its sentence beside the field; an API answers its code and status.
"""

from typing import Any, ClassVar


def sentence(text: str) -> str:
    """Marks an English sentence for the catalogues; it is translated when it is shown."""
    return text


class Refusal(Exception):
    """An act that the rules do not allow. Subclasses name the rule and give the sentence.

    `sentence` may name values in braces; they are given by keyword and shown as they are.
    `field` is the field of a form beside which the sentence belongs, if one can be named.
    """

    sentence: ClassVar[str] = sentence("This cannot be done.")
    field: str | None = None
    status: ClassVar[int] = 422

    def __init__(self, *, field: str | None = None, **values: Any) -> None:
        self.values = values
        self.field = field or type(self).field
        super().__init__(self.english)

    @property
    def code(self) -> str:
        """The refusal's name, stable over releases."""
        return type(self).__name__

    @property
    def english(self) -> str:
        return type(self).sentence.format(**self.values)

    def text(self) -> str:
        """The sentence in the language of the page."""
        from django.utils.translation import gettext

        return gettext(type(self).sentence).format(**{key: _shown(value) for key, value in self.values.items()})


def _shown(value: Any) -> Any:
    """A value in the words of the page: days and instants written out, words of a list translated."""
    import datetime as dt
    from enum import StrEnum

    from django.utils.translation import gettext

    from .dates import Day

    if isinstance(value, StrEnum):
        return gettext(value.value)
    if isinstance(value, dt.datetime):
        from .templatetags.chancery import instant_words

        return instant_words(value)
    if isinstance(value, Day | dt.date):
        from .templatetags.chancery import day_words

        return day_words(value if isinstance(value, Day) else Day(value))
    return value


class NotAllowed(Refusal):
    """The person has no right to this act today."""

    sentence = sentence("You may not do this. Ask the Secretariat if you think that you should be able to.")
    status = 403


class SecondFactorMissing(Refusal):
    """Whoever acts must have a second factor (settled with the organisation's security rules)."""

    sentence = sentence("Set up your second factor first: acts of record need it.")
    status = 403


class OutOfDate(Refusal):
    """Somebody changed the same thing meanwhile."""

    sentence = sentence("Somebody changed this in the meantime. Look at the record as it is now, then try again.")
    status = 409


class UnclearDay(Refusal):
    """A date that cannot be read."""

    sentence = sentence("“{text}” is not a date that can be read. Write it like 17 December 2024 or 2024-12-17.")
    status = 400


class UnclearRef(Refusal):
    """A reference that has the wrong form."""

    sentence = sentence("“{text}” is not a reference: use small letters, digits, hyphens and dots.")
