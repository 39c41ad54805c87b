"""Who sees which silence, and what of it."""

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.decisions.acts import silence as acts
from chancery.decisions.models import Silence
from chancery.decisions.queries import silence as queries
from chancery.decisions.rules.silence import ReplyKind
from chancery.people.rules import Role
from tests.decisions import texts
from tests.decisions.quiet import BETWEEN, EXPIRES, OPENED, closed, now, opened, presidency, says, voice
from tests.people.cast import person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(BETWEEN, tick=False):
        yield


@pytest.fixture
def chair(states):
    return presidency()


def another(chair, number: int, **more) -> Silence:
    document = texts.document(f"pra-soc-2024-l.{number}", classification=more.pop("classification", "body"))
    return opened(chair, texts.version(document), **more)


def followed(silence, who, at=BETWEEN) -> queries.Followed:
    return queries.Followed(queries.silence_page(who, silence.ref), who, at)


# ---------------------------------------------------------------- which there are
@pytest.mark.parametrize(
    ("classification", "member", "observer", "guest", "auditor", "other_chair"),
    [
        ("body", True, False, False, True, True),
        ("parties", True, True, False, True, True),
        ("public", True, True, False, True, True),
    ],
)
def test_a_silence_is_seen_by_whom_its_text_goes_to(
    chair, classification, member, observer, guest, auditor, other_chair
):
    texts.observer()
    silence = another(chair, 1, classification=classification)
    asked = {
        voice("xa"): member, voice("qo"): observer, person("Guest"): guest, None: False,
        person("Auditor", (Role.AUDITOR, "")): auditor, presidency("swg"): other_chair,
    }  # fmt: skip
    for who, sees in asked.items():
        assert (queries.silence_page(who, silence.ref) is not None) is sees, who


def test_open_ones_come_first_by_their_end_then_those_that_are_over(chair):
    late, soon = another(chair, 1, expires=EXPIRES + 4 * DAY), another(chair, 2)
    first, last = another(chair, 3), another(chair, 4)
    for one, at in ((first, BETWEEN), (last, BETWEEN + DAY)):
        with time_machine.travel(at, tick=False):
            acts.withdraw(silence=one, reason="Not ready", by=chair)
    assert list(queries.in_order(Silence.objects.all())) == [soon, late, last, first]


def test_what_awaits_an_answer(chair):
    texts.observer()
    mine, colleague, officer = voice("xa"), voice("xa", Role.FOCAL_POINT), person("Office", (Role.OFFICER, "documents"))
    silence, other = another(chair, 1), another(chair, 2)
    assert [queries.awaiting(who) for who in (mine, voice("xb"), colleague, officer, voice("qo"))] == [2, 2, 0, 0, 0]
    says(silence, mine, "xa", ReplyKind.ACKNOWLEDGEMENT)
    assert queries.awaiting(mine) == 1
    says(other, mine, "xa", ReplyKind.COMMENT, "A comma is missing.")
    assert queries.awaiting(mine) == 0
    with time_machine.travel(EXPIRES, tick=False):
        assert queries.awaiting(voice("xm")) == 0


def test_rows_cost_the_same_however_many(chair):
    mine = voice("xa")
    one = another(chair, 1)
    says(one, mine, "xa", ReplyKind.RESERVATION, "Later.")
    with CaptureQueriesContext(connection) as few:
        rows = queries.listed(queries.in_order(queries.seen_by(mine)), mine, BETWEEN)
    assert [(str(row.answer), row.left, row.stage) for row in rows] == [("reserved", "6 days 23 hours", "running")]
    another(chair, 2), another(chair, 3)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.listed(queries.in_order(queries.seen_by(mine)), mine, BETWEEN)) == 3
    assert len(many) == len(few) <= 4


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ((), ""),
        (("comment",), "comment"),
        (("acknowledgement", "comment"), "acknowledgement"),
        (("acknowledgement", "statement"), "statement"),
        (("statement", "reservation", "acknowledgement"), "reservation"),
        (("reservation", "objection"), "objection"),
        (("amendment", "acknowledgement"), "amendment"),
    ],
)
def test_what_a_party_said_that_counts_most(said, counts):
    assert queries.weightiest(said) == counts


# ---------------------------------------------------------------- what is seen of one
@pytest.fixture
def busy(chair):
    """Three members have answered."""
    silence = opened(chair)
    for party, kind, words in (
        ("xa", ReplyKind.ACKNOWLEDGEMENT, ""),
        ("xb", ReplyKind.COMMENT, "A comma is missing."),
        ("xm", ReplyKind.RESERVATION, "Subject to our law."),
    ):
        says(silence, voice(party), party, kind, words)
    return silence


def answers(page) -> dict[str, str]:
    return {cell.party: cell.kind for cell in page.cells}


@pytest.mark.parametrize(
    ("audience", "member", "chair_sees", "officer"),
    [("body", True, True, True), ("members", True, True, True), ("chair", False, True, False)],
)
def test_acknowledgements_are_seen_as_the_charter_says(busy, settings, audience, member, chair_sees, officer):
    table = {"default": {**settings.CHARTER.visibility["default"], "acknowledgements": audience}}
    settings.CHARTER = dataclasses.replace(settings.CHARTER, visibility=table)
    whole = {"xa": "acknowledgement", "xb": "comment", "xm": "reservation", "xp": ""}
    told = {"xa": "", "xb": "", "xm": "reservation", "xp": ""}
    asked = {
        voice("xp"): member, presidency("soc"): chair_sees, person("Office", (Role.OFFICER, "documents")): officer,
    }  # fmt: skip
    for who, sees in asked.items():
        page = followed(busy, who)
        assert answers(page) == (whole if sees else told)
        assert [one.entry.act for one in page.entries].count("decisions.reply") == (3 if sees else 1)
        assert len(page.voiced) == (2 if sees else 1)
        assert len(page.counts) == (4 if sees else 2)
    own = followed(busy, voice("xa", Role.FOCAL_POINT))
    assert answers(own)["xa"] == "acknowledgement"


def test_members_are_counted_by_what_they_did(busy):
    page = followed(busy, voice("xp"))
    assert [(str(word), number) for _kind, _icon, word, number in page.counts] == [
        ("acknowledged", 2), ("reserved", 1), ("broke silence", 0), ("no reply", 1),
    ]  # fmt: skip
    assert [cell.party for cell in page.cells if cell.own] == ["xp"]


def test_entries_are_told_in_words(busy, chair):
    says(busy, voice("xp"), "xp", ReplyKind.OBJECTION, "Paragraph 2 goes too far.")
    page = followed(now(busy), chair)
    told = [one.act for one in page.entries]
    assert told == [
        "Maravel objected", "Jorvania made a reservation", "Arvessa commented", "Aldora acknowledged",
        "Silence was proposed",
    ]  # fmt: skip
    assert page.opened.by == "the Chair"
    assert page.closed.entry.act == "decisions.break-silence"
    assert page.breaking.words == "Paragraph 2 goes too far."
    assert len(page.opened.seal) == 64


def test_members_are_those_of_the_day_on_which_it_ended(chair):
    from tests.cast import state

    silence = closed(opened(chair))
    state("xq", "Norvayne", since=dt.date(2024, 12, 20))
    with time_machine.travel("2024-12-30T10:00:00Z", tick=False):
        page = followed(silence, chair, dt.datetime(2024, 12, 30, 10, tzinfo=dt.UTC))
        assert "xq" not in answers(page)


@pytest.mark.parametrize(
    ("party", "at", "kinds"),
    [
        ("xa", BETWEEN, 6),
        ("qo", BETWEEN, 2),
        ("xa", EXPIRES, 2),  # an objection that comes too late
        ("qo", EXPIRES, 0),
    ],
)
def test_what_a_party_may_still_say(chair, party, at, kinds):
    texts.observer()
    assert len(followed(another(chair, 1, classification="parties"), voice("xb"), at).kinds(party)) == kinds


def test_the_chain_of_restarts(chair):
    version = texts.version()
    first = opened(chair, version)
    says(first, voice("xa"), "xa", ReplyKind.OBJECTION, "Not yet.")
    second = opened(chair, version, at=BETWEEN + DAY, replaces=now(first))
    with time_machine.travel(BETWEEN + 2 * DAY, tick=False):
        acts.withdraw(silence=second, reason="Not ready", by=chair)
    third = opened(chair, version, at=BETWEEN + 3 * DAY, replaces=now(second))
    unrelated = another(chair, 9)
    assert followed(second, chair).chain == [first, second, third]
    assert followed(unrelated, chair).chain == [unrelated]


# ---------------------------------------------------------------- who was told
def test_the_record_of_service(chair):
    mine, theirs, officer = voice("xa"), voice("xb"), person("Office", (Role.OFFICER, "documents"))
    silence = opened(chair)
    says(silence, theirs, "xb", ReplyKind.OBJECTION, "No.")
    every = {(one.event, one.account) for one in queries.service(officer, silence)}
    people = {mine, theirs, officer, chair}
    assert every == {(event, who) for event in ("silence-opened", "silence-broken") for who in people}
    assert queries.service(chair, silence).count() == 8
    assert {one.account for one in queries.service(mine, silence)} == {mine}
    assert queries.service(presidency("swg"), silence).count() == 0
    told = followed(now(silence), officer).told
    assert [(str(one["name"]), one["people"], one["letters"], one["sent"]) for one in told] == [
        ("Silence was broken", 4, 4, 0), ("Silence was proposed", 4, 4, 0),
    ]  # fmt: skip


def test_to_whom_a_proposal_would_go(chair):
    voice("xa"), voice("xb", Role.FOCAL_POINT), person("Both", (Role.DELEGATE, "xa"), (Role.DELEGATE, "xb"))
    to = queries.addressees(texts.document(), texts.body("soc"), OPENED)
    assert (to.people, to.delegations) == (4, 2)  # three of delegations, and the Chair
    assert [str(one) for one in to.unread] == ["Jorvania", "Maravel"]


# ---------------------------------------------------------------- what to choose from
def test_what_silence_can_be_proposed_on(chair):
    first = texts.version(texts.document("a"))
    latest = texts.version(first.document, position=2)
    frozen, gone, inner = (texts.version(texts.document(ref)) for ref in ("b", "c", "d"))
    opened(chair, frozen)
    type(gone.document).objects.filter(pk="c").update(withdrawn="2024-11-01")
    type(inner.document).objects.filter(pk="d").update(classification="secretariat")
    officer = person("Office", (Role.OFFICER, "documents"))
    assert list(queries.proposable(officer)) == [latest]


def test_for_which_bodies(chair):
    texts.body("soc"), texts.body("swg")
    led = {who: [one.ref for one in queries.led_by(who)] for who in (chair, presidency("swg"), voice("xa"))}
    assert sorted(map(sorted, led.values())) == [[], ["soc", "swg"], ["swg"]]


def test_working_days_from_today(chair):
    assert queries.soon(OPENED) == [
        (3, dt.date(2024, 12, 9)), (5, dt.date(2024, 12, 11)), (10, dt.date(2024, 12, 18)), (15, dt.date(2024, 12, 25)),
    ]  # fmt: skip


def test_a_draft_is_the_delegations_own(chair):
    from chancery.documents.acts.notes import keep_note

    silence, mine = opened(chair), voice("xa")
    subject = f"silences:{silence.ref}"
    keep_note(party="xa", subject=subject, words="We object.", stance="objection", draft=True, by=mine)
    keep_note(party="xa", subject=f"{subject}#wording", words="Invite", draft=True, by=mine)
    kept = {"kind": "objection", "words": "We object.", "wording": "Invite"}
    assert queries.draft(voice("xa", Role.FOCAL_POINT), "xa", silence) == kept
    for who in (voice("xb"), chair, person("Office", (Role.OFFICER, "documents")), person("A", (Role.AUDITOR, ""))):
        assert queries.draft(who, "xa", silence) == {}
