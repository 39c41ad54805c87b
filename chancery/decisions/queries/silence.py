"""Silences as their pages show them: which there are, what was said, who was told."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.functional import cached_property

from chancery.bodies.models import Body
from chancery.core.asof import now, today
from chancery.core.text import LocalizedText
from chancery.documents.models import Document, PrivateNote, Version
from chancery.documents.queries import access
from chancery.documents.queries.access import Belonging
from chancery.documents.rules.access import Classification
from chancery.documents.rules.visibility import audience, chairs, sees
from chancery.journal import words as journal
from chancery.journal.models import Entry
from chancery.journal.tree import SIZE
from chancery.meetings.models import Meeting
from chancery.meetings.queries import naming_one
from chancery.notices import kinds
from chancery.notices.models import Notice
from chancery.notices.queries import became
from chancery.parties.queries import Naming, naming
from chancery.people import policy
from chancery.people.models import NoteVerbale
from chancery.people.rules import Role, Standing, reader

from .. import letters, words
from ..models import Decision, Reply, Silence
from ..rules.silence import (
    BREAKING,
    FOR_OBSERVERS,
    AlreadyBroken,
    Course,
    Effect,
    Outcome,
    ReplyKind,
    Stage,
    effect,
    stage,
    working_days_after,
)

FEW = 50  # sessions, decisions and notes to choose from
_ANSWERS = [*sorted(BREAKING), ReplyKind.RESERVATION, ReplyKind.STATEMENT, ReplyKind.ACKNOWLEDGEMENT, ReplyKind.COMMENT]


# ------------------------------------------------------------------------------------------------ which there are
def seen_by(person: Any) -> QuerySet[Silence]:
    """The silences that a person may see: those on texts that the person may read."""
    if not policy.may(person, "decisions.follow-silences"):
        return Silence.objects.none()
    return Silence.objects.filter(access.readable(person, prefix="version__document__"))


def in_order(found: QuerySet[Silence]) -> QuerySet[Silence]:
    """Those that are open by their end, then those that are over, the last first."""
    over = Case(When(outcome="", then=0), default=1)
    soonest = Case(When(outcome="", then=F("expires")))
    return found.select_related("version__document", "body", "decision").order_by(over, soonest, "-ended", "ref")


def silence_page(person: Any, ref: str) -> Silence | None:
    """A silence that a person may see."""
    related = ("version__document", "body", "session", "recommendation", "decision", "broken_by", "replaces")
    return seen_by(person).select_related(*related).filter(ref=ref).first()


def awaiting(person: Any) -> int:
    """How many silences await an answer of the person's delegation."""
    voices = spoken_for(policy.standing_of(person))
    if not voices:
        return 0
    answered = Reply.objects.filter(party__in=voices).values("silence")
    return seen_by(person).filter(outcome="", expires__gt=now()).exclude(pk__in=answered).count()


@dataclass(frozen=True, slots=True)
class Listed:
    """A silence as the list shows it, with what the reader's delegation said."""

    silence: Silence
    stage: Stage
    left: str
    answer: Any = ""

    @property
    def sign(self) -> tuple[str, str]:
        return words.SIGN[self.stage]

    @property
    def word(self) -> Any:
        return words.STAGE[self.stage]

    @property
    def verb(self) -> Any:
        return words.VERB[self.silence.verb]


def listed(silences: Iterable[Silence], person: Any, at: dt.datetime) -> list[Listed]:
    """Silences as rows: one query for what the reader's delegation said."""
    rows = list(silences)
    voices = spoken_for(policy.standing_of(person))
    said: dict[int, set[str]] = {}
    if voices:
        replies = Reply.objects.filter(silence__in=rows, party__in=voices).values_list("silence", "kind")
        for silence, kind in replies:
            said.setdefault(silence, set()).add(kind)
    return [
        Listed(
            one, stage(course(one), at), words.left(one.expires - at),
            words.ANSWER[weightiest(said.get(one.pk, ()))] if voices else "",
        )
        for one in rows
    ]  # fmt: skip


def weightiest(kinds: Iterable[str]) -> str:
    """Of several things that a party said, the one that counts most; empty where it said nothing."""
    found = set(kinds)
    return next((kind.value for kind in _ANSWERS if kind in found), "")


def course(silence: Silence) -> Course:
    """The instants of a silence, as the rules see them."""
    return Course(silence.opens, silence.expires, Outcome(silence.outcome) if silence.outcome else None)


# ------------------------------------------------------------------------------------------------ one of them
@dataclass(frozen=True, slots=True)
class Cell:
    """A member on the page, with the weightiest of what it said as far as the reader sees it."""

    party: str
    name: LocalizedText
    kind: str
    at: dt.datetime | None
    own: bool

    @property
    def look(self) -> tuple[str, str]:
        """Colour and sign."""
        return _LOOK.get(self.kind, ("no", "wait"))

    @property
    def word(self) -> Any:
        return words.ANSWER[self.kind]

    @property
    def when(self) -> str:
        return words.brief(self.at) if self.at else ""


_LOOK = {
    ReplyKind.OBJECTION: ("brk", "stop"), ReplyKind.AMENDMENT: ("brk", "stop"),
    ReplyKind.RESERVATION: ("res", "half"), ReplyKind.STATEMENT: ("res", "half"),
    ReplyKind.ACKNOWLEDGEMENT: ("ok", "ok"), ReplyKind.COMMENT: ("ok", "open"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the journal about a silence, in words for those who follow it."""

    entry: Entry
    act: str
    by: str

    @property
    def when(self) -> str:
        return words.brief(self.entry.at)

    @property
    def seal(self) -> str:
        """The hash of the entry in the journal's tree."""
        return bytes(self.entry.nodes[:SIZE]).hex()


class Followed:
    """A silence as a person sees it at an instant. What costs a query is asked once, when the page shows it."""

    def __init__(self, silence: Silence, person: Any, at: dt.datetime) -> None:
        self.silence, self.person, self.at = silence, person, at
        self.stage = stage(course(silence), at)
        self.standing = policy.standing_of(person)
        self.own = access.delegations(self.standing)

    # -- where it stands
    @property
    def is_open(self) -> bool:
        return self.stage in (Stage.PROPOSED, Stage.RUNNING)

    @property
    def sign(self) -> tuple[str, str]:
        return words.SIGN[self.stage]

    @property
    def next(self) -> dt.datetime:
        """The instant that is waited for: when it begins to run, or when it ends."""
        return self.silence.opens if self.stage is Stage.PROPOSED else self.silence.expires

    @property
    def left(self) -> list[tuple[int, str]]:
        return words.parts_left(self.next - self.at)

    @cached_property
    def belongs(self) -> Belonging:
        """The parties today, or on the day on which it ended."""
        over = self.silence.ended or self.at
        return access.on(settings.CHARTER.today(over))

    @cached_property
    def names(self) -> Naming:
        return naming(today())

    # -- what was said
    @cached_property
    def said(self) -> list[Reply]:
        """Everything that was said, in order; what an acknowledgement or comment says only if the reader sees it."""
        replies = list(self.silence.replies.all())
        return replies if self.sees_all else [one for one in replies if self._sees(one)]

    @cached_property
    def sees_all(self) -> bool:
        """Whether the charter's table lets the reader see what others acknowledged and commented."""
        body = self.silence.body_id
        to = audience(settings.CHARTER.visibility, body, "acknowledgements")
        return sees(self.standing, to, body=body, members=self.belongs.members, parties=self.belongs.parties)

    def _sees(self, reply: Reply) -> bool:
        return reply.kind not in FOR_OBSERVERS or reply.party_id in self.own

    @cached_property
    def cells(self) -> list[Cell]:
        """The members in the order of the page's language."""
        return [self._cell(party) for party in sorted(self.belongs.members, key=self.names.order)]

    @cached_property
    def observers(self) -> list[Cell]:
        """The observers of whom the reader knows that they answered."""
        found = [self._cell(party) for party in sorted(self.belongs.observers, key=self.names.order)]
        return [one for one in found if one.kind]

    def _cell(self, party: str) -> Cell:
        replies = {one.kind: one for one in self.said if one.party_id == party and not one.late}
        kind = weightiest(replies)
        return Cell(party, self.names[party], kind, replies[kind].at if kind else None, party in self.own)

    @property
    def counts(self) -> list[tuple[str, str, str, int]]:
        """How many members did what: colour, sign, word and number."""
        found = Counter(one.look for one in self.cells)
        shown = [
            ("ok", "ok", words.COUNTED["ok"], found["ok", "ok"] + found["ok", "open"]),
            ("wait", "half", words.COUNTED["res"], found["res", "half"]),
            ("stop", "stop", words.COUNTED["brk"], found["brk", "stop"]),
            ("", "wait", words.COUNTED["no"], found["no", "wait"]),
        ]
        return shown if self.sees_all else shown[1:3]

    @property
    def voiced(self) -> list[tuple[Reply, LocalizedText, Any]]:
        """What was said in words, besides what broke it: the reply, by whom, and what kind of thing it is."""
        said = [one for one in self.said if one.words and one != self.breaking]
        return [(one, self.names[one.party_id], words.VOICED[one.kind]) for one in said]

    @property
    def breaking(self) -> Reply | None:
        """The objection or amendment that ended it."""
        found = (one for one in self.said if one.kind in BREAKING and one.party_id == self.silence.broken_by_id)
        return next((one for one in found if not one.late), None)

    # -- what the reader can do
    @cached_property
    def voice(self) -> str:
        """The party for which the person may answer; empty for none."""
        return next(iter(sorted(spoken_for(self.standing) & self.belongs.parties)), "")

    @property
    def party(self) -> str:
        """The party in whose name the person reads, or drafts an answer."""
        return self.voice or next(iter(sorted(self.own & self.belongs.parties)), "")

    @property
    def party_name(self) -> LocalizedText:
        return self.names[self.party]

    def kinds(self, party: str) -> list[str]:
        """What a party may still say."""
        if self.is_open:
            return [kind.value for kind in ReplyKind if party in self.belongs.members or kind in FOR_OBSERVERS]
        late = self.stage in (Stage.ENDED, Stage.ADOPTED) and party in self.belongs.members
        return [kind.value for kind in ReplyKind if late and kind in BREAKING]

    @property
    def acknowledged(self) -> Reply | None:
        """The acknowledgement of the reader's delegation."""
        own = (one for one in self.said if one.party_id == self.party)
        return next((one for one in own if one.kind == ReplyKind.ACKNOWLEDGEMENT), None)

    def effect(self, party: str, kind: str, typed: str) -> Effect:
        """What a reply would do now, for the second look. Raises what the act would."""
        if self.silence.broken_by_id and kind in BREAKING:
            raise AlreadyBroken(party=self.names[self.silence.broken_by_id])
        return effect(
            ReplyKind(kind), typed, course(self.silence), self.at, party=self.names[party],
            member=party in self.belongs.members, observer=party in self.belongs.observers,
        )  # fmt: skip

    # -- the journal
    @cached_property
    def _lines(self) -> list[Line]:
        found = Entry.objects.filter(mentions__subject=f"silences:{self.silence.ref}").order_by("-seq")
        return [_line(one) for one in found]

    @property
    def entries(self) -> list[Line]:
        """The entries that the reader may know of, latest first, in words."""
        replies = {one.seq: one for one in self.said}
        shown = []
        for one in self._lines:
            reply = replies.get(one.entry.seq)
            if reply:
                told = words.SAID[reply.kind] % {"party": str(self.names[reply.party_id])}
                shown.append(Line(one.entry, told, one.by if " on behalf of " in reply.capacity else ""))
            elif one.entry.act not in _OF_REPLIES:
                shown.append(one)
        return shown

    @property
    def opened(self) -> Line | None:
        return next((one for one in self._lines if one.entry.act == "decisions.propose-silence"), None)

    @property
    def closed(self) -> Line | None:
        return next((one for one in self._lines if one.entry.act in _ENDS), None)

    # -- what went before and after, and who was told
    @cached_property
    def chain(self) -> list[Silence]:
        """This silence, those it restarts and those that restarted it, in time, as far as the reader sees them."""
        seen = seen_by(self.person).filter(version__document=self.silence.version.document_id)
        rows = {one.pk: one for one in seen.filter(body=self.silence.body_id).order_by("proposed")}
        linked = {self.silence.pk}
        for _each in rows:
            linked |= {one.pk for one in rows.values() if one.replaces_id in linked}
            linked |= {rows[pk].replaces_id for pk in linked if pk in rows} - {None}
        return [one for pk, one in rows.items() if pk in linked]

    @property
    def sees_service(self) -> bool:
        return sees_service(self.standing, self.silence.body_id)

    @cached_property
    def told(self) -> list[dict[str, Any]]:
        """Of what and when people were told, and how many of them."""
        return tellings(service(self.person, self.silence))


_OF_REPLIES = {"decisions.reply", "decisions.break-silence", "decisions.refuse-silence", "decisions.object-late"}
_ENDS = {
    "decisions.break-silence", "decisions.refuse-silence", "decisions.withdraw-silence", "decisions.close-silence",
    "decisions.lapse-silence",
}  # fmt: skip


def _line(entry: Entry) -> Line:
    """An entry in words. Whoever follows a silence may know what the public is not told."""
    decided = json.loads(entry.public if entry.is_public else entry.private)
    return Line(entry, journal.act(decided), journal.capacity(decided))


def spoken_for(standing: Standing) -> frozenset[str]:
    """The parties whose accredited voice somebody is."""
    return frozenset(right.scope for right in standing.rights if right.role is Role.DELEGATE)


def draft(person: Any, party: str, silence: Silence) -> dict[str, str]:
    """What a delegation prepared as its answer, for whoever holds a role for it."""
    if party not in access.delegations(policy.standing_of(person)):
        return {}
    subject = f"silences:{silence.ref}"
    notes = PrivateNote.objects.filter(party=party, draft=True, subject__in=[subject, f"{subject}#wording"])
    found = {one.subject: one for one in notes}
    kept = {"wording": found[f"{subject}#wording"].words} if f"{subject}#wording" in found else {}
    return {**kept, "kind": found[subject].stance, "words": found[subject].words} if subject in found else kept


# ------------------------------------------------------------------------------------------------ who was told
def service(person: Any, silence: Silence) -> QuerySet[Notice]:
    """The record of service as far as somebody sees it: all of it in the Secretariat and for the Chair, a delegation
    its own."""
    standing = policy.standing_of(person)
    found = Notice.objects.filter(subject=f"silences:{silence.ref}").select_related("account", "letter")
    if not sees_service(standing, silence.body_id):
        own = [naming_one("parties", party) for party in access.delegations(standing)]
        found = found.filter(any_of(own))
    return found.order_by("-at", "parties", "account__name", "pk")


def sees_service(standing: Standing, body: str) -> bool:
    """Whether somebody sees everybody who was told."""
    return reader(standing, None) or chairs(standing, body)


@dataclass(frozen=True, slots=True)
class Served:
    """That one person was told: of what, for which parties, and what became of the letter."""

    notice: Notice

    @property
    def event(self) -> Any:
        return kinds.kind(self.notice.event).name

    @property
    def parties(self) -> list[str]:
        return self.notice.parties.split()

    @property
    def sent(self) -> dt.datetime | None:
        """When the letter was handed over to the mail server."""
        letter = self.notice.letter
        return self.notice.sent or (letter.sent if letter else None)

    @property
    def word(self) -> Any:
        """What has become of the letter."""
        return words.SERVICE[became(self.notice)]


def served(notices: Iterable[Notice]) -> list[Served]:
    return [Served(one) for one in notices]


def any_of(conditions: Iterable[Q]) -> Q:
    """Rows to which one of the conditions applies; none where there is no condition."""
    return reduce(or_, conditions, Q(pk__in=[]))


def tellings(notices: QuerySet[Notice]) -> list[dict[str, Any]]:
    """Notices counted by what and when: one query."""
    sent = Q(sent__isnull=False) | Q(letter__sent__isnull=False)
    rows = notices.order_by().values("event", "at").annotate(
        people=Count("pk"), letters=Count("pk", filter=Q(posted__isnull=False)), sent=Count("pk", filter=sent)
    )  # fmt: skip
    return [{**row, "name": kinds.kind(row["event"]).name} for row in rows.order_by("-at")]


# ------------------------------------------------------------------------------------------------ what to choose from
def led_by(person: Any) -> list[Body]:
    """The bodies in whose name a person may propose silence today."""
    bodies = Body.objects.on(today()).order_by("position", "ref")
    return [one for one in bodies if policy.may(person, "decisions.propose-silence", one.ref)]


def proposable(person: Any) -> QuerySet[Version]:
    """The latest version of each text that a person may read, goes to delegations, stands and is not under silence;
    last first."""
    frozen = Silence.objects.filter(outcome="").values("version__document")
    texts = Document.objects.filter(access.readable(person), withdrawn=None).exclude(pk__in=frozen)
    texts = texts.exclude(classification=Classification.SECRETARIAT)
    latest = Version.objects.filter(document=OuterRef("document")).order_by("-position").values("pk")[:1]
    found = Version.objects.filter(document__in=texts, pk=Subquery(latest)).select_related("document")
    return found.defer("blocks").order_by("-circulated", "-ref")


def version_page(person: Any, ref: str) -> Version | None:
    """A version of a text that a person may read."""
    readable = access.readable(person, prefix="document__")
    return Version.objects.filter(readable, ref=ref).select_related("document").first()


def latest(document: Document) -> Version:
    """The version on which silence is proposed."""
    return document.versions.select_related("document").order_by("-position")[0]


def sessions(body: Body) -> QuerySet[Meeting]:
    """The sessions of a body that have begun, last first."""
    found = Meeting.objects.filter(body=body, kind="session", starts__lte=today(), called_off="")
    return found.order_by("-starts", "-ref")


def recommendations(version: Version, body: Body) -> QuerySet[Decision]:
    """What other bodies decided on a text, last first."""
    return Decision.objects.filter(document=version.document_id).exclude(body=body).order_by("-taken", "-ref")


def notes() -> QuerySet[NoteVerbale]:
    """The notes verbales that were received, last first."""
    return NoteVerbale.objects.order_by("-dated", "-pk")


@dataclass(frozen=True, slots=True)
class Addressees:
    """To whom a proposal would go: how many people, of how many delegations, and the delegations that nobody reads
    for, who have to be told by note verbale."""

    people: int
    delegations: int
    unread: list[LocalizedText]


def addressees(document: Document, body: Body, at: dt.datetime) -> Addressees:
    """Whom the act would tell of a silence on a text."""
    told = list(letters.concerned(document, body.ref, at))
    reached = {one.party for one in told if one.party}
    names = naming(today())
    belongs = access.on(settings.CHARTER.today(at))
    goes_to = access.audience(document, belongs).delegations or belongs.parties
    unread = [names[one] for one in sorted(goes_to - reached, key=names.order)]
    return Addressees(len({one.account.pk for one in told}), len(reached), unread)


def soon(at: dt.datetime, days: Sequence[int] = (3, 5, 10, 15)) -> list[tuple[int, dt.date]]:
    """The day at the seat that lies so many working days ahead."""
    charter = settings.CHARTER
    day = charter.today(at)
    return [(n, working_days_after(day, n, charter.working_days, charter.holidays)) for n in days]
