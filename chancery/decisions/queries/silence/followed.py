"""One silence, as somebody follows it: where it stands, what was said and recorded."""

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property

from chancery.core.asof import today
from chancery.core.text import LocalizedText
from chancery.documents.models import PrivateNote
from chancery.documents.queries import access
from chancery.documents.queries.access import Belonging
from chancery.documents.rules.visibility import audience, sees
from chancery.journal import words as journal
from chancery.journal.models import Entry
from chancery.journal.tree import SIZE
from chancery.parties.queries import Naming, naming
from chancery.people import policy

from ... import words
from ...models import Reply, Silence
from ...rules.silence import BREAKING, FOR_OBSERVERS, AlreadyBroken, Effect, ReplyKind, Stage, effect, stage
from ..procedure import course
from .listing import seen_by, spoken_for, weightiest
from .service import sees_service, service, tellings


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


def draft(person: Any, party: str, silence: Silence) -> dict[str, str]:
    """What a delegation prepared as its answer, for whoever holds a role for it."""
    if party not in access.delegations(policy.standing_of(person)):
        return {}
    subject = f"silences:{silence.ref}"
    notes = PrivateNote.objects.filter(party=party, draft=True, subject__in=[subject, f"{subject}#wording"])
    found = {one.subject: one for one in notes}
    kept = {"wording": found[f"{subject}#wording"].words} if f"{subject}#wording" in found else {}
    return {**kept, "kind": found[subject].stance, "words": found[subject].words} if subject in found else kept
