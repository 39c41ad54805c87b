"""The PDFs of issues: made once, by whoever comes first, and never while a page is asked for."""

import json
import os
import threading
import time

import pypdfium2
import pytest

from chancery.core.prints import AGAIN
from chancery.duties.registry import all_duties
from chancery.newsroom import acts, printing, queries
from chancery.newsroom.models import IssueDraft
from chancery.newsroom.rules import left_out

from .stage import content, edition, story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]


@pytest.fixture
def made(monkeypatch):
    """What was typeset, without a typesetter."""
    calls = []

    def typeset(content, language):
        calls.append((content["edition"], language))
        return b"%PDF-" + language.encode()

    monkeypatch.setattr(printing, "typeset", typeset)
    return calls


def test_the_clock_prints_every_edition_in_every_language_once(made, files):
    edition(number=1)
    edition(number=2)
    due = printing.due(None)
    assert due == [("edition", f"2024-q4-{n}", code) for n in (2, 1) for code in ("en", "ru", "ar")]
    for key in [*due, *due]:
        printing.make(key)
    assert sorted(made) == sorted((n, code) for n in (1, 2) for code in ("en", "ru", "ar"))
    assert printing.due(None) == []
    copy = printing.of_edition("2024-q4-1", queries.last_edition("2024-Q4").digest, "ru")
    assert copy.size is None  # the second edition's content has another name
    assert len(list((files / "digests").glob("*.pdf"))) == 6


def test_two_clocks_print_one_edition_once(made, monkeypatch):
    held = edition()
    begun, go = threading.Event(), threading.Event()

    def slow(content, language):
        begun.set()
        assert go.wait(60)
        made.append(language)
        return b"%PDF-"

    monkeypatch.setattr(printing, "typeset", slow)
    copy = printing.of_edition(held.ref, held.digest, "en")
    first = threading.Thread(target=copy.make, args=(lambda: printing.typeset(held.content, "en"),))
    first.start()
    assert begun.wait(60)
    copy.make(lambda: printing.typeset(held.content, "en"))  # the second comes while the first is at it
    go.set()
    first.join()
    assert made == ["en"]
    assert copy.size == 5


def test_what_cannot_be_printed_is_told_and_left_alone_for_a_while(monkeypatch):
    held = edition()

    def refuse(content, language):
        raise ValueError("a.jpg: no such file")

    monkeypatch.setattr(printing, "typeset", refuse)
    for key in printing.due(None):
        printing.make(key)
    copy = printing.of_edition(held.ref, held.digest, "en")
    assert (copy.failure, copy.size, printing.due(None)) == ("a.jpg: no such file", None, [])
    past = time.time() - AGAIN - 1
    os.utime(copy.path.with_suffix(".failed"), (past, past))
    assert printing.due(None) == [("edition", "2024-q4-1", "en")]
    monkeypatch.setattr(printing, "typeset", lambda content, language: b"%PDF-")
    printing.make(("edition", "2024-q4-1", "en"))
    assert (copy.failure, copy.size) == ("", 5)


def test_a_proof_is_of_one_version_and_the_earlier_ones_go(press, made, files):
    issue = IssueDraft.objects.create(quarter="2024-Q4", content=content(month=[story("a"), story("b")]))
    assert printing.due(None) == []
    issue = acts.order_proof(issue=issue, language="ru", by=press)
    assert printing.due(None) == [("proof", "2024-Q4", "ru")]
    printing.make(("proof", "2024-Q4", "ru"))
    assert printing.of_draft(issue, "ru").size == 7
    issue = acts.edit_issue(issue=issue, version=1, change=lambda held: left_out(held, "news:b"), by=press)
    issue = acts.order_proof(issue=issue, language="en", by=press)
    printing.make(("proof", "2024-Q4", "en"))
    names = [path.name.split(".")[1:3] for path in (files / "digests" / "proofs").glob("*.pdf")]
    assert names == [["2", "en"]]
    acts.discard_issue(issue=issue, by=press)
    printing.make(("proof", "2024-Q4", "en"))  # given up meanwhile


def test_the_words_of_a_working_translation_are_marked_in_print():
    title = {"en": "Firms", "ru": "Фирмы", "working": ["ru"]}
    held = {**content(month=[story("a", title=title)]), "banner": {"en": "Compiled.", "ru": "Составлено."}}
    russian, english = printing.printable(held, "ru"), printing.printable(held, "en")
    assert russian["banner"]["ru"] == "Составлено. Рабочий перевод, не подтверждённый организацией."
    assert english["banner"] == held["banner"]
    assert "working" not in json.dumps([russian, english])
    assert held["chapters"][1]["items"][0]["title"] == title


def test_the_clock_has_the_duty_in_a_lane_of_its_own():
    duty = next(one for one in all_duties() if one.name == "print-digest")
    assert (duty.lane, duty.due, duty.do) == ("print", printing.due, printing.make)


def test_an_edition_is_really_printed(files):
    held = edition(month=[story("firms", title={"en": "Firms meet", "ru": "Фирмы"})])
    printing.make(("edition", held.ref, "en"))
    pdf = pypdfium2.PdfDocument(printing.of_edition(held.ref, held.digest, "en").path)
    words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Firms meet" in words
    assert "1 Concord Square" in words
