"""What may happen to meetings."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from chancery.bodies import acts as bodies
from chancery.core.dates import Day
from chancery.core.refusals import NotAllowed, OutOfDate
from chancery.core.text import LocalizedText
from chancery.journal.models import Entry
from chancery.meetings import acts, queries
from chancery.meetings.models import Attachment, Figure, Meeting, Participation
from chancery.meetings.rules import (
    AlreadyHeld,
    BodyStillMeets,
    CalledOff,
    ClosesBeforeItOpens,
    EndsBeforeItStarts,
    FileOfUnknownKind,
    FileTooLarge,
    IsCancelled,
    MeetingKind,
    NotYetHeld,
    PartOfItself,
    Qualifier,
    SessionNumberTaken,
    SessionWithoutBody,
    Stated,
    Status,
)  # fmt: skip
from tests.cast import account, decided

from .stage import body, meeting, text
from .test_rules import PDF

pytestmark = pytest.mark.django_db
TODAY = "2024-06-15T09:00:00+05:00"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(TODAY, tick=False):
        yield


def details(**more):
    return {
        "kind": MeetingKind.CONFERENCE, "title": text("Trade across borders"), "starts": Day.parse("2024-11-20"),
        "source": "practice", **more,
    }  # fmt: skip


def convened(by, **more) -> Meeting:
    return acts.convene(details=details(**more), by=by)


def test_a_meeting_is_convened(states, programme):
    made = convened(programme, hosts=[states["xm"], states["xp"]], place=text("Selmar"))
    kept = Meeting.objects.get(ref="2024-11-20-trade-across-borders")
    assert kept.hosts == "xm xp"
    assert kept.until == dt.date(2024, 11, 21)
    assert kept.words == "trade across borders selmar"
    assert made.status_on(dt.date(2024, 6, 15)) is Status.PLANNED
    told = decided(Entry.objects.get())
    assert told["act"] == "meetings.convene"
    assert set(told["subjects"]) == {"meetings:2024-11-20-trade-across-borders", "parties:xm", "parties:xp"}


def test_a_second_meeting_of_the_same_day_and_title_has_its_own_reference(source, programme):
    assert convened(programme).ref != convened(programme).ref


def test_who_may_not_convene(states, delegate, reader, press):
    for person in (None, reader, delegate, press):
        with pytest.raises(NotAllowed):
            convened(person)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"ends": Day.parse("2024-11-19")}, EndsBeforeItStarts),
        ({"opens": dt.time(18), "closes": dt.time(10)}, ClosesBeforeItOpens),
        ({"kind": MeetingKind.SESSION}, SessionWithoutBody),
    ],
)
def test_what_cannot_be_convened_leaves_no_trace(source, programme, more, refusal):
    with pytest.raises(refusal):
        convened(programme, **more)
    assert not Meeting.objects.exists()
    assert not Entry.objects.exists()


def test_sessions_of_a_body_have_numbers_of_their_own(source, programme):
    council, other = body(), body("soc", "Committee")
    first = convened(programme, kind=MeetingKind.SESSION, body=council, ordinal=7, title=text("Seventh session"))
    convened(programme, kind=MeetingKind.SESSION, body=other, ordinal=7, title=text("Elsewhere"))
    with pytest.raises(SessionNumberTaken, match="Seventh session is session 7"):
        convened(programme, kind=MeetingKind.SESSION, body=council, ordinal=7)
    acts.amend(meeting=first, details={"ordinal": 7, "place": text("Selmar")}, by=programme)
    assert Meeting.objects.filter(body=council).count() == 1


CONVENE = """
import sys
from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.refusals import Refusal
from chancery.core.text import LocalizedText
from chancery.meetings import acts
from chancery.people.models import Account
officer = Account.objects.get(email=sys.argv[1])
details = {"kind": "session", "title": LocalizedText({"en": "Seventh"}), "starts": Day.parse("2024-11-20"),
           "body": Body.objects.get(), "ordinal": 7, "source": "practice"}
sys.stdin.readline()
try:
    acts.convene(details=details, by=officer)
    print("done")
except Refusal as refusal:
    print(refusal.code)
"""


@pytest.mark.kill
def test_two_officers_give_one_number_at_the_same_moment(fresh_database):
    from chancery.core.models import Source

    Source.objects.create(ref="practice", title="Practice", quality="invented")
    body()
    officers = [account(f"Officer {n}", ("officer", "programme")) for n in (1, 2)]
    started = [fresh_database.start(CONVENE, officer.email) for officer in officers]
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=60)[0].strip() for process in started)
    assert said == ["SessionNumberTaken", "done"]
    assert Meeting.objects.count() == Entry.objects.count() == 1


def test_a_meeting_is_moved_while_it_is_to_come(source, programme):
    made = convened(programme, place=text("Selmar"))
    moved = acts.amend(meeting=made, details={"starts": Day.parse("2025-Q1")}, by=programme)
    assert (str(moved.began), moved.until, str(moved.place)) == ("2025-Q1", dt.date(2025, 4, 1), "Selmar")


def test_what_was_held_is_not_amended(source, programme):
    held = meeting("past", "2024-06-15")
    with pytest.raises(AlreadyHeld):
        acts.amend(meeting=held, details={"place": text("Elsewhere")}, by=programme)
    assert not Entry.objects.exists()


def test_a_postponed_meeting_with_another_date_is_planned_again(source, programme):
    made = meeting("late", "2024-07-01")
    acts.call_off(meeting=made, called_off=CalledOff.POSTPONED, note="The hall burnt", source="practice", by=programme)
    kept = Meeting.objects.get(ref="late")
    assert (kept.called_off, kept.note) == ("postponed", "The hall burnt")
    same = acts.amend(meeting=kept, details={"place": text("Selmar")}, by=programme)
    assert same.called_off == "postponed"
    again = acts.amend(meeting=kept, details={"starts": Day.parse("2024-09-01")}, by=programme)
    assert again.status_on(dt.date(2024, 6, 15)) is Status.PLANNED


def test_a_cancelled_meeting_stays_cancelled(source, programme):
    made = meeting("gone", "2024-07-01")
    acts.call_off(meeting=made, called_off=CalledOff.CANCELLED, source="practice", by=programme)
    with pytest.raises(IsCancelled):
        acts.amend(meeting=made, details={"starts": Day.parse("2024-09-01")}, by=programme)
    assert Entry.objects.count() == 1


def test_of_two_changes_on_one_version_the_second_is_told(source, programme):
    made = convened(programme)
    seen = queries.version(made)
    acts.amend(meeting=made, details={"place": text("Selmar")}, seen=seen, by=programme)
    with pytest.raises(OutOfDate):
        acts.amend(meeting=made, details={"place": text("Astor")}, seen=seen, by=programme)
    assert str(Meeting.objects.get().place) == "Selmar"


def test_a_meeting_is_not_a_part_of_its_parts(source, programme):
    whole = meeting("whole", "2024-07-01")
    part = meeting("part", "2024-07-01", part_of=whole)
    for above in (whole, part):
        with pytest.raises(PartOfItself):
            acts.amend(meeting=whole, details={"part_of": above}, by=programme)


def outcome(made, by, **more):
    return acts.record_outcome(
        **{
            "meeting": made, "outcome": text("**Agreed**"), "next": LocalizedText(), "source": "practice", "by": by,
            **more,
        }
    )  # fmt: skip


def test_the_outcome_is_recorded_and_corrected(states, programme):
    held = meeting("held", "2024-06-01")
    figures = [Stated("450", Qualifier.OVER, ("delegates", "делегатов")), Stated("21", None, ("States",))]
    outcome(held, programme, figures=figures, delegations=[states["xa"], states["xb"]], speakers=[states["xa"]])
    assert Figure.objects.get(ref="held.1").label.texts == {"en": "delegates", "ru": "делегатов"}
    assert Participation.objects.count() == 3
    outcome(held, programme, figures=figures[:1], delegations=[states["xb"]])
    assert [one.ref for one in Figure.objects.all()] == ["held.1"]
    assert [one.ref for one in Participation.objects.all()] == ["held.xb.delegation"]
    told = decided(Entry.objects.latest("seq"))["facts"]
    gone = {one["ref"] for one in told if one["row"] is None}
    assert gone == {"held.2", "held.xa.delegation", "held.xa.speaker"}


def test_what_stays_the_same_keeps_its_source_and_note(states, programme):
    held = meeting("held", "2024-06-01", outcome=LocalizedText({"en": "Agreed", "ru": "Да"}, frozenset({"ru"})))
    Figure.objects.create(
        ref="held.1", meeting=held, value="450", qualifier="over", label=text("delegates"), source="practice", note="x"
    )
    figures = [Stated("450", Qualifier.OVER, ("delegates",)), Stated("3", None, ("panels",))]
    kept = outcome(held, programme, outcome=text("Agreed", "Да"), figures=figures)
    assert [(one.ref, one.note) for one in Figure.objects.order_by("ref")] == [("held.1", "x"), ("held.2", "")]
    assert kept.outcome.working == {"ru"}
    changed = outcome(held, programme, outcome=text("Agreed", "Согласовано"), figures=figures[1:])
    assert changed.outcome.working == frozenset()
    told = {one["ref"]: one["row"] for one in decided(Entry.objects.latest("seq"))["facts"]}
    assert told["held.1"] is None
    assert "held.2" not in told


def test_hosts_that_were_recorded_stay_when_the_outcome_is(states, programme):
    held = meeting("held", "2024-06-01")
    Participation.objects.create(ref="held.xm.host", meeting=held, party=states["xm"], role="host", source="practice")
    outcome(held, programme)
    assert Participation.objects.count() == 1


def test_what_has_not_begun_has_no_outcome(source, programme):
    coming = meeting("coming", "2024-06-16")
    with pytest.raises(NotYetHeld):
        outcome(coming, programme, figures=[Stated("1", None, ("x",))])
    assert not Figure.objects.exists()
    under_way = meeting("now", "2024-06-15", "2024-06-16")
    outcome(under_way, programme)


def test_a_file_is_kept_under_the_name_of_its_content(source, programme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    made = meeting("held", "2024-06-01")
    first = acts.attach(meeting=made, content=PDF, title=text("Summary"), source="practice", by=programme)
    again = acts.attach(meeting=made, content=PDF, title=text("The same"), source="practice", by=programme)
    assert first.file == again.file
    assert (Path(settings.MEDIA_ROOT) / first.file).read_bytes() == PDF
    assert [one.name for one in Path(settings.MEDIA_ROOT).iterdir()] == [first.file]
    assert (first.ending, first.position, again.position) == ("pdf", 1, 2)


def test_what_is_no_paper_is_refused(source, programme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.UPLOAD_LIMIT = 1000
    made = meeting("held", "2024-06-01")
    for content, refusal in ((b"<script>", FileOfUnknownKind), (PDF * 100, FileTooLarge)):
        with pytest.raises(refusal):
            acts.attach(meeting=made, content=content, title=text("x"), source="practice", by=programme)
    assert not Attachment.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_body_does_not_end_before_its_sessions(source, protocol):
    council = body()
    meeting("mc-8", "2024-11-20", kind="session", body=council, ordinal=8)
    meeting("mc-9", "2025-11-20", kind="session", body=council, ordinal=9, called_off="cancelled")
    with pytest.raises(BodyStillMeets, match="Mc-8"):
        bodies.dissolve(body=council, until=Day.parse("2024-11-20"), source="practice", by=protocol)
    bodies.dissolve(body=council, until=Day.parse("2024-11-21"), source="practice", by=protocol)
    assert council.until == dt.date(2024, 11, 21)
