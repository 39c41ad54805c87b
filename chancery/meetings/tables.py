"""The area's facts as plain rows."""

from collections.abc import Iterator
from typing import Any

from chancery.core.dates import Day, Precision
from chancery.core.refusals import Refusal
from chancery.core.tables import (
    Table,
    choice,
    day,
    localized,
    number,
    ref,
    refs_of,
    register,
    sources,
    text,
    time,
)  # fmt: skip
from chancery.core.zones import time_zones
from chancery.parties.tables import Fault, Rows

from .models import AgendaItem, Attachment, Figure, Meeting, Participation
from .rules import (
    CalledOff,
    Format,
    MeetingKind,
    ParticipationRole,
    Qualifier,
    check_times,
    day_after,
    last_day,
)  # fmt: skip


def derived(values: dict[str, Any]) -> dict[str, Any]:
    """The columns of a meeting that are computed from the others."""
    starts = Day(values["starts"], Precision(values["starts_as"]))
    ends = Day(values["ends"], Precision(values["ends_as"])) if values.get("ends") else None
    texts = (values[name].texts.values() for name in ("title", "place", "summary", "organisers"))
    return {
        "until": day_after(last_day(starts, ends)),
        "words": " ".join(text for group in texts for text in group).casefold(),
    }


def prepare(meeting: Meeting) -> Meeting:
    """Sets the computed columns."""
    for name, value in derived(meeting.__dict__).items():
        setattr(meeting, name, value)
    return meeting


def _meetings(rows: Rows) -> Iterator[Fault]:
    numbers: dict[tuple[str, int], str] = {}
    zones = {"", *time_zones()}
    for ref_, row in rows.items():
        if row.get("zone", "") not in zones:
            yield ref_, "zone", f"“{row['zone']}” is not a time zone"
        if not row.get("starts"):
            continue
        starts = Day(row["starts"], Precision(row["starts_as"]))
        ends = Day(row["ends"], Precision(row["ends_as"])) if row.get("ends") else None
        try:
            check_times(starts, ends, row.get("opens"), row.get("closes"))
        except Refusal as refusal:
            yield ref_, refusal.field or "starts", refusal.english
        if row.get("kind") != MeetingKind.SESSION:
            continue
        if not row.get("body_id"):
            yield ref_, "body", "a session names its body"
        elif row.get("ordinal"):
            other = numbers.setdefault((row["body_id"], row["ordinal"]), ref_)
            if other != ref_:
                yield ref_, "ordinal", f"{other} has the same number"


TABLES = [
    Table(
        "meetings",
        Meeting,
        [
            choice("kind", [one.value for one in MeetingKind]), localized("title", required=True),
            day("starts", required=True), day("ends"), time("opens"), time("closes"), text("zone"),
            choice("format", [one.value for one in Format], required=False), localized("place"),
            ref("country", "parties"), refs_of("hosts", "parties"), localized("organisers"), ref("body", "bodies"),
            number("ordinal"), ref("presiding", "parties"), text("dimension"), ref("area", "priority_areas"),
            ref("part_of", "meetings"), localized("summary"), localized("outcome"), localized("next"),
            choice("called_off", [one.value for one in CalledOff], required=False), *sources(),
        ],
        check=_meetings,
        derive=derived,
    ),
    Table(
        "participations",
        Participation,
        [
            ref("meeting", "meetings", required=True), ref("party", "parties", required=True),
            choice("role", [one.value for one in ParticipationRole]), number("position"), *sources(),
        ],
    ),
    Table(
        "figures",
        Figure,
        [
            ref("meeting", "meetings", required=True), text("value", required=True),
            choice("qualifier", [one.value for one in Qualifier], required=False),
            localized("label", required=True), number("position"), *sources(),
        ],
    ),
    Table(
        "attachments",
        Attachment,
        [
            ref("meeting", "meetings", required=True), text("file", required=True),
            localized("title", required=True), text("language"), number("position"), *sources(),
        ],
    ),
    Table(
        "agenda",
        AgendaItem,
        [
            ref("meeting", "meetings", required=True), text("number", required=True),
            localized("title", required=True), number("position"), *sources(),
        ],
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
