"""Reminding delegations of what they have not answered: whom it would reach, and doing it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from chancery.core.asof import now
from chancery.core.templatetags.chancery import plain
from chancery.duties.rules import CountNotSeen
from chancery.journal.acts import recording
from chancery.notices import acts
from chancery.notices.queries import Recipient, reminded, voices
from chancery.notices.rules import NobodyToRemind
from chancery.notices.telling import Words
from chancery.people import policy
from chancery.people.policy import Person

from .agreeing import Question, questions


@dataclass(frozen=True, slots=True)
class Reminder:
    """A question, and those who are to be reminded of it: not whoever was reminded of it today. For the parties of
    `nobody` there is nobody who could be written to."""

    question: Question
    parties: list[str]
    people: list[Recipient]
    nobody: list[str]

    @property
    def letters(self) -> int:
        return len({one.account.pk for one in self.people})


def planned(person: Person, day: dt.date, subject: str = "", party: str = "") -> list[Reminder]:
    """The reminders of one question or of all, for one delegation or for all: two queries
    besides the questions."""
    asked = [one for one in questions(person, day) if subject in ("", one.subject)]
    done = reminded([one.subject for one in asked], now())
    left = {
        one.subject: sorted(ref for ref in one.missing if party in ("", ref) and (one.subject, ref) not in done)
        for one in asked
    }
    people = voices({ref for refs in left.values() for ref in refs}, day)
    found = [_planned(one, left[one.subject], people) for one in asked]
    return [one for one in found if one.people]


def _planned(question: Question, parties: list[str], people: list[Recipient]) -> Reminder:
    reached = [one for one in people if one.party in parties]
    heard = {one.party for one in reached}
    return Reminder(question, sorted(heard), reached, [one for one in parties if one not in heard])


def remind(*, subject: str = "", party: str = "", seen: int, by: Person) -> int:
    """Reminds, in one act, whoever `planned` names; `seen` is how many letters the officer was shown. Raises
    `NotAllowed`, `SecondFactorMissing`, `NobodyToRemind`, `CountNotSeen`."""
    policy.require(by, "notices.remind")
    with recording() as at:
        found = planned(by, settings.CHARTER.today(at), subject, party)
        count = sum(one.letters for one in found)
        if not found:
            raise NobodyToRemind
        if seen != count:
            raise CountNotSeen(count=count)
        for one in found:
            _remind(one, by)
    return count


def _remind(reminder: Reminder, by: Person) -> None:
    question = reminder.question
    document = question.document
    view = "silence" if question.silence else "negotiation"
    acts.remind(
        subject=question.subject, parties=reminder.parties, say=_words(question),
        link=(view, [question.subject.partition(":")[2] if question.silence else document.ref]),
        open=False, hint=document.symbol, deadline=question.due, seen=reminder.letters, by=by,
    )  # fmt: skip


def _words(question: Question) -> Callable[[str], Words]:
    def say(language: str) -> Words:
        title = {"title": plain(question.title)}
        if question.silence:
            return Words(
                _("Reminder, silence procedure: %(title)s") % title,
                _("Your delegation has not answered. When silence ends, no reply counts as consent."),
            )
        return Words(
            _("Reminder, positions: %(title)s") % title, _("Your delegation has not stated its position yet.")
        )

    return say
