"""A desk shows of what delegations said no more than the charter's table of visibility."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from chancery.core.asof import today
from chancery.decisions.rules.silence import ReplyKind
from chancery.documents.acts import positions
from chancery.documents.rules.positions import Stance
from chancery.portal import agreeing
from tests.cast import account
from tests.decisions import quiet, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(quiet.OPENED, tick=False):
        yield


@pytest.mark.parametrize(("to", "officer_knows"), [("secretariat", True), ("chair", False)])
def test_who_objects_and_who_acknowledged(settings, states, documents, to, officer_knows):
    table = {"default": {"positions": to, "acknowledgements": to, "soundings": "chair"}}
    settings.CHARTER = replace(settings.CHARTER, visibility=table)
    chair, member = account("Chair", ("presidency", "")), texts.voice("xp")
    version = texts.version(texts.document(route="statement"))
    positions.take_position(
        version=version, party=states["xp"], stance=Stance.OBJECTION, words="No.", block="b3", by=member
    )
    running = quiet.opened(chair, texts.version(texts.document("other")))
    quiet.says(running, member, "xp", ReplyKind.ACKNOWLEDGEMENT, at=quiet.OPENED + dt.timedelta(minutes=1))
    for who, knows in ((chair, True), (documents, officer_knows)):
        found = {one.document.ref: one.objecting for one in agreeing.texts(who, today())}
        assert found[version.document_id] == (["xp"] if knows else [])
        assert [one.answered for one in agreeing.questions(who, today())] == ([{"xp"}] if knows else [])
