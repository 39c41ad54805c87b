"""How somebody wishes to be told, the personal feeds, the letter of the day, reminders, and what is forgotten."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from chancery.duties import outbox
from chancery.duties.models import Letter
from chancery.duties.rules import CountNotSeen
from chancery.journal.acts import recording, seal
from chancery.people import letters, policy
from chancery.people.models import Account
from chancery.people.policy import Person
from chancery.people.queries import digest_of

from . import kinds, queries
from .models import Feed, Notice, Preference
from .queries import voices
from .rules import FeedKind, Mail, NobodyToRemind
from .telling import Words, tell


def prefer(*, account: Account, mail: Mapping[str, Mail], by: Person) -> None:
    """Says how an account wishes to be told, by kind of event; of what has an effect in law it cannot. Raises
    `NotAllowed`."""
    policy.require(by, "notices.prefer", account.ref)
    free = {one.event for one in kinds.all_kinds() if not one.legal}
    with recording():
        before = queries.wishes(account)
        wanted = {event: Mail(how) for event, how in mail.items() if event in free}
        changed = [event for event, how in wanted.items() if before.get(event, Mail.AT_ONCE) is not how]
        Preference.objects.filter(account=account, event__in=changed).delete()
        Preference.objects.bulk_create(
            Preference(account=account, event=event, mail=wanted[event].value)
            for event in changed
            if wanted[event] is not Mail.AT_ONCE
        )
        if changed:
            said = {"account": account.ref, "changed": sorted(changed)}
            seal("notices.prefer", said=said, public=False, **policy.signed(by))


def see(*, account: Account, until: dt.datetime, ref: str = "", by: Person) -> int:
    """Marks what an account was told up to an instant as seen, or one of it; returns how many. It is no act of record:
    nothing but a list of one's own changes, and the journal is not told. Raises `NotAllowed`."""
    policy.require(by, "notices.read", account.ref)
    found = Notice.objects.filter(account=account, seen=None, at__lte=until)
    return (found.filter(ref=ref) if ref else found).update(seen=dt.datetime.now(dt.UTC))


# ---------------------------------------------------------------- feeds
class Opened(NamedTuple):
    """A personal address and its secret, which is told once and not kept."""

    feed: Feed
    token: str


def open_feed(*, account: Account, kind: FeedKind, language: str, by: Person) -> Opened:
    """Makes a personal address of a calendar or a news feed. Raises `NotAllowed`."""
    policy.require(by, "notices.open-feed", account.ref)
    token = secrets.token_urlsafe(32)
    with recording() as at:
        feed = Feed.objects.create(
            account=account, kind=kind.value, digest=digest_of(token), language=letters.spoken(language), made=at
        )
        said = {"account": account.ref, "feed": feed.ref, "kind": kind.value}
        seal("notices.open-feed", said=said, public=False, **policy.signed(by))
    return Opened(feed, token)


def revoke_feed(*, feed: Feed, by: Person) -> None:
    """Closes a personal address for ever; to close it twice is to close it once. Raises `NotAllowed`."""
    policy.require(by, "notices.revoke-feed", feed.account.ref)
    with recording() as at:
        if Feed.objects.filter(pk=feed.pk, revoked=None).update(revoked=at):
            said = {"account": feed.account.ref, "feed": feed.ref}
            seal("notices.revoke-feed", said=said, public=False, **policy.signed(by))


# ---------------------------------------------------------------- the letter of the day
def post_daily(*, account: int, by: Person) -> None:
    """Posts the letter of the day to an account: what it was told since the last one and may still read. Nothing where
    another clock was quicker."""
    policy.require(by, "notices.post-daily")
    with recording() as at:
        waiting = list(queries.awaiting_letter(at).filter(account=account).order_by("at", "id"))
        if not waiting:
            return
        owner = Account.objects.get(pk=account)
        readable = set(queries.of(owner).filter(pk__in=[one.pk for one in waiting]).values_list("pk", flat=True))
        told = [one for one in waiting if one.pk in readable]
        letter = _daily(owner, told) if told and owner.is_active else None
        Notice.objects.filter(pk__in=[one.pk for one in waiting]).update(posted=at, letter=letter)


def forget(*, by: Person) -> int:
    """Erases notices that the charter's time of retention has passed, and seals how many; the record of service of
    what has an effect in law stays. The clock's. Raises `NotAllowed`."""
    policy.require(by, "notices.forget")
    with recording() as at:
        count, _each = queries.forgettable(at).delete()
        if count:
            seal("notices.forget", said={"notices": count}, public=False, **policy.signed(by))
    return count


def _daily(owner: Account, told: list[Notice]) -> Letter:
    language = letters.spoken(owner.language)
    with translation.override(language):
        context = {
            "lines": [(one.line, one.address(language)) for one in told],
            "settings": letters.link("notice-settings", language),
        }
        subject, body = letters.write("notices/letters/daily.txt", context)
    return outbox.post(to=owner.email, subject=subject, body=body, language=language, batch="daily")


# ---------------------------------------------------------------- reminders
def remind(
    *, subject: str, parties: Iterable[str], say: Callable[[str], Words], link: tuple[str, list], open: bool,
    hint: str = "", deadline: dt.datetime | None = None, seen: int, by: Person,
) -> list[Notice]:  # fmt: skip
    """Reminds the voices of delegations whose answer is missing, of one thing and at most once a day. `seen` is how
    many people the officer was shown that it would reach. Raises `NotAllowed`, `SecondFactorMissing`,
    `NobodyToRemind`, `CountNotSeen`."""
    policy.require(by, "notices.remind")
    with recording() as at:
        done = queries.reminded([subject], at)
        wanted = sorted(party for party in set(parties) if (subject, party) not in done)
        people = voices(wanted, settings.CHARTER.today(at))
        if not people:
            raise NobodyToRemind
        if seen != (count := len({one.account for one in people})):
            raise CountNotSeen(count=count)
        told = tell(
            subject=subject, event=queries.REMINDER, to=people, say=say, link=link, at=at, open=open, hint=hint,
            deadline=deadline,
        )  # fmt: skip
        said = {"parties": " ".join(wanted), "letters": len(told)}
        seal("notices.remind", subjects=[subject], said=said, public=False, **policy.signed(by))
    return told

