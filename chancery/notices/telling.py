"""Telling people of an act, in its transaction: a line on each desk, and a letter as each of them wishes."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from chancery.duties import outbox
from chancery.people import letters
from chancery.people.models import Account

from .kinds import kind
from .models import Notice, Preference
from .queries import Recipient
from .rules import Mail, mail_for
from .words import times

__all__ = ["Recipient", "Words", "tell"]


@dataclass(frozen=True, slots=True)
class Words:
    """What is told, in one language: a line, and what a letter adds to it."""

    title: str
    body: str


def tell(
    *,
    subject: str,
    event: str,
    to: Iterable[Recipient],
    say: Callable[[str], Words],
    link: tuple[str, list],
    at: dt.datetime,
    open: bool,
    hint: str = "",
    deadline: dt.datetime | None = None,
) -> list[Notice]:
    """Tells everybody in `to` of an event, each person once however many parties they act for.

    `say` gives the words in a language, once for each. Where the matter is not `open` to the public, a letter carries
    the `hint` (a symbol) and the link and nothing of the words. With a `deadline` the letter names it at the seat and
    on the reader's own clock. Raises `RuntimeError` outside the transaction of the act."""
    if not connection.in_atomic_block:
        raise RuntimeError("people are told inside the transaction of the act")
    told = _Told(subject, event, say, link, at, open, hint, deadline)
    parties = _by_account(to)
    wishes = _wishes(event, parties)
    of = kind(event)
    how = {one: mail_for(wishes.get(one.pk), legal=of.legal, usual=of.mail) for one in parties}
    posted = _post(told, [one for one in parties if how[one] is Mail.AT_ONCE])
    kept = told.kept()
    return Notice.objects.bulk_create(
        Notice(
            account_id=one.pk, parties=" ".join(parties[one]), subject=subject, event=event, open=open, words=kept,
            at=at, mail=how[one].value, letter_id=posted.get(one.pk), posted=at if one.pk in posted else None,
        )
        for one in parties
    )  # fmt: skip


@dataclass(slots=True)
class _Told:
    """An event, and its words once they are asked for."""

    subject: str
    event: str
    say: Callable[[str], Words]
    link: tuple[str, list]
    at: dt.datetime
    open: bool
    hint: str
    deadline: dt.datetime | None
    said: dict[str, Words] = field(default_factory=dict)
    letters: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def words(self, language: str) -> Words:
        if language not in self.said:
            with translation.override(language):
                self.said[language] = self.say(language)
        return self.said[language]

    def kept(self) -> dict:
        """What a notice keeps, to be read in any language of the pages."""
        titles = {code: self.words(code).title for code in settings.CHARTER.interface}
        view, args = self.link
        return {"title": titles, "view": view, "args": [str(one) for one in args], "hint": self.hint}

    def letter(self, language: str, zone: str) -> tuple[str, str]:
        """Subject and body, written once for each language and zone."""
        if (language, zone) not in self.letters:
            with translation.override(language):
                self.letters[language, zone] = self._written(language, zone)
        return self.letters[language, zone]

    def _written(self, language: str, zone: str) -> tuple[str, str]:
        view, args = self.link
        told = self.words(language) if self.open else Words(self.hint or _("News on your desk"), "")
        context = {
            "title": told.title, "body": told.body.strip(), "open": self.open,
            "link": letters.link(view, language, *args), "settings": letters.link("notice-settings", language),
            "deadline": times(self.deadline, zone) if self.deadline else "", "at": times(self.at, zone),
            "legal": kind(self.event).legal,
        }  # fmt: skip
        return letters.write("notices/letters/notice.txt", context)


def _by_account(to: Iterable[Recipient]) -> dict[Account, list[str]]:
    """The parties for which each person is told; nobody twice, and nobody whose account is closed."""
    found: dict[Account, list[str]] = {}
    for one in to:
        if one.account.is_active:
            parties = found.setdefault(one.account, [])
            if one.party and one.party not in parties:
                parties.append(one.party)
    return found


def _wishes(event: str, accounts: Iterable[Account]) -> dict[int, str]:
    chosen = Preference.objects.filter(event=event, account__in=[one.pk for one in accounts])
    return dict(chosen.values_list("account", "mail"))


def _post(told: _Told, accounts: list[Account]) -> dict[int, int]:
    """A letter to each: its key by that of the account. What an act has to tell
    needs no second look at how many people it reaches."""
    drafts = []
    for one in accounts:
        language = letters.spoken(one.language)
        drafts.append(outbox.Draft(one.email, *told.letter(language, one.zone), language))
    posted = outbox.post_all(drafts, batch=f"{told.event} {told.subject}"[:80], seen=len(drafts))
    return {one.pk: letter.pk for one, letter in zip(accounts, posted, strict=True)}
