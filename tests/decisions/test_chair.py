"""Candidatures for the chair, and the file with which it is handed over."""

import datetime as dt

import pytest
from django.urls import reverse

from chancery.bodies.models import ChairTerm
from chancery.bodies.rules import NoChair
from chancery.core.refusals import NotAllowed
from chancery.decisions.acts import candidature as candidatures
from chancery.decisions.acts import handover as acts
from chancery.decisions.acts import silence
from chancery.decisions.models import Silence
from chancery.decisions.queries import candidature as queries
from chancery.decisions.rules import Verb
from chancery.decisions.rules.candidature import AlreadyACandidate, CandidatureOver, OnlyMembersChair, Term
from chancery.decisions.rules.handover import AlreadySigned, Hand, ToOneself, is_complete
from chancery.decisions.rules.silence import Shape
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from chancery.people import policy
from tests.cast import account
from tests.decisions import texts

DAY = dt.date(2024, 12, 2)


@pytest.fixture
def maravel(states):
    return texts.voice("xp")


@pytest.fixture
def in_chair(states):
    return ChairTerm.objects.create(ref="xm-2020", party=states["xm"], since=dt.date(2020, 9, 24), source="practice")


def declared(by, party, term=Term.NEXT):
    return candidatures.declare(party=party, term=term, declared=DAY, letter="MFA/12", by=by)


# ------------------------------------------------------------------------------------------------ candidatures
def test_a_member_declares_and_the_members_are_informed(states, maravel):
    aldora = texts.voice("xa")
    made = declared(maravel, states["xp"])
    assert [one.progress for one in queries.candidates(maravel)] == ["declared"]
    assert Notice.objects.filter(account=aldora, event="candidature-declared").count() == 1
    assert not Entry.objects.get(act="decisions.declare-candidature").is_public
    assert made.letter == "MFA/12"


def test_for_either_of_the_next_two_terms_once(states, maravel):
    declared(maravel, states["xp"])
    declared(maravel, states["xp"], Term.AFTER_NEXT)
    with pytest.raises(AlreadyACandidate, match="Maravel"):
        declared(maravel, states["xp"])


def test_observers_do_not_chair_and_nobody_declares_for_another(states, maravel, protocol):
    observer = texts.observer()
    with pytest.raises(OnlyMembersChair, match="Orlend"):
        declared(protocol, observer)
    with pytest.raises(NotAllowed):
        declared(maravel, states["xa"])


def test_it_is_recommended_by_silence_and_may_be_withdrawn_before(states, maravel, documents):
    made = declared(maravel, states["xp"])
    version = texts.version()
    candidatures.put_forward(candidature=made, document=version.document, by=documents)
    proposed = silence.propose(
        version=version, body=texts.body("soc"), shape=Shape.REGULATION, verb=Verb.RECOMMEND, basis="Rule 14.1.4",
        expires=dt.datetime(2099, 12, 17, 12, tzinfo=dt.UTC), by=documents,
    )  # fmt: skip
    assert [one.progress for one in queries.candidates(maravel)] == ["under-silence"]
    over = dt.datetime(2024, 12, 2, tzinfo=dt.UTC)
    Silence.objects.update(opens=over - dt.timedelta(days=1), expires=over)
    silence.close(ref=proposed.ref, by=policy.CLOCK)
    (found,) = queries.candidates(maravel)
    assert (found.progress, found.decisions[0].verb) == ("recommended", "recommend")
    candidatures.withdraw_candidature(candidature=made, by=maravel)
    with pytest.raises(CandidatureOver):
        candidatures.withdraw_candidature(candidature=made, by=maravel)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(client, states, maravel, rows, django_assert_num_queries):
    for party in ("xp", "xa", "xb")[:rows]:
        declared(maravel if party == "xp" else texts.voice(party), states[party])
    client.force_login(maravel)
    client.get(reverse("candidatures"))
    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("candidatures"))
    assert page.content.decode().count('class="t"') == rows


QUERIES = 13


def test_a_delegate_declares_on_the_page(client, states, maravel):
    client.force_login(maravel)
    page = client.get(reverse("candidature-declaration")).content.decode()
    assert "Maravel" in page
    assert "Aldora" not in page
    sent = {"party": "xp", "term": "next", "declared": "2 December 2024", "letter": ""}
    assert client.post(reverse("candidature-declaration"), sent).status_code == 302
    again = client.post(reverse("candidature-declaration"), sent)
    assert again.status_code == 409
    assert "already" in again.content.decode()
    assert client.post(reverse("candidature-declaration"), {**sent, "party": "xa"}).status_code == 422


# ------------------------------------------------------------------------------------------------ handover
def test_the_file_holds_what_is_open_and_three_countersign(states, in_chair, protocol, maravel):
    texts.version(texts.document(route="statement"))
    file = acts.draw_up(incoming=states["xp"], by=protocol)
    assert [one["symbol"] for one in file.content["texts"]] == ["PRA/SOC/2024/L.1"]
    jorvania = texts.voice("xm")
    for hand, by in ((Hand.OUTGOING, jorvania), (Hand.INCOMING, maravel), (Hand.SECRETARIAT, protocol)):
        assert not is_complete(file.signatures.values_list("capacity", flat=True))
        acts.countersign(handover=file, hand=hand, by=by)
    assert is_complete(file.signatures.values_list("capacity", flat=True))
    with pytest.raises(AlreadySigned, match="Voice of xp"):
        acts.countersign(handover=file, hand=Hand.INCOMING, by=maravel)


def test_nobody_signs_for_another_side(states, in_chair, protocol, maravel):
    file = acts.draw_up(incoming=states["xp"], by=protocol)
    for hand, by in ((Hand.OUTGOING, maravel), (Hand.SECRETARIAT, maravel), (Hand.INCOMING, protocol)):
        with pytest.raises(NotAllowed):
            acts.countersign(handover=file, hand=hand, by=by)


def test_a_chair_hands_over_to_another_state(states, in_chair, protocol):
    with pytest.raises(ToOneself, match="Jorvania"):
        acts.draw_up(incoming=states["xm"], by=protocol)


def test_without_a_chair_nothing_is_handed_over(states, protocol):
    with pytest.raises(NoChair):
        acts.draw_up(incoming=states["xp"], by=protocol)


def test_the_two_states_see_the_file_and_others_do_not(client, states, in_chair, protocol, maravel):
    texts.version()
    file = acts.draw_up(incoming=states["xp"], by=protocol)
    address = reverse("handover", args=[file.ref])
    for person, status in ((maravel, 200), (texts.voice("xm"), 200), (texts.voice("xa"), 404), (protocol, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert client.get(reverse("handovers")).content.decode().count('class="t"') == (status == 200)


def test_a_delegate_countersigns_on_the_page(client, states, in_chair, protocol, maravel):
    file = acts.draw_up(incoming=states["xp"], by=protocol)
    client.force_login(maravel)
    assert client.get(reverse("handover-signature", args=[file.ref])).status_code == 200
    assert client.post(reverse("handover-signature", args=[file.ref]), {"hand": "incoming"}).status_code == 302
    assert [one.name for one in file.signatures.all()] == ["Voice of xp"]
    assert client.post(reverse("handover-signature", args=[file.ref]), {"hand": "outgoing"}).status_code in (403, 422)
    stranger = account("Stranger", ("delegate", "xa"))
    client.force_login(stranger)
    assert client.post(reverse("handover-signature", args=[file.ref]), {"hand": "incoming"}).status_code == 404
