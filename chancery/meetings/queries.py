"""Meetings of a day, a period, a body or a party."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import cached_property

from chancery.core import tables
from chancery.core.dates import Day, Precision
from chancery.core.models import BY_POSITION
from chancery.journal.rows import row_hash

from . import words
from .models import Attachment, Figure, Meeting, Participation
from .rules import MeetingKind, Status, is_exact

PAGE = 50
MOST = 10_000  # of a list: beyond that a reader narrows the filter, and counting would cost too much
CALENDAR = 500

SOONEST = ("until", "starts", "ref")  # the surest first: what is planned for some day in a year stands behind
NEWEST = ("-until", "-starts", "-ref")

_LISTED = (
    "ref", "kind", "title", "starts", "starts_as", "ends", "ends_as", "place", "dimension", "called_off", "until",
)  # fmt: skip


class Listing(Paginator):
    """A list in pages of 50 that counts no further than the first ten thousand."""

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows, PAGE)

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:MOST].count()

    @property
    def is_cut(self) -> bool:
        return self.count == MOST


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting as a list shows it, with where it stands on the day of the page."""

    meeting: Meeting
    status: Status

    @property
    def when(self) -> str:
        return words.when(self.meeting)

    @property
    def kind(self) -> Any:
        return words.KIND[self.meeting.kind]

    @property
    def sign(self) -> tuple[str, str]:
        return words.SIGN[self.status]

    @property
    def word(self) -> Any:
        return words.STATUS[self.status]

    @property
    def is_special(self) -> bool:
        """Whether its state is to be said, because the place in the list does not say it."""
        return self.status in (Status.UNDER_WAY, Status.POSTPONED, Status.CANCELLED)


# ---------------------------------------------------------------- what is asked for
def containing(field: str, text: str) -> Q:
    """Rows in whose text every word asked for occurs. The text is kept in small letters (`casefold`)."""
    found = Q()
    for word in text.casefold().split()[:8]:
        found &= Q(**{f"{field}__contains": word})
    return found


def naming_one(field: str, item: str) -> Q:
    """Rows whose list of references (`kz az`) names one of them."""
    alone, first = Q(**{field: item}), Q(**{f"{field}__startswith": f"{item} "})
    return alone | first | Q(**{f"{field}__endswith": f" {item}"}) | Q(**{f"{field}__contains": f" {item} "})


def involving(party: str) -> Q:
    """Meetings that a party hosted, presided over or took part in."""
    there = Participation.objects.filter(party=party).values("meeting")
    return Q(presiding=party) | naming_one("hosts", party) | Q(ref__in=there)


def coming_on(day: dt.date) -> Q:
    """What is not over at the end of a day."""
    return Q(until__gt=day + dt.timedelta(days=1))


def over_on(day: dt.date) -> Q:
    return Q(until__lte=day + dt.timedelta(days=1))


_PARTS: dict[str, Callable[[Any, dt.date], Q]] = {
    "q": lambda text, day: containing("words", text),
    "kind": lambda kind, day: Q(kind=kind),
    "dimension": lambda code, day: Q(dimension="" if code == "in" else code),
    "body": lambda body, day: Q(body=body),
    "party": lambda party, day: involving(party),
    "country": lambda party, day: Q(country=party),
    "since": lambda since, day: Q(until__gt=since.date),
    "to": lambda last, day: Q(starts__lte=last.last),
    "status": lambda status, day: {
        "planned": coming_on(day) & Q(called_off=""),
        "held": over_on(day) & Q(called_off=""),
        "called-off": ~Q(called_off=""),
    }[status],
}


def parts(asked: Mapping[str, Any], day: dt.date) -> dict[str, Q]:
    """The conditions of a filter, by the name of its field; fields left empty ask for nothing."""
    return {name: _PARTS[name](asked[name], day) for name in _PARTS if asked.get(name)}


def narrowest(model: type, parts: Mapping[str, Q], *always: Q) -> tuple[str, int] | None:
    """Where a filter finds nothing: the part without which it finds most, and how many; None where taking one
    part away is not enough. `always` are conditions that stay. One query."""
    if not parts:
        return None
    without = {
        f"without_{name}": Count("pk", filter=all_of(other for key, other in parts.items() if key != name))
        for name in parts
    }
    counts = model._default_manager.filter(*always).aggregate(**without)
    name, count = max(counts.items(), key=lambda pair: pair[1])
    return (name.removeprefix("without_"), count) if count else None


def all_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__isnull=False)
    for one in conditions:
        found &= one
    return found


# ---------------------------------------------------------------- lists
def listed(*conditions: Q) -> QuerySet[Meeting]:
    """Meetings with the columns that lists show."""
    return Meeting.objects.filter(*conditions).only(*_LISTED)


def coming(day: dt.date, n: int | None = None, *conditions: Q) -> list[Meeting]:
    """The next meetings after a day and those under way, nearest first; called-off ones are left out."""
    rows = listed(coming_on(day), Q(called_off=""), *conditions).order_by(*SOONEST)
    return list(rows[:n] if n else rows)


def ahead(day: dt.date, n: int, *conditions: Q) -> list[Meeting]:
    """What a list shows above the past: the next meetings, the called-off ones among them."""
    return list(listed(coming_on(day), *conditions).order_by(*SOONEST)[:n])


def latest(day: dt.date, n: int, *conditions: Q) -> list[Meeting]:
    """The last meetings that were over at the end of a day, newest first."""
    return list(listed(over_on(day), Q(called_off=""), *conditions).order_by(*NEWEST)[:n])


def with_status(meetings: Iterable[Meeting], day: dt.date) -> list[Listed]:
    return [Listed(meeting, meeting.status_on(day)) for meeting in meetings]


def by_month(meetings: Sequence[Meeting], day: dt.date) -> list[tuple[Day, list[Listed]]]:
    """Meetings in the order given, under the month (or quarter, or year) of their last day, by which they are
    ordered."""
    groups: dict[Day, list[Listed]] = {}
    for one in with_status(meetings, day):
        last = one.meeting.ended or one.meeting.began
        head = Day(last.date.replace(day=1), Precision.MONTH) if is_exact(last) else last
        groups.setdefault(head, []).append(one)
    return list(groups.items())


# ---------------------------------------------------------------- one meeting
def meeting_page(ref: str) -> Meeting | None:
    """A meeting with everything its page shows: five queries."""
    taking_part = Participation.objects.select_related("party").order_by(BY_POSITION, "ref")
    return (
        Meeting.objects.select_related("body", "area", "part_of")
        .prefetch_related(
            Prefetch("participations", taking_part),
            Prefetch("figures", Figure.objects.order_by(BY_POSITION, "ref")),
            Prefetch("attachments", Attachment.objects.order_by(BY_POSITION, "ref")),
            Prefetch("parts", Meeting.objects.only("part_of", *_LISTED).order_by("starts", "ref")),
        )
        .filter(ref=ref)
        .first()
    )


def by_role(meeting: Meeting, order: Callable[[str], Any]) -> dict[str, list[Participation]]:
    """Who took part in which role, each role in alphabetical order (`order` of a party); empty roles are left out."""
    roles: dict[str, list[Participation]] = {role: [] for role in words.ROLE}
    for one in sorted(meeting.participations.all(), key=lambda one: order(one.party_id)):
        roles[one.role].append(one)
    return {role: present for role, present in roles.items() if present}


def version(meeting: Meeting) -> str:
    """What a meeting is known to be at a moment; another one after every change."""
    table = tables.table_of(Meeting)
    return row_hash(table.name, meeting.ref, table.row(meeting, settings.CHARTER.languages)).hex()


def with_number(body: Any, ordinal: int, *, besides: str = "") -> Meeting | None:
    """The session of a body that has a number already."""
    return Meeting.objects.filter(kind=MeetingKind.SESSION, body=body, ordinal=ordinal).exclude(ref=besides).first()


def for_calendar(conditions: Mapping[str, Q], day: dt.date) -> list[Meeting]:
    """The meetings of a calendar: the next 500, and of the past what is left of that number, newest first."""
    rows = Meeting.objects.filter(*conditions.values()).defer("words", "outcome", "next", "note")
    ahead = list(rows.filter(coming_on(day)).order_by(*SOONEST)[:CALENDAR])
    behind = rows.filter(over_on(day)).order_by(*NEWEST)[: CALENDAR - len(ahead)]
    return [*ahead, *behind]
