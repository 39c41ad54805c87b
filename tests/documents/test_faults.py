"""What goes wrong at once or out of order with documents: a sentence each time, and one entry."""

import datetime as dt

import pytest
import time_machine

from chancery.core.refusals import OutOfDate
from chancery.core.text import LocalizedText
from chancery.decisions.rules.consensus import TextAdopted
from chancery.decisions.rules.silence import TextFrozen
from chancery.documents.acts import agenda, paragraphs, positions, register
from chancery.documents.models import Paragraph, Position
from chancery.documents.rules.positions import Stance
from chancery.journal.models import Entry
from tests.cast import account
from tests.decisions import quiet, texts
from tests.people.cast import client_of
from tests.people.test_acts import PDF

pytestmark = pytest.mark.django_db
IN_SESSION = dt.datetime(2024, 12, 4, 7, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(IN_SESSION, tick=False):
        yield


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


def test_what_another_officer_took_away_is_not_taken_away_twice(states, documents):
    document, session = texts.document(classification="public"), texts.session()
    item = agenda.add_item(
        meeting=session, number="1", title=LocalizedText({"en": "Item"}), source="practice", by=documents
    )
    paper = agenda.put_paper(item=item, document=document, by=documents)
    file = register.enclose(document=document, file=PDF, title=LocalizedText({"en": "File"}), by=documents)
    agenda.take_off(paper=paper, by=documents)
    agenda.remove_item(item=item, by=documents)
    register.remove_enclosure(enclosure=file, by=documents)
    sealed = Entry.objects.count()
    for again in (
        lambda: agenda.take_off(paper=paper, by=documents),
        lambda: agenda.remove_item(item=item, by=documents),
        lambda: agenda.put_paper(item=item, document=document, by=documents),
        lambda: register.remove_enclosure(enclosure=file, by=documents),
    ):
        with pytest.raises(OutOfDate):
            again()
    assert Entry.objects.count() == sealed


def test_a_capital_reopens_nothing_that_is_frozen_or_adopted(states, chair):
    """Under silence a delegation breaks it, with its reason; afterwards it is too late."""
    version, me = texts.version(), texts.voice("xp")
    about = {"party": states["xp"], "block": "b3", "by": me}
    positions.take_position(version=version, stance=Stance.AWAITING_CAPITAL, **about)
    paragraphs.agree(version=version, blocks=["b2", "b3", "b4"], body=texts.body("soc"), by=chair)
    running = quiet.opened(chair, version)
    with pytest.raises(TextFrozen):
        paragraphs.decline_capital(document=version.document, words="No.", **about)
    quiet.closed(running)
    with pytest.raises(TextAdopted):
        paragraphs.decline_capital(document=version.document, words="No.", **about)
    assert Position.objects.get(block="b3").stance == Stance.AWAITING_CAPITAL
    paragraphs.confirm_capital(document=version.document, **about)
    assert Paragraph.objects.get(block="b3").status == "agreed"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_which_no_clock_can_be_reckoned_are_refused(chair, documents, day):
    version, typed = texts.version(), {"day": day, "time": "00:30", "reason": "So."}
    running = quiet.opened(chair, texts.version(texts.document("other")))
    asked = [
        (chair, f"negotiations/{version.document_id}/call/", {**typed, "kind": "positions"}),
        (documents, f"secretariat/documents/{version.document_id}/embargo/", {**typed, "released_as": "public"}),
        (chair, f"silence/{running.ref}/extension/", {"expires_day": day, "expires_time": "00:30", "reason": "So."}),
    ]
    for who, path, sent in asked:
        assert client_of(who).post(f"/en/{path}", sent).status_code == 422
