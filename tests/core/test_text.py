"""Localized text, money and references."""

from decimal import Decimal

import pytest
from django.utils import translation

from chancery.core.dates import Day
from chancery.core.money import CurrenciesDiffer, Money, UnclearAmount
from chancery.core.refs import check, short, slug
from chancery.core.refusals import Refusal, UnclearRef, sentence
from chancery.core.templatetags.chancery import day_words, text
from chancery.core.text import LocalizedText

BOTH = LocalizedText({"en": "Summit", "ru": "Саммит"}, frozenset({"ru"}))


def test_a_text_in_the_language_asked_for_and_its_marks():
    assert BOTH.wording("en").text == "Summit"
    assert BOTH.wording("ru").working
    fallback = BOTH.wording("ar")
    assert (fallback.text, fallback.language, fallback.fallback) == ("Summit", "en", True)
    assert not LocalizedText({})
    assert LocalizedText.of(BOTH.kept()) == BOTH


def test_a_page_isolates_and_escapes_texts():
    evil = LocalizedText({"en": "<script>alert(1)</script>\u202e"})
    with translation.override("en"):
        shown = text(evil)
    assert "<script>" not in shown
    assert shown.startswith("<bdi>")
    assert shown.endswith("</bdi>")


def test_a_fallback_says_its_language_and_a_working_translation_says_so():
    with translation.override("ar"):
        assert 'lang="en" dir="ltr"' in text(BOTH)
    with translation.override("ru"):
        assert 'class="working"' in text(BOTH)


@pytest.mark.parametrize(
    ("day", "words"),
    [("2024-12-17", "17 December 2024"), ("2024-Q4", "Q4 2024"), ("2011", "during 2011"),
     ("by 2002-06-04", "by 4 June 2002"), ("2024-12", "December 2024")],
)  # fmt: skip
def test_days_in_words(day, words):
    with translation.override("en"):
        assert day_words(Day.parse(day)) == words


def test_money_is_exact_and_knows_its_currency():
    assert str(Money.parse("10000 USD") + Money.parse("0.10 USD")) == "10000.10 USD"
    assert Money.parse("0.105 USD").amount == Decimal("0.10")
    with pytest.raises(CurrenciesDiffer):
        Money.parse("1 USD") + Money.parse("1 EUR")
    for bad in ("ten USD", "1", "NaN USD", "1 usd", "Infinity USD"):
        with pytest.raises(UnclearAmount):
            Money.parse(bad)


def test_references():
    assert check("mc-7") == "mc-7"
    for bad in ("", "MC-7", "a b", "-a", "a/b", "é"):
        with pytest.raises(UnclearRef):
            check(bad)
    assert slug("Seventh Meeting of the Council!") == "seventh-meeting-of-the-council"
    assert check(slug("Совет"))  # nothing in Latin letters: a random one
    assert len({short() for _ in range(100)}) == 100


class Sample(Refusal):
    sentence = sentence("{party} is not possible on {day}.")


def test_a_refusal_tells_its_values_in_words():
    refusal = Sample(party="Maravel", day=Day.parse("2024-12-17"))
    assert refusal.code == "Sample"
    with translation.override("en"):
        assert refusal.text() == "Maravel is not possible on 17 December 2024."
