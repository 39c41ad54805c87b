"""When a meeting stands where, what may be done to it, and what files and figures are."""

import datetime as dt
import io
import zipfile

import pytest

from chancery.core.dates import Day
from chancery.meetings.rules import (
    AlreadyHeld,
    AlreadyPostponed,
    CalledOff,
    ClosesBeforeItOpens,
    EndsBeforeItStarts,
    FileOfUnknownKind,
    IsCancelled,
    NotAFigure,
    NotYetHeld,
    Qualifier,
    Stated,
    Status,
    check_amendable,
    check_call_off,
    check_outcome,
    check_times,
    day_after,
    figures,
    kind_of_file,
    status,
)  # fmt: skip

STARTS = Day.parse("2024-11-20")


@pytest.mark.parametrize(
    ("starts", "ends", "called_off", "day", "expected"),
    [
        ("2024-11-20", "", "", "2024-11-19", Status.PLANNED),
        ("2024-11-20", "", "", "2024-11-20", Status.HELD),  # a page shows the end of its day
        ("2024-11-20", "2024-11-22", "", "2024-11-20", Status.UNDER_WAY),
        ("2024-11-20", "2024-11-22", "", "2024-11-22", Status.HELD),
        ("2025-Q4", "", "", "2025-11-15", Status.PLANNED),  # on which day is not known
        ("2025-Q4", "", "", "2025-12-31", Status.HELD),
        ("2026", "", "", "2026-06-01", Status.PLANNED),
        ("2024-11-20", "", "postponed", "2030-01-01", Status.POSTPONED),
        ("2024-11-20", "", "cancelled", "2020-01-01", Status.CANCELLED),
    ],
)
def test_where_a_meeting_stands(starts, ends, called_off, day, expected):
    last = Day.parse(ends) if ends else None
    assert status(Day.parse(starts), last, called_off, dt.date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("now", "amend", "postpone", "cancel", "outcome"),
    [
        (Status.PLANNED, None, None, None, NotYetHeld),
        (Status.UNDER_WAY, None, None, None, None),
        (Status.HELD, AlreadyHeld, AlreadyHeld, AlreadyHeld, None),
        (Status.POSTPONED, None, AlreadyPostponed, None, AlreadyPostponed),
        (Status.CANCELLED, IsCancelled, IsCancelled, IsCancelled, IsCancelled),
    ],
)
def test_what_may_be_done_when(now, amend, postpone, cancel, outcome):
    for do, refusal in (
        (lambda: check_amendable(now, STARTS), amend),
        (lambda: check_call_off(now, STARTS, CalledOff.POSTPONED), postpone),
        (lambda: check_call_off(now, STARTS, CalledOff.CANCELLED), cancel),
        (lambda: check_outcome(now, STARTS), outcome),
    ):
        if refusal is None:
            do()
        else:
            with pytest.raises(refusal):
                do()


def test_the_end_is_not_before_the_beginning():
    with pytest.raises(EndsBeforeItStarts):
        check_times(STARTS, Day.parse("2024-11-19"), None, None)
    with pytest.raises(ClosesBeforeItOpens):
        check_times(STARTS, None, dt.time(10), dt.time(10))
    check_times(STARTS, Day.parse("2024-11-21"), dt.time(18), dt.time(2))
    check_times(Day.parse("2024-11-20"), Day.parse("2024-11"), None, None)


WORDS = {"over": Qualifier.OVER, "свыше": Qualifier.OVER, "about": Qualifier.ABOUT}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("over 450 | delegates | делегатов", Stated("450", Qualifier.OVER, ("delegates", "делегатов"))),
        ("Свыше 49 521 | people", Stated("49521", Qualifier.OVER, ("people",))),
        ("28|States", Stated("28", None, ("States",))),
    ],
)
def test_a_figure_is_read(line, expected):
    assert figures(f"\n{line}\n", WORDS) == [expected]


@pytest.mark.parametrize("line", ["many | delegates", "450", "450 |", "nearly 450 | delegates", "| x", "-3 | x"])
def test_what_is_no_figure(line):
    with pytest.raises(NotAFigure):
        figures(line, WORDS)


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return content.getvalue()


PDF = b"%PDF-1.7\n...\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


@pytest.mark.parametrize(
    ("content", "ending"),
    [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpg"), (archive("[Content_Types].xml", "word/document.xml"), "docx")],
)
def test_a_file_is_known_by_what_is_in_it(content, ending):
    assert kind_of_file(content) == ending


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg onload=alert(1)>",
        b"%PDF-1.7 cut short",
        PNG[:-4],
        archive("xl/workbook.xml", "[Content_Types].xml"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "word/document.xml")[:60],
        b"MZ" + PDF,
    ],
    ids=["empty", "page", "drawing", "cut PDF", "cut picture", "sheet", "macros", "cut archive", "program"],
)
def test_other_files_are_refused(content):
    with pytest.raises(FileOfUnknownKind):
        kind_of_file(content)


def test_the_last_day_of_the_calendar_has_no_day_after():
    assert day_after(dt.date(2024, 12, 31)) == dt.date(2025, 1, 1)
    assert day_after(dt.date.max) == dt.date.max
