"""What follows from decisions: who owes what, by when, and what became of it."""

import datetime as dt
import json

import pytest
import time_machine

from chancery.core.refusals import NotAllowed
from chancery.core.text import LocalizedText
from chancery.decisions.acts import followup as acts
from chancery.decisions.acts import register
from chancery.decisions.models import Undertaking
from chancery.decisions.rules.followup import (
    DueBeforeDecision,
    EvidenceMissing,
    NotAnAddressee,
    NotAReport,
    NothingOwed,
    NotInTheText,
    ReasonMissing,
    check_lapse,
    check_report,
    is_late,
)
from chancery.decisions.rules.register import FollowUp
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from tests.cast import account, decided
from tests.decisions import texts
from tests.decisions.test_decisions import page, queries_of
from tests.decisions.test_register import _day, adopted  # noqa: F401

pytestmark = pytest.mark.django_db
DUE = dt.date(2025, 6, 30)
TASK = LocalizedText({"en": "Report on the ports", "ru": "Доклад о портах"})


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


@pytest.fixture
def decision(chair):
    return adopted(chair)


def undertake(decision, by, addressee: str = "parties:xp", **more) -> Undertaking:
    given = {"task": TASK, "due": DUE, **more}
    return acts.undertake(decision=decision, addressee=addressee, by=by, **given)


# ---------------------------------------------------------------- the rules
@pytest.mark.parametrize(
    ("now", "reported", "evidence", "refusal"),
    [
        ("open", "under-way", "", None),
        ("open", "done", "https://example.org/report", None),
        ("under-way", "done", "Held in Rosmouth", None),
        ("under-way", "under-way", "Half of it", None),
        ("open", "done", " ", EvidenceMissing),
        ("open", "lapsed", "No more", NotAReport),
        ("under-way", "open", "Not yet", NotAReport),
        ("done", "done", "Again", NothingOwed),
        ("lapsed", "under-way", "After all", NothingOwed),
    ],
)
def test_what_can_be_reported(now, reported, evidence, refusal):
    if refusal is None:
        check_report(FollowUp(now), FollowUp(reported), evidence)
    else:
        with pytest.raises(refusal):
            check_report(FollowUp(now), FollowUp(reported), evidence)


@pytest.mark.parametrize(
    ("now", "reason", "refusal"),
    [("open", "Overtaken", None), ("open", "", ReasonMissing), ("done", "Overtaken", NothingOwed)],
)
def test_what_can_lapse(now, reason, refusal):
    if refusal is None:
        check_lapse(FollowUp(now), reason)
    else:
        with pytest.raises(refusal):
            check_lapse(FollowUp(now), reason)


@pytest.mark.parametrize(
    ("due", "status", "day", "late"),
    [
        (DUE, "open", DUE, False),  # until the end of that day
        (DUE, "open", dt.date(2025, 7, 1), True),
        (DUE, "under-way", dt.date(2025, 7, 1), True),
        (DUE, "done", dt.date(2025, 7, 1), False),
        (DUE, "lapsed", dt.date(2025, 7, 1), False),
        (None, "open", dt.date(2099, 1, 1), False),
    ],
)
def test_what_is_late(due, status, day, late):
    assert is_late(due, FollowUp(status), day) is late


# ---------------------------------------------------------------- the acts
def test_whoever_is_asked_is_told(decision, documents):
    voice = texts.voice("xp")
    made = undertake(decision, documents, block="b4")
    assert (made.ref, made.status, made.position) == (f"{decision.ref}-u1", "open", 1)
    notice = Notice.objects.get(account=voice, event="undertaking-given")
    assert "Report on the ports" in notice.words["title"]["en"]
    entry = Entry.objects.order_by("-seq").first()
    assert not entry.is_public
    row = json.loads(entry.private)["said"]["rows"][0]["row"]
    assert (row["task.ru"], row["addressee"], row["block"]) == ("Доклад о портах", "parties:xp", "b4")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"addressee": "parties:zz"}, NotAnAddressee),
        ({"addressee": "bodies:zz"}, NotAnAddressee),
        ({"addressee": "everybody"}, NotAnAddressee),
        ({"addressee": "parties:"}, NotAnAddressee),
        ({"block": "b99"}, NotInTheText),
        ({"due": dt.date(2024, 12, 3)}, DueBeforeDecision),
    ],
)
def test_what_is_not_owed(decision, documents, given, refusal):
    with pytest.raises(refusal):
        undertake(decision, documents, **given)
    assert not Undertaking.objects.exists()


def test_the_addressed_delegation_reports(decision, documents, delegate):
    made = undertake(decision, documents)
    acts.report_progress(undertaking=made, status=FollowUp.UNDER_WAY, by=delegate)
    done = acts.report_progress(undertaking=made, status=FollowUp.DONE, evidence="Held in Rosmouth.", by=delegate)
    assert (done.status, done.evidence, done.reported) == ("done", "Held in Rosmouth.", dt.date(2024, 12, 4))
    kept = json.loads(Entry.objects.order_by("-seq").first().private)
    assert kept["by"] == "delegation of xp"
    with pytest.raises(NothingOwed):
        acts.report_progress(undertaking=made, status=FollowUp.DONE, evidence="Again", by=delegate)


@pytest.mark.parametrize(
    ("addressee", "reports"),
    [
        ("parties:xp", {"delegate", "documents"}),
        ("parties:xa", {"documents"}),
        ("bodies:soc", {"chair", "documents"}),
        ("secretariat", {"documents"}),
    ],
)
def test_who_reports(request, decision, documents, addressee, reports):
    made = undertake(decision, documents, addressee)
    did = set()
    for who in ("delegate", "chair", "documents", "press", "reader"):
        try:
            acts.report_progress(undertaking=made, status=FollowUp.UNDER_WAY, by=request.getfixturevalue(who))
            did.add(who)
        except NotAllowed:
            pass
    assert did == reports


def test_the_secretariat_lets_it_lapse(decision, documents, delegate, chair):
    made = undertake(decision, documents)
    for person in (delegate, chair):
        with pytest.raises(NotAllowed):
            acts.lapse(undertaking=made, reason="Overtaken", by=person)
    assert acts.lapse(undertaking=made, reason="Overtaken by a treaty.", by=documents).status == "lapsed"


def test_what_follows_from_a_public_decision_is_public(decision, documents, delegate):
    made = undertake(decision, documents)
    register.publish(decision=decision, by=documents)
    assert any(f["ref"] == made.ref for f in decided(Entry.objects.order_by("-seq").first())["facts"])
    acts.report_progress(undertaking=made, status=FollowUp.DONE, evidence="Done.", by=delegate)
    told = decided(Entry.objects.order_by("-seq").first())
    assert told["facts"][0]["row"]["status"] == "done"
    assert told["by"] == "delegation of xp"


# ---------------------------------------------------------------- what is owed
def test_whoever_is_late_stands_first(client, states, decision, documents):
    undertake(decision, documents, "parties:xb", due=dt.date(2024, 12, 31))
    undertake(decision, documents, "parties:xa", due=dt.date(2025, 12, 31))
    undertake(decision, documents, "secretariat", due=None)
    register.publish(decision=decision, by=documents)
    with time_machine.travel("2025-02-01T09:00:00+05:00", tick=False):
        shown = page(client, "/en/decisions/follow-up/")
        assert shown.index("Arvessa</bdi></h2>") < shown.index("Aldora</bdi></h2>")
        assert "1 late" in shown
        assert "Report</a>" not in shown
        late = client.get("/en/decisions/follow-up/", {"status": "late"}).content.decode()
        assert "Arvessa</bdi></h2>" in late
        assert "Aldora</bdi></h2>" not in late
        assert "Nothing is owed" in page(client, "/en/decisions/follow-up/", addressee="parties:xm")
        assert page(client, "/en/decisions/follow-up/", 400, addressee="parties:nobody")


def test_what_a_state_undertook_stands_on_its_page(client, decision, documents):
    undertake(decision, documents)
    assert "undertook" not in page(client, "/en/members/xp/")
    register.publish(decision=decision, by=documents)
    assert "What this State undertook" in page(client, "/en/members/xp/")
    assert "undertook" not in page(client, "/en/members/xa/")


def test_a_list_costs_the_same_however_long_it_is(client, decision, documents):
    undertake(decision, documents)
    register.publish(decision=decision, by=documents)
    few = queries_of(client, "/en/decisions/follow-up/")
    for party in ("xa", "xb"):
        undertake(decision, documents, f"parties:{party}", block="b4")
    assert queries_of(client, "/en/decisions/follow-up/") == few <= 12


# ---------------------------------------------------------------- the forms
def test_the_secretariat_and_the_delegation_use_the_forms(client, decision, documents, delegate):
    client.force_login(documents)
    url = f"/en/secretariat/decisions/{decision.ref}/undertaking/"
    typed = {"block": "b4", "task_en": "Report on it", "addressee": "parties:xp", "due": "30 June 2025"}
    assert client.post(url, typed)["Location"] == f"/en/decisions/{decision.ref}/#follow-up"
    made = Undertaking.objects.get()
    assert (made.block, made.due) == ("b4", DUE)
    client.force_login(delegate)
    url = f"/en/undertakings/{made.ref}/progress/"
    answer = client.post(url, {"status": "done", "evidence": ""})
    assert answer.status_code == 422
    assert "Say what was done" in answer.content.decode()
    assert client.post(url, {"status": "done", "evidence": "Held."}).status_code == 302
    assert client.get(f"/en/undertakings/{made.ref}/lapse/").status_code == 403


def test_what_one_may_not_read_does_not_exist(client, chair, documents):
    hidden = adopted(documents, version=texts.version(texts.document()))
    made = undertake(hidden, documents)
    type(hidden).objects.update(classification="secretariat")
    type(hidden.document).objects.update(classification="secretariat")
    client.force_login(chair)
    assert client.get(f"/en/undertakings/{made.ref}/progress/").status_code == 404
    assert client.get(f"/en/decisions/{hidden.ref}/").status_code == 404
