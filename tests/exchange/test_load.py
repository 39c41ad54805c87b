"""A record is loaded whole, as one act; a kept one changes by exactly the difference that was reviewed."""

import io
import os
import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from chancery.exchange import acts
from chancery.exchange.dump import dump
from chancery.exchange.rules import AnotherDifference, FaultyRecord, NotReviewed
from chancery.journal import queries
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.newsroom.models import News, NewsText
from chancery.parties.models import Membership, Party
from chancery.people.policy import COMPILERS
from tests.exchange.records import bytes_of, small, write_table

pytestmark = pytest.mark.django_db


def load(folder, accept=""):
    return acts.load(folder=folder, by=COMPILERS, accept=accept)


def reviewed(folder) -> str:
    """The digest of the difference that a load would make."""
    with pytest.raises(NotReviewed) as refused:
        load(folder)
    return refused.value.difference.digest


def test_an_empty_database_takes_everything_in_one_entry(folder):
    entry = load(folder)
    said = queries.decided(entry)
    assert (entry.act, said["by"]) == ("exchange.load", "compilers")
    assert said["said"]["counts"]["memberships"] == 2
    assert Entry.objects.count() == 1
    assert Meeting.objects.get(ref="workshop").until.isoformat() == "2003-07-01"
    assert "quoted" in Meeting.objects.get(ref="workshop").words
    assert (settings.MEDIA_ROOT / "hall.png").read_bytes() == (folder / "files" / "hall.png").read_bytes()


def test_markdown_is_loaded_as_the_text_it_is(folder):
    load(folder)
    assert "<script>" in NewsText.objects.get().body


def test_loading_it_again_changes_nothing(folder):
    load(folder)
    assert load(folder) is None
    assert Entry.objects.count() == 1


def test_a_kept_record_is_not_changed_unseen(folder):
    load(folder)
    write_table(folder, "parties", [{**row, "note": "New"} for row in small()["parties"]])
    reviewed(folder)
    assert Party.objects.get(ref="xa").note == ""


def test_the_difference_is_told_cell_by_cell(folder):
    load(folder)
    rows = small()
    rows["sources"].append({"ref": "other", "title": "Another", "quality": "press"})
    rows["parties"][0]["note"] = "New"
    write_table(folder, "sources", rows["sources"])
    write_table(folder, "parties", rows["parties"])
    write_table(folder, "pictures", [])
    (folder / "files" / "hall.png").unlink()
    with pytest.raises(NotReviewed) as refused:
        load(folder)
    assert list(refused.value.difference.lines()) == [
        "+ sources:other",
        "~ parties:xa",
        "    note: (empty) → New",
        "− pictures:1999-09-15-begun-1",
    ]


def test_an_accepted_difference_is_one_entry_that_tells_each_row(folder):
    load(folder)
    rows = small()
    rows["parties"][0]["note"] = "New"
    write_table(folder, "parties", rows["parties"])
    write_table(folder, "pictures", [])
    (folder / "files" / "hall.png").unlink()
    entry = load(folder, reviewed(folder))
    told = queries.decided(entry)["facts"]
    assert [(fact["table"], fact["ref"], fact["row"] is None) for fact in told] == [
        ("parties", "xa", False),
        ("pictures", "1999-09-15-begun-1", True),
    ]
    assert Party.objects.get(ref="xa").note == "New"
    assert not (settings.MEDIA_ROOT / "hall.png").exists()


def test_another_difference_than_the_reviewed_one_is_refused(folder):
    load(folder)
    rows = small()["parties"]
    write_table(folder, "parties", [{**row, "note": "New"} for row in rows])
    digest = reviewed(folder)
    write_table(folder, "parties", [{**row, "note": "Newer"} for row in rows])
    with pytest.raises(AnotherDifference):
        load(folder, digest)
    assert Party.objects.get(ref="xa").note == ""


def test_periods_may_be_exchanged_between_rows(folder):
    load(folder)
    rows = small()["chair_terms"]
    rows[0]["party"], rows[1]["party"] = "xb", "xa"
    rows[0]["since"], rows[0]["until"] = "2004-01-01", ""
    rows[1]["since"], rows[1]["until"] = "1999-09-14", "2004-01-01"
    write_table(folder, "chair_terms", rows)
    load(folder, reviewed(folder))
    assert load(folder) is None


def test_what_the_record_does_not_tell_is_kept(folder):
    load(folder)
    moment = Entry.objects.get().at
    News.objects.update(release=moment)
    write_table(folder, "news", [{**small()["news"][0], "note": "New"}])
    load(folder, reviewed(folder))
    assert News.objects.get().release == moment


def test_a_draft_stays_and_its_reference_is_its_own(folder):
    load(folder)
    News.objects.create(ref="draft", kind="flash", dated="2024-01-01")
    assert load(folder) is None
    write_table(folder, "news", [*small()["news"], {**small()["news"][0], "ref": "draft"}])
    with pytest.raises(FaultyRecord) as refused:
        load(folder)
    assert str(refused.value.faults[0]) == "news.csv, row 3, ref: “draft” is taken here, by something not public"


def test_a_draft_may_hold_what_the_folder_lacks(folder):
    load(folder)
    draft = News.objects.create(ref="draft", kind="flash", dated="2024-01-01")
    draft.pictures.create(ref="p", file="hall.png", layout="wide")
    write_table(folder, "pictures", [])
    (folder / "files" / "hall.png").unlink()
    load(folder, reviewed(folder))
    assert (settings.MEDIA_ROOT / "hall.png").exists()


def test_a_file_never_changes_under_its_name(folder):
    load(folder)
    path = folder / "files" / "hall.png"
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(FaultyRecord) as refused:
        load(folder)
    assert "is kept with another content; give the new one a new name" in str(refused.value.faults[0])


def test_an_item_of_news_goes_with_all_that_belongs_to_it(folder):
    load(folder)
    for name in ("news", "pictures"):
        write_table(folder, name, [])
    for path in (folder / "news" / "1999-09-15-begun.en.md", folder / "files" / "hall.png"):
        path.unlink()
    told = queries.decided(load(folder, reviewed(folder)))["facts"]
    assert [fact["table"] for fact in told if fact["row"] is None] == ["news", "news_texts", "pictures"]
    assert not NewsText.objects.exists()


def test_dump_gives_back_the_same_bytes(folder, tmp_path):
    load(folder)
    dump(tmp_path / "once")
    written = bytes_of(tmp_path / "once")
    written.pop("datapackage.json")
    assert written == bytes_of(folder)


def test_dump_does_not_write_over_what_is_not_a_record(folder, tmp_path):
    load(folder)
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="is not empty and is not a record"):
        call_command("dump", tmp_path / "foreign")
    assert (tmp_path / "foreign" / "thesis.txt").read_text() == "years of work"


def test_dump_replaces_a_record_and_leaves_nothing_beside_it(folder, tmp_path):
    load(folder)
    call_command("dump", tmp_path / "out", stdout=io.StringIO())
    Membership.objects.filter(ref="xb-member").delete()
    call_command("dump", tmp_path / "out", stdout=io.StringIO())
    assert "xb-member" not in (tmp_path / "out" / "memberships.csv").read_text(encoding="utf-8")
    assert [name for name in os.listdir(tmp_path) if name.startswith(".out")] == []


def test_dump_says_which_file_is_lost(folder, tmp_path):
    load(folder)
    (settings.MEDIA_ROOT / "hall.png").unlink()
    with pytest.raises(CommandError, match="hall.png is named by the record but missing"):
        call_command("dump", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_prints_every_fault_and_changes_nothing(folder):
    rows = [{"ref": f"x{number}", "kind": "empire", "source": "invented"} for number in range(250)]
    write_table(folder, "parties", rows)
    told = io.StringIO()
    with pytest.raises(CommandError, match=r"has \d+ faults"):
        call_command("load", folder, stderr=told)
    lines = told.getvalue().splitlines()
    assert len(lines) == 201
    assert re.fullmatch(r"… and \d+ more", lines[-1])
    assert not Entry.objects.exists()


def test_the_command_shows_the_difference_and_how_to_accept_it(folder):
    call_command("load", folder, stdout=io.StringIO())
    write_table(folder, "parties", [{**row, "note": "New"} for row in small()["parties"]])
    told = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("load", folder, stdout=told)
    digest = told.getvalue().split()[-1]
    assert f"--accept {digest}" in str(refused.value)
    call_command("load", folder, accept=digest, stdout=told)
    assert Party.objects.get(ref="xb").note == "New"


def test_the_loaded_record_is_vouched_for_at_once(folder):
    call_command("load", folder, stdout=io.StringIO())
    assert queries.checkpoint().size == queries.size()


def test_a_folder_that_is_not_there(tmp_path):
    told = io.StringIO()
    with pytest.raises(CommandError):
        call_command("load", tmp_path / "nowhere", stderr=told)
    assert "nowhere: cannot be read as a folder: No such file or directory" in told.getvalue()
