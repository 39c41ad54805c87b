"""What may happen to membership, names and posts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from chancery.core import refs
from chancery.core.dates import Day
from chancery.core.models import BY_TIME, TooLong
from chancery.core.refusals import NotAllowed, SecondFactorMissing
from chancery.core.text import LocalizedText
from chancery.journal.models import Entry
from chancery.parties import acts, queries
from chancery.parties.models import Membership, PartyName, Person
from chancery.parties.rules import (
    AlreadyBelongs,
    Capacity,
    DoesNotBelong,
    EndsBeforeItBegins,
    Form,
    Kind,
    NameExists,
    NotInPost,
    OnlyStatesAreMembers,
    PostIsHeld,
    PostKind,
    SameCapacity,
)  # fmt: skip
from tests.cast import account, decided, state

pytestmark = pytest.mark.django_db
D = Day.parse


def last() -> dict:
    return decided(Entry.objects.latest("seq"))


def test_a_state_is_admitted_and_the_record_tells_it(source, protocol):
    orlend = state("qo", "Orlend", since=None)
    made = acts.admit(party=orlend, capacity=Capacity.OBSERVER, since=D("2021-06-23"), source="practice", by=protocol)
    assert queries.capacity_on(orlend, dt.date(2021, 6, 23)) == made
    assert queries.capacity_on(orlend, dt.date(2021, 6, 22)) is None
    told = last()
    assert told["act"] == "parties.admit"
    assert told["by"] == "secretariat"
    assert "parties:qo" in told["subjects"]
    assert told["facts"][0]["row"]["since"] == "2021-06-23"


def test_a_member_is_not_admitted_twice(states, protocol):
    with pytest.raises(AlreadyBelongs) as refusal:
        acts.admit(
            party=states["xp"], capacity=Capacity.OBSERVER, since=D("2024"), source="practice", by=protocol
        )
    assert "Maravel is member from 14 September 1999" in refusal.value.text()
    assert Entry.objects.count() == 0
    assert Membership.objects.filter(party="xp").count() == 1


def test_an_organisation_cannot_be_a_member(source, protocol):
    party = acts.register(
        ref="ports", kind=Kind.ORGANISATION, name=LocalizedText({"en": "League of Ports"}), source="practice",
        by=protocol,
    )  # fmt: skip
    with pytest.raises(OnlyStatesAreMembers):
        acts.admit(party=party, capacity=Capacity.MEMBER, since=D("2024"), source="practice", by=protocol)


def test_an_observer_becomes_a_member_on_one_day(source, protocol):
    party = state("qv", "Sahrane", since=dt.date(2010, 5, 1), capacity="observer")
    acts.change_capacity(
        party=party, capacity=Capacity.MEMBER, since=D("2014-05-20"), source="practice", by=protocol
    )
    assert queries.capacity_on(party, dt.date(2014, 5, 19)).capacity == "observer"
    assert queries.capacity_on(party, dt.date(2014, 5, 20)).capacity == "member"
    with pytest.raises(SameCapacity):
        acts.change_capacity(party=party, capacity=Capacity.MEMBER, since=D("2020"), source="practice", by=protocol)


def test_a_state_that_withdrew_stays_in_the_views_of_its_time(states, protocol):
    acts.withdraw(party=states["xa"], until=D("2020-01-01"), source="practice", by=protocol)
    assert queries.is_member(states["xa"], dt.date(2019, 12, 31))
    assert not queries.is_member(states["xa"], dt.date(2020, 1, 1))
    with pytest.raises(DoesNotBelong):
        acts.withdraw(party=states["xa"], until=D("2021-01-01"), source="practice", by=protocol)


def test_it_may_come_back_but_not_before_it_left(states, protocol):
    acts.withdraw(party=states["xa"], until=D("2020-01-01"), source="practice", by=protocol)
    with pytest.raises(AlreadyBelongs):
        acts.admit(
            party=states["xa"], capacity=Capacity.MEMBER, since=D("2019-06-01"), source="practice", by=protocol
        )
    acts.admit(party=states["xa"], capacity=Capacity.MEMBER, since=D("2022-01-01"), source="practice", by=protocol)
    assert [m.ref for m in states["xa"].memberships.order_by("since")] == ["xa-member", "xa-member-2"]


def test_the_database_itself_refuses_two_capacities_at_once(states):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            ref="again", party=states["xp"], capacity="observer", since=dt.date(2015, 1, 1), source="practice"
        )


def test_a_name_changes_in_time(states, protocol):
    acts.rename(
        party=states["xp"], form=Form.SHORT, name=LocalizedText({"en": "New Maravel"}), since=D("2022-06-01"),
        source="practice", by=protocol,
    )  # fmt: skip
    assert str(queries.naming(dt.date(2022, 5, 31))["xp"]) == "Maravel"
    assert str(queries.naming(dt.date(2022, 6, 1))["xp"]) == "New Maravel"
    with pytest.raises(NameExists):
        acts.rename(
            party=states["xp"], form=Form.SHORT, name=LocalizedText({"en": "Older"}), since=D("2021-01-01"),
            source="practice", by=protocol,
        )  # fmt: skip
    assert PartyName.objects.filter(party="xp").count() == 2


def test_a_working_translation_is_confirmed(states, protocol):
    name = PartyName.objects.create(
        ref="xp-ru-short", party=states["xp"], language="ru", form="short", text="Маравел", status="working",
        source="practice",
    )  # fmt: skip
    acts.confirm_name(name=name, by=protocol)
    assert "ru" not in queries.naming(dt.date(2024, 1, 1))["xp"].working


def test_a_post_has_one_holder_at_a_time(states, protocol):
    post = acts.establish_post(
        kind=PostKind.HEAD, name=LocalizedText({"en": "Secretary General"}), since=D("2006"), source="practice",
        by=protocol,
    )  # fmt: skip
    ann = LocalizedText({"en": "Ann Alder"})
    acts.appoint(post=post, name=ann, party=states["xa"], since=D("2020-09-24"), source="practice", by=protocol)
    bob = LocalizedText({"en": "Bob Birch"})
    with pytest.raises(PostIsHeld, match="Ann Alder"):
        acts.appoint(post=post, name=bob, since=D("2021-01-01"), source="practice", by=protocol)
    with pytest.raises(EndsBeforeItBegins):
        acts.leave_post(post=post, until=D("2019-01-01"), source="practice", by=protocol)
    acts.leave_post(post=post, until=D("2024-09-24"), source="practice", by=protocol)
    acts.appoint(post=post, name=bob, since=D("2024-09-24"), source="practice", by=protocol)
    (held,) = queries.posts_on(dt.date(2024, 9, 24))
    assert [str(one.person.name) for one in held[1]] == ["Bob Birch"]


def test_nobody_leaves_an_empty_post(source, protocol):
    post = acts.establish_post(
        kind=PostKind.OTHER, name=LocalizedText({"en": "Adviser"}), since=D("2006"), source="practice", by=protocol
    )
    with pytest.raises(NotInPost):
        acts.leave_post(post=post, until=D("2024"), source="practice", by=protocol)


def test_a_new_focal_point_ends_the_one_before(states, protocol):
    for year, office in (("2020", "Embassy"), ("2023", "Mission")):
        acts.accredit_focal_point(
            party=states["xp"], office=LocalizedText({"en": office}), since=D(f"{year}-01-01"), source="practice",
            by=protocol,
        )  # fmt: skip
    assert [str(point.ended or "") for point in states["xp"].focal_points.order_by("since")] == ["2023-01-01", ""]


@pytest.mark.parametrize(
    ("grants", "second_factor", "refusal"),
    [
        ([], True, NotAllowed),
        ([("delegate", "xp")], True, NotAllowed),
        ([("officer", "press")], True, NotAllowed),
        ([("auditor", "")], True, NotAllowed),
        ([("officer", "protocol")], False, SecondFactorMissing),
    ],
)
def test_only_protocol_with_a_second_factor_may_admit(states, grants, second_factor, refusal):
    person = account("Somebody Else", *grants, second_factor=second_factor)
    orlend = state("qo", "Orlend", since=None)
    with pytest.raises(refusal):
        acts.admit(party=orlend, capacity=Capacity.MEMBER, since=D("2024"), source="practice", by=person)
    assert Membership.objects.filter(party="qo").count() == 0
    assert Entry.objects.count() == 0


def test_what_is_longer_than_the_record_keeps_is_refused(states, protocol):
    long = LocalizedText({"en": "A" * 201})
    with pytest.raises(TooLong, match="201 characters; the record keeps 200"):
        acts.rename(party=states["xp"], form=Form.FORMAL, name=long, since=None, source="practice", by=protocol)
    with pytest.raises(TooLong):
        acts.register(ref="qo", kind=Kind.STATE, name=long, source="practice", by=protocol)
    assert Entry.objects.count() == 0


def test_references_stay_as_short_as_a_reference_may_be(states, protocol):
    name = LocalizedText({"en": "Deputy Executive Director of the Secretariat for Everything under the Sun"})
    post = acts.establish_post(kind=PostKind.OTHER, name=name, since=D("2020"), source="practice", by=protocol)
    who = LocalizedText({"en": "Somebody With a Very Long Name Indeed the Younger of the Two Brothers"})
    for since, until in (("2020", "2021"), ("2021", "2022")):
        person = Person.objects.first()
        made = acts.appoint(post=post, person=person, name=who, since=D(since), source="practice", by=protocol)
        acts.leave_post(post=post, until=D(until), source="practice", by=protocol)
        assert refs.check(made.ref) == made.ref


def test_a_third_name_follows_the_second_also_where_the_first_began_before_memory(states, protocol):
    for number, since in enumerate((None, "2010", "2020")):
        name = LocalizedText({"en": f"Republic {number}"})
        day = D(since) if since else None
        acts.rename(party=states["xp"], form=Form.FORMAL, name=name, since=day, source="practice", by=protocol)
    names = PartyName.objects.filter(party="xp", form="formal").order_by(BY_TIME)
    assert [(one.text, one.until and one.until.year) for one in names] == [
        ("Republic 0", 2010), ("Republic 1", 2020), ("Republic 2", None),
    ]  # fmt: skip


def test_a_name_is_confirmed_as_it_is_now(states, protocol):
    seen = PartyName.objects.get(ref="xp-en-short")
    PartyName.objects.filter(ref=seen.ref).update(text="Maravel and Isles", status="working")
    acts.confirm_name(name=seen, by=protocol)
    assert last()["facts"][0]["row"]["text"] == "Maravel and Isles"
