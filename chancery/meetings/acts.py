"""What may happen to meetings."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import Max

from chancery.bodies.models import Body
from chancery.catalogue.models import PriorityArea
from chancery.core import files
from chancery.core.dates import Day
from chancery.core.refs import slug
from chancery.core.refusals import OutOfDate
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.parties.acts import days, free_ref
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from . import queries
from .models import Attachment, Figure, Meeting, Participation
from .rules import (
    CalledOff,
    FileTooLarge,
    Format,
    MeetingKind,
    ParticipationRole,
    PartOfItself,
    SessionNumberTaken,
    SessionWithoutBody,
    Stated,
    check_amendable,
    check_call_off,
    check_outcome,
    check_times,
    kind_of_file,
)  # fmt: skip
from .tables import prepare


class Details(TypedDict, total=False):
    """What is said of a meeting when it is convened or amended."""

    kind: MeetingKind
    title: LocalizedText
    starts: Day
    ends: Day | None
    opens: dt.time | None
    closes: dt.time | None
    zone: str
    format: Format | str
    place: LocalizedText
    country: Party | None
    hosts: Sequence[Party]
    organisers: LocalizedText
    body: Body | None
    ordinal: int | None
    presiding: Party | None
    dimension: str
    area: PriorityArea | None
    part_of: Meeting | None
    summary: LocalizedText
    source: str
    note: str


def convene(*, details: Details, by: Actor) -> Meeting:
    """A meeting is announced. Its reference is made of its date and title.

    Raises `EndsBeforeItStarts`, `ClosesBeforeItOpens`, `SessionWithoutBody`, `SessionNumberTaken`."""
    policy.require(by, "meetings.convene")
    with recording():
        first = next(iter(details["title"].texts.values()), "")
        ref = free_ref(Meeting, f"{details['starts'].date.isoformat()}-{slug(first, limit=60)}")
        meeting = Meeting(ref=ref)
        _describe(meeting, details)
        meeting.save(force_insert=True)
        seal("meetings.convene", facts=[meeting], subjects=_about(meeting), **policy.signed(by))
    return meeting


def amend(*, meeting: Meeting, details: Details, seen: str = "", by: Actor) -> Meeting:
    """A meeting is moved to another date, or its details change, while it is still to take place. One that was
    postponed and gets another date is planned again. `seen` is the version that the officer had before him.

    Raises `AlreadyHeld`, `IsCancelled`, `OutOfDate`, `PartOfItself` and what `convene` raises."""
    policy.require(by, "meetings.amend", meeting)
    with recording():
        meeting = _current(meeting, seen)
        before = meeting.began, meeting.ended
        check_amendable(meeting.status_on(_today()), meeting.began)
        _describe(meeting, details)
        if (meeting.began, meeting.ended) != before:
            meeting.called_off = ""
        meeting.save()
        seal("meetings.amend", facts=[meeting], subjects=_about(meeting), **policy.signed(by))
    return meeting


def call_off(*, meeting: Meeting, called_off: CalledOff, note: str = "", source: str, by: Actor) -> Meeting:
    """A meeting is postponed or cancelled. Raises `AlreadyHeld`, `AlreadyPostponed`, `IsCancelled`."""
    policy.require(by, "meetings.call-off", meeting)
    with recording():
        meeting = _current(meeting)
        check_call_off(meeting.status_on(_today()), meeting.began, CalledOff(called_off))
        meeting.called_off = called_off
        meeting.note = note or meeting.note
        meeting.source = _joined(meeting.sources, source)
        meeting.save()
        seal("meetings.call-off", facts=[meeting], subjects=_about(meeting), **policy.signed(by))
    return meeting


def record_outcome(
    *, meeting: Meeting, outcome: LocalizedText, next: LocalizedText, figures: Sequence[Stated] = (),
    delegations: Sequence[Party] = (), speakers: Sequence[Party] = (), observers: Sequence[Party] = (),
    guests: Sequence[Party] = (), source: str, seen: str = "", by: Actor,
) -> Meeting:  # fmt: skip
    """What came of a meeting: the outcome, stated numbers, who took part, what follows. Recorded again, it takes
    the place of what was recorded before; the journal keeps both.

    Raises `NotYetHeld`, `AlreadyPostponed`, `IsCancelled`, `OutOfDate`."""
    policy.require(by, "meetings.record-outcome", meeting)
    roles = {
        ParticipationRole.DELEGATION: delegations, ParticipationRole.SPEAKER: speakers,
        ParticipationRole.OBSERVER: observers, ParticipationRole.GUEST: guests,
    }  # fmt: skip
    with recording():
        meeting = _current(meeting, seen)
        check_outcome(meeting.status_on(_today()), meeting.began)
        meeting.outcome, meeting.next = _still(meeting.outcome, outcome), _still(meeting.next, next)
        meeting.source = _joined(meeting.sources, source)
        meeting.save()
        numbers = [_figure(meeting, place, one, source) for place, one in enumerate(figures, start=1)]
        present = [_present(meeting, role, party, source) for role, some in roles.items() for party in some]
        new, gone = _replace(meeting.figures.all(), numbers, _number)
        came, left = _replace(meeting.participations.filter(role__in=list(roles)), present, _presence)
        seal(
            "meetings.record-outcome", facts=[meeting, *new, *came], removed=[*gone, *left],
            subjects=[*_about(meeting), *(f"parties:{one.party_id}" for one in present)], **policy.signed(by),
        )  # fmt: skip
    return meeting


def attach(
    *, meeting: Meeting, content: bytes, title: LocalizedText, language: str = "", source: str, by: Actor
) -> Attachment:
    """A file is put with a meeting's papers. It is known by what is in it, and kept under the name of its content.

    Raises `FileTooLarge`, `FileOfUnknownKind`."""
    policy.require(by, "meetings.attach", meeting)
    if len(content) > settings.UPLOAD_LIMIT:
        raise FileTooLarge(limit=settings.UPLOAD_LIMIT // 1024 // 1024)
    name = files.keep(content, kind_of_file(content))
    with recording():
        last = meeting.attachments.aggregate(last=Max("position"))["last"] or 0
        attachment = Attachment.objects.create(
            ref=free_ref(Attachment, f"{meeting.ref}.{last + 1}"), meeting=meeting, file=name, title=title,
            language=language, position=last + 1, source=source,
        )  # fmt: skip
        seal("meetings.attach", facts=[attachment], subjects=[f"meetings:{meeting.ref}"], **policy.signed(by))
    return attachment


def _today() -> dt.date:
    return settings.CHARTER.today(dt.datetime.now(dt.UTC))


def _current(meeting: Meeting, seen: str = "") -> Meeting:
    """The meeting as it is now that nobody else can change it. Raises `OutOfDate`."""
    found = Meeting.objects.get(ref=meeting.ref)
    if seen and seen != queries.version(found):
        raise OutOfDate
    return found


def _describe(meeting: Meeting, details: Details) -> None:
    """Takes over the details given and checks the whole. Raises what `convene` raises, and `PartOfItself`."""
    given = dict(details)
    given["source"] = _joined(meeting.sources, given.get("source", ""))
    for name in ("starts", "ends"):
        if name in given:
            given |= days(name, given.pop(name))
    if "hosts" in given:
        given["hosts"] = " ".join(party.ref for party in given.pop("hosts"))
    for name, value in given.items():
        before = getattr(meeting, name)
        setattr(meeting, name, _still(before, value) if isinstance(value, LocalizedText) else value)
    check_times(meeting.began, meeting.ended, meeting.opens, meeting.closes)
    above = meeting.part_of
    while above is not None:
        if above.ref == meeting.ref:
            raise PartOfItself
        above = above.part_of
    if meeting.kind == MeetingKind.SESSION:
        _check_number(meeting)
    prepare(meeting)


def _check_number(meeting: Meeting) -> None:
    if meeting.body is None:
        raise SessionWithoutBody
    other = queries.with_number(meeting.body, meeting.ordinal, besides=meeting.ref) if meeting.ordinal else None
    if other:
        raise SessionNumberTaken(meeting=other.title, ordinal=meeting.ordinal)


def _about(meeting: Meeting) -> list[str]:
    """What besides the meeting itself an entry about it mentions."""
    parties = {*meeting.hosts.split(), meeting.presiding_id} - {None}
    return [*(f"parties:{party}" for party in parties), *([f"bodies:{meeting.body_id}"] if meeting.body_id else [])]


def _figure(meeting: Meeting, place: int, stated: Stated, source: str) -> Figure:
    labels = dict(zip(settings.CHARTER.languages, stated.labels, strict=False))
    return Figure(
        ref=f"{meeting.ref}.{place}", meeting=meeting, value=stated.value, qualifier=stated.qualifier or "",
        label=LocalizedText.of(labels), position=place, source=source,
    )  # fmt: skip


def _present(meeting: Meeting, role: ParticipationRole, party: Party, source: str) -> Participation:
    ref = f"{meeting.ref}.{party.ref}.{role}"
    return Participation(ref=ref, meeting=meeting, party=party, role=role, source=source)


def _number(figure: Figure) -> tuple:
    return figure.value, figure.qualifier, tuple(sorted(figure.label.texts.items()))


def _presence(participation: Participation) -> tuple:
    return participation.role, participation.party_id


def _replace(rows: Iterable, made: Sequence, same: Callable[[Any], tuple]) -> tuple[list, list]:
    """Puts rows in the place of others. A row that says the same stays as it was, with its source and note.
    Gives the new rows and those that are gone."""
    before, after = {same(row): row for row in rows}, {same(row): row for row in made}
    gone = [row for key, row in before.items() if key not in after]
    new = [row for key, row in after.items() if key not in before]
    for row in gone:
        type(row).objects.filter(ref=row.ref).delete()
    for row in new:
        row.ref = free_ref(type(row), row.ref)
        row.save(force_insert=True)
    taken = {row.ref for row in new}
    return new, [row for row in gone if row.ref not in taken]


def _still(before: LocalizedText, after: LocalizedText) -> LocalizedText:
    """A text as it was typed; where its words did not change, a working translation is one still."""
    working = {code for code in before.working if after.texts.get(code) == before.texts.get(code)}
    return LocalizedText(after.texts, frozenset(working))


def _joined(sources: Sequence[str], more: str) -> str:
    return " ".join(dict.fromkeys([*sources, *more.split()]))
