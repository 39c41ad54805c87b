"""What may happen to bodies and the chair."""

import datetime as dt
import json

import pytest

from chancery.bodies import acts, queries
from chancery.bodies.models import Body, ChairTerm
from chancery.bodies.rules import (
    BodyKind,
    ChairIsHeld,
    HandOverTooEarly,
    HasBodiesBelow,
    NoChair,
    NotAMember,
    ParentIsBelow,
    SameChair,
)  # fmt: skip
from chancery.core.dates import Day
from chancery.core.refusals import NotAllowed, OutOfDate
from chancery.core.text import LocalizedText
from chancery.journal.models import Entry
from chancery.people import policy
from chancery.people.models import Account
from chancery.people.rules import Role
from tests.cast import account, decided, state

D = Day.parse


def body(name: str, by, parent=None, since="2002") -> Body:
    return acts.establish(
        kind=BodyKind.GOVERNING, name=LocalizedText({"en": name}), parent=parent, since=D(since), source="practice",
        by=by,
    )  # fmt: skip


def first_chair(party, by) -> ChairTerm:
    return acts.open_term(party=party, since=D("2002-06-04"), source="practice", by=by)


@pytest.mark.django_db
def test_bodies_form_a_tree_in_time(source, protocol):
    summit = body("Summit", protocol)
    council = body("Council", protocol, summit)
    group = body("Group", protocol, council, "2010")
    assert [node.body.ref for node in queries.tree(dt.date(2005, 1, 1))] == ["summit"]
    (top,) = queries.tree(dt.date(2011, 1, 1))
    assert top.children[0].children[0].body == group
    with pytest.raises(ParentIsBelow):
        acts.place(body=summit, parent=group, by=protocol)
    with pytest.raises(HasBodiesBelow, match="Group"):
        acts.dissolve(body=council, until=D("2020-01-01"), source="practice", by=protocol)
    acts.dissolve(body=group, until=D("2020-01-01"), source="practice", by=protocol)
    (top,) = queries.tree(dt.date(2020, 1, 1))
    assert top.children[0].children == []


@pytest.mark.django_db
def test_the_chair_is_handed_over_at_one_instant(states, protocol):
    first_chair(states["xm"], protocol)
    acts.hand_over(party=states["xb"], day=D("2024-12-17"), session="mc-7", source="practice", by=protocol)
    chair = queries.chair(dt.date(2024, 12, 17))
    assert (chair.before.party_id, chair.term.party_id) == ("xm", "xb")
    assert queries.chair_party(dt.date(2024, 12, 16)) == "xm"
    assert chair.before.closed == chair.term.opened == "mc-7"
    told = decided(Entry.objects.latest("seq"))
    assert {fact["ref"] for fact in told["facts"]} == {"xm-2002", "xb-2024"}


@pytest.mark.django_db
def test_what_forbids_a_hand_over(states, protocol, press):
    orlend = state("qo", "Orlend", since=dt.date(2021, 1, 1), capacity="observer")
    with pytest.raises(NoChair):
        acts.hand_over(party=states["xb"], day=D("2024"), source="practice", by=protocol)
    first_chair(states["xm"], protocol)
    with pytest.raises(ChairIsHeld, match="Jorvania"):
        acts.open_term(party=states["xb"], since=D("2024-01-01"), source="practice", by=protocol)
    with pytest.raises(SameChair):
        acts.hand_over(party=states["xm"], day=D("2024-01-01"), source="practice", by=protocol)
    with pytest.raises(HandOverTooEarly):
        acts.hand_over(party=states["xb"], day=D("2002-06-04"), source="practice", by=protocol)
    with pytest.raises(NotAMember, match="Orlend"):
        acts.hand_over(party=orlend, day=D("2024-01-01"), source="practice", by=protocol)
    with pytest.raises(NotAllowed):
        acts.hand_over(party=states["xb"], day=D("2024-01-01"), source="practice", by=press)
    assert ChairTerm.objects.count() == 1


HAND_OVER = """
import sys
from chancery.bodies import acts
from chancery.core.dates import Day
from chancery.core.refusals import Refusal
from chancery.parties.models import Party
from chancery.people.models import Account
officer = Account.objects.get(email=sys.argv[1])
sys.stdin.readline()
try:
    acts.hand_over(party=Party.objects.get(ref=sys.argv[2]), day=Day.parse("2024-12-17"), source="practice", by=officer)
    print("done")
except Refusal as refusal:
    print(refusal.code)
"""


@pytest.mark.kill
def test_two_officers_hand_over_at_the_same_moment(fresh_database):
    from chancery.core.models import Source
    from tests.cast import STATES, account

    Source.objects.create(ref="practice", title="Practice", quality="invented")
    parties = {ref: state(ref, name) for ref, name in STATES.items()}
    officers = [account(f"Officer {n}", ("officer", "protocol")) for n in (1, 2)]
    first_chair(parties["xm"], officers[0])
    started = [fresh_database.start(HAND_OVER, officer.email, "xb") for officer in officers]
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=60)[0].strip() for process in started)
    assert said == ["SameChair", "done"]
    assert list(ChairTerm.objects.order_by("since").values_list("party", flat=True)) == ["xm", "xb"]
    assert json.loads(Entry.objects.latest("seq").public)["act"] == "bodies.hand-over"


@pytest.mark.django_db
def test_acts_take_a_body_as_it_is_now(source, protocol):
    """What an officer saw may have been changed meanwhile: it is neither written over nor told as it was."""
    seen, upper = body("Council", protocol), body("Summit", protocol)
    Body.objects.filter(ref="council").update(parent=upper, note="Renewed")
    with pytest.raises(ParentIsBelow):
        acts.place(body=upper, parent=seen, by=protocol)
    acts.dissolve(body=seen, until=D("2010"), source="practice", by=protocol)
    assert Body.objects.get(ref="council").note == "Renewed"
    with pytest.raises(OutOfDate):
        acts.dissolve(body=seen, until=D("2012"), source="practice", by=protocol)


@pytest.mark.django_db
def test_a_body_without_a_place_does_not_put_the_next_one_first(source, protocol):
    Body.objects.create(ref="one", kind="governing", position=7, source="practice", name=LocalizedText({"en": "One"}))
    Body.objects.create(ref="two", kind="governing", position=None, source="practice", name=LocalizedText({"en": "2"}))
    assert body("Three", protocol).position == 8


@pytest.mark.django_db
def test_a_presidency_speaks_for_its_own_chair_while_it_lasts(states, protocol):
    council = body("Council", protocol)
    whole, other = account("Presiding", ("presidency", "")), account("Chairing", ("presidency", council.ref))
    earlier = first_chair(states["xm"], protocol)
    term = acts.hand_over(party=states["xp"], day=D("2022-06-01"), source="practice", by=protocol)
    said = {"theme": LocalizedText({"en": "Nearer"}), "priorities": LocalizedText(), "expected_end": LocalizedText()}
    acts.set_programme(term=term, **said, by=whole)
    assert decided(Entry.objects.latest("seq"))["by"] == "chair"
    for one, by in ((term, other), (ChairTerm.objects.get(ref=earlier.ref), whole)):
        with pytest.raises(NotAllowed):
            acts.set_programme(term=one, **said, by=by)
    assert ChairTerm.objects.filter(theme__en="Nearer").count() == 1


@pytest.mark.django_db
def test_the_presidency_of_a_delegation_moves_with_the_term(states, protocol):
    """Both states have named their presiding officers; on the day of the hand-over, and not before, one takes over."""
    outgoing = account("Outgoing", ("presidency", ""), ("delegate", "xm"))
    incoming = account("Incoming", ("presidency", ""), ("delegate", "xp"))
    first_chair(states["xm"], protocol)
    acts.hand_over(party=states["xp"], day=D("2022-06-01"), source="practice", by=protocol)

    def presides(person: Account, day: dt.date) -> bool:
        return policy.standing_of(person, day).has(Role.PRESIDENCY)

    eve, day = dt.date(2022, 5, 31), dt.date(2022, 6, 1)
    assert (presides(outgoing, eve), presides(incoming, eve)) == (True, False)
    assert (presides(outgoing, day), presides(incoming, day)) == (False, True)
    assert policy.standing_of(outgoing, day).has(Role.DELEGATE, "xm")
