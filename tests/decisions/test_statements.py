"""Interpretative statements and reservations: attached for ever, by members, in words."""

import pytest

from chancery.core.refusals import NotAllowed
from chancery.core.text import LocalizedText
from chancery.decisions.acts import register
from chancery.decisions.acts import statements as acts
from chancery.decisions.models import Statement
from chancery.decisions.rules.register import NotAMemberSpeaks, StatementKind, WordsOfStatementMissing
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from tests.cast import account, decided, state
from tests.decisions import texts
from tests.decisions.test_register import _day, adopted  # noqa: F401

pytestmark = pytest.mark.django_db
WORDS = LocalizedText({"en": "We read it with the Declaration.", "ru": "Мы читаем это вместе с Декларацией."})


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


def attach(decision, parties, by, *, text=WORDS, kind=StatementKind.INTERPRETATIVE) -> Statement:
    return acts.attach(decision=decision, kind=kind, parties=parties, text=text, by=by)


def test_a_statement_is_attached_after_the_decision(states, chair, documents):
    texts.voice("xm")
    made = adopted(chair)
    register.publish(decision=made, by=documents)
    one = attach(made, [states["xa"], states["xb"]], chair)
    two = attach(made, [states["xp"]], documents, kind=StatementKind.RESERVATION)
    assert [(s.parties, s.kind, s.position) for s in (one, two)] == [
        ("xa xb", "interpretative", 1), ("xp", "reservation", 2),
    ]  # fmt: skip
    told = decided(Entry.objects.order_by("-seq")[1])
    assert (told["act"], told["by"]) == ("decisions.attach-statement", "chair")
    assert told["facts"][0]["row"]["text.ru"] == WORDS.texts["ru"]
    assert Notice.objects.filter(event="statement-attached", account__name="Voice of xm").count() == 2


@pytest.mark.parametrize(
    ("parties", "text", "refusal"),
    [
        (["qo"], WORDS, NotAMemberSpeaks),
        (["xa", "qo"], WORDS, NotAMemberSpeaks),
        ([], WORDS, WordsOfStatementMissing),
        (["xa"], LocalizedText(), WordsOfStatementMissing),
    ],
)
def test_what_is_not_attached(states, chair, parties, text, refusal):
    known = {**states, "qo": state("qo", "Orlend", capacity="observer")}
    made = adopted(chair)
    entries = Entry.objects.count()
    with pytest.raises(refusal):
        attach(made, [known[one] for one in parties], chair, text=text)
    assert (Statement.objects.count(), Entry.objects.count()) == (0, entries)


@pytest.mark.parametrize("who", ["delegate", "press"])
def test_who_does_not_attach(request, states, chair, who):
    with pytest.raises(NotAllowed):
        attach(adopted(chair), [states["xp"]], request.getfixturevalue(who))


def test_the_form_takes_a_joint_statement(client, states, chair):
    made = adopted(chair)
    client.force_login(chair)
    url = f"/en/secretariat/decisions/{made.ref}/statement/"
    typed = {"kind": "reservation", "parties": "XA xb", "text_en": "Not for our ports."}
    assert client.post(url, typed)["Location"] == f"/en/decisions/{made.ref}/"
    assert Statement.objects.get().parties == "xa xb"
    wrong = client.post(url, {**typed, "parties": ""})
    assert wrong.status_code == 422
    assert "Not for our ports." in wrong.content.decode()
