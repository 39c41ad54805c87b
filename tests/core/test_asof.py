"""What `?on=` understands."""

import datetime as dt

import pytest

from chancery.core.asof import understand
from chancery.core.refusals import UnclearDay

LANGUAGES = ("en", "ru", "ar")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 December 2024", "2024-12-31"),
        ("December 31, 2024", "2024-12-31"),
        ("31 dec 2024", "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("31/12/2024", "2024-12-31"),
        ("2024-12-31", "2024-12-31"),
        ("2024 12 31", "2024-12-31"),
        ("31 декабря 2024", "2024-12-31"),
        ("31 декабря 2024 г.", "2024-12-31"),
        ("31 ديسمبر 2024", "2024-12-31"),
        ("February 2024", "2024-02-29"),
        ("02.2024", "2024-02-29"),
        ("2011", "2011-12-31"),
    ],
)
def test_days_as_people_write_them(text, day):
    assert understand(text, LANGUAGES) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("word", ["today", "Сегодня"])
def test_today(word):
    assert isinstance(understand(word, LANGUAGES), dt.date)


@pytest.mark.parametrize(
    "text", ["nonsense", "31 February 2024", "0", "year 0", "99.99.2024", "1 2 3 4", "may june 2024", "9999", "12", "²"]
)
def test_nonsense_is_refused(text):
    with pytest.raises(UnclearDay):
        understand(text, LANGUAGES)
