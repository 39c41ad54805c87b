"""The newsroom on the whole practice record."""

import datetime as dt
import json
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from chancery.core.dates import Day, quarter_of
from chancery.exchange import edition as format_of
from chancery.exchange import verification
from chancery.exchange.acts import load
from chancery.exchange.dump import dump
from chancery.exchange.record import read
from chancery.journal.acts import checkpoint
from chancery.meetings.models import Meeting
from chancery.newsroom import acts, printing, queries, rules
from chancery.newsroom.models import Edition, News
from chancery.people.policy import COMPILERS

from .stage import copy, draft, jpeg, text

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("practice")]
PRACTICE = Path(settings.ROOT) / "records" / "practice"
Q = "2024-Q4"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The record, loaded once; what a test changes is taken back after it."""
    place = tmp_path_factory.mktemp("practice")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=place), transaction.atomic():
        load(folder=PRACTICE, by=COMPILERS)
        yield place
        transaction.set_rollback(True)


@pytest.fixture
def practice(loaded, files, settings, tmp_path):
    settings.KEY_FILE, settings.MEDIA_ROOT = tmp_path / "journal.key", loaded


def keys(content: dict) -> list[str]:
    return sorted(rules.key(item) for chapter in content["chapters"] for item in chapter["items"])


def test_a_quarter_of_the_record_is_composed_whole_and_once(practice):
    content = queries.compose_edition(Q, dt.date(2025, 1, 15))
    news = [one for one in News.objects.all() if one.published and quarter_of(one.day.last) == Q]
    held = [one for one in Meeting.objects.filter(called_off="") if quarter_of((one.ended or one.began).last) == Q]
    assert keys(content) == sorted([*(f"news:{one.ref}" for one in news), *(f"meetings:{one.ref}" for one in held)])
    assert len(held) > 30
    assert list(format_of.faults(content, settings.CHARTER.languages)) == []
    assert json.dumps(queries.compose_edition(Q, dt.date(2025, 1, 15))) == json.dumps(content)


def test_what_is_composed_has_the_chapters_of_the_issue_that_was_edited_by_hand(practice):
    published = Edition.objects.get(quarter=Q)
    composed = queries.compose_edition(Q)
    assert [c["ref"] for c in composed["chapters"]] == [c["ref"] for c in published.content["chapters"]]
    assert composed["chapters"][0]["items"][0]["news"] == published.content["chapters"][0]["items"][0]["news"]
    assert composed["name"] == published.content["name"]
    assert len(set(keys(composed)) & set(keys(published.content))) > 60


def test_what_the_press_unit_does_can_be_dumped_loaded_and_verified(practice, press, tmp_path):
    source = "practice-press"
    item = draft(press, source=source, working=["ru"], dated=Day.parse("2024-12-30"), meetings=["business-council-7"])
    picture = {"alt": text("A hall"), "caption": text("The hall."), "source": source}
    acts.add_picture(news=item, content=jpeg(), name="a.jpg", by=press, **picture)
    draft(press, source=source, title=text("A secret"))  # stays a draft
    acts.publish(news=item, by=press)
    changed = copy(source=source, dated=Day.parse("2024-12-30"), body=text("Other.", "Иное."))
    acts.correct(news=item, reason="The text.", by=press, **changed)
    issue = acts.compose_issue(quarter=Q, by=press)
    words = partial(rules.worded, correction={"en": "A name."})
    issue = acts.edit_issue(issue=issue, version=1, change=words, by=press)
    acts.publish_issue(issue=issue, version=2, source="practice-digest", by=press)
    acts.compose_issue(quarter=Q, by=press)

    checkpoint()
    report = verification.here(verification.own_key())
    assert [str(fault) for fault in report.faults] == []
    dump(tmp_path / "copy")
    record = read(tmp_path / "copy", settings.CHARTER)
    assert [str(fault) for fault in record.faults] == []
    assert item.ref in record.rows["news"]
    assert "2024-q4-2" in record.rows["digests"]
    assert not any("secret" in ref for ref in record.rows["news"])


def test_the_command_writes_what_was_published_or_composes(practice, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(printing, "typeset", lambda content, language: f"{content['edition']} {language}".encode())
    out = tmp_path / "d.pdf"
    call_command("digest", "2024-q4", pdf=out, lang="ru")
    assert out.read_text() == "1 ru"
    assert "Edition 1 of 2024-Q4, published 2025-01-15." in capsys.readouterr().out
    call_command("digest", "2026-Q2", pdf=out, lang="en")
    assert "composed from the record as it stands" in capsys.readouterr().out
    for quarter, number in ((Q, 2), ("1990-Q1", None), ("2024", None)):
        with pytest.raises(CommandError):
            call_command("digest", quarter, pdf=out, edition=number)


def test_an_issue_composed_from_the_record_is_really_printed(practice):
    content = queries.compose_edition(Q, dt.date(2025, 1, 15))
    pdf = pypdfium2.PdfDocument(printing.typeset(content, "en"))
    assert len(pdf) > 20
