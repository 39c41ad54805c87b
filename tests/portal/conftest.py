"""What takes place in the tests of the pages that mix areas."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.bodies.models import Body, ChairTerm
from chancery.catalogue.models import Coordination, PriorityArea
from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.decisions.models import Decision
from chancery.meetings.models import Meeting
from chancery.meetings.tables import prepare
from chancery.newsroom.models import Edition

_NUMBERS = itertools.count(1)


def held(ref: str, starts: str, *, dimension: str = "", title: str = "", **more) -> Meeting:
    """A meeting that begins on a day, as precisely as the day is written."""
    day = Day.parse(starts)
    named = LocalizedText({"en": title or f"Meeting {ref}", "ru": f"Встреча {ref}"})
    made = Meeting(
        ref=ref, kind="seminar", title=named, starts=day.date, starts_as=day.precision, dimension=dimension,
        place=LocalizedText({"en": "Selmar"}), source="practice", **more,
    )  # fmt: skip
    prepare(made).save()
    return made


def body(ref: str = "mc", name: str = "Ministerial Council") -> Body:
    return Body.objects.get_or_create(
        ref=ref, defaults={"kind": "governing", "name": LocalizedText({"en": name}), "source": "practice"}
    )[0]


def decided_on(ref: str, taken: str) -> Decision:
    return Decision.objects.create(
        ref=ref, body=body(), manner="session", verb="adopt", taken=dt.date.fromisoformat(taken),
        title=LocalizedText({"en": f"Decision {ref}"}), source="practice",
    )  # fmt: skip


def chaired(party: str, since: str, until: str | None = None, **more) -> ChairTerm:
    return ChairTerm.objects.create(
        ref=f"{party}-{since[:4]}", party_id=party, since=dt.date.fromisoformat(since),
        until=until and dt.date.fromisoformat(until), source="practice", **more,
    )  # fmt: skip


def area(ref: str, dimension: str, *coordinators: str) -> PriorityArea:
    made = PriorityArea.objects.create(
        ref=ref, dimension=dimension, name=LocalizedText({"en": f"Area {ref}"}), source="practice"
    )
    for party in coordinators:
        Coordination.objects.create(
            ref=f"{ref}-{party}", area=made, party_id=party, role="coordinator", source="practice"
        )
    return made


def published(quarter: str, day: str, title: str) -> Edition:
    return Edition.objects.create(
        ref=f"{quarter.lower()}-1", quarter=quarter, edition=1, published=dt.date.fromisoformat(day),
        content=_content(quarter, day, title), source="practice",
    )  # fmt: skip


def _content(quarter: str, day: str, title: str) -> dict:
    """An edition with a cover and nothing inside."""
    opening = {"kind": "compilers-note", "title": {"en": "Note"}, "body": {"en": "A note."}, "signed": {}}
    empty = {"headlines": [], "banner": {}, "masthead": {}, "correction": {}, "chapters": [], "pages": []}
    return {
        "quarter": quarter, "edition": 1, "published": day, "name": {"en": "Digest"}, "title": {"en": title},
        "opening": opening, **empty,
    }  # fmt: skip


@pytest.fixture
def rich(states):
    """A record in which every block of the home page has something to show on 31 December 2024."""
    chaired("xm", "2020-09-24", "2024-12-17")
    chaired("xb", "2024-12-17", theme=LocalizedText({"en": "Connected, prepared, trusted"}))
    area("ports", "ec", "xa", "xp")
    area("mines", "en", "xb")
    held("ports-1", "2024-11-20", dimension="ec")
    held("mines-1", "2024-10-06", dimension="en")
    held("swg-7", "2024-12-03")
    held("vague", "2024-Q4")
    held("later", "2025-03-11")
    decided_on("statement", "2024-12-17")
    published("2024-Q3", "2024-10-15", "Ministers agree on rivers")
    return states


def queries_of(client, url: str, **more) -> int:
    """What a page costs that is not kept yet; its address is made new each time."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, {**more, "fresh": next(_NUMBERS)}).status_code == 200
    return len(found)
