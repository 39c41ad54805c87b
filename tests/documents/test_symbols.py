"""Symbols of documents: made by the charter's pattern, and what is amiss among those given."""

import time

import pytest

from chancery.documents.rules.symbols import MOST_MISSING, Gap, VersionKind, addendum, duplicates, gaps, suffix, symbol

PATTERN = "{organisation}/{body}/{session}/{series}.{number}"


@pytest.mark.parametrize(
    ("body", "session", "series", "number", "expected"),
    [
        ("mc", "7", "DOC", 3, "PRA/MC/7/DOC.3"),
        ("swg", "2025", "CRP", 12, "PRA/SWG/2025/CRP.12"),  # between sessions
    ],
)
def test_a_symbol(body, session, series, number, expected):
    found = symbol(PATTERN, organisation="PRA", body=body, session=session, series=series, number=number)
    assert found == expected


def test_a_pattern_needs_not_name_everything():
    assert symbol("{organisation} {number}", organisation="A", body="b", session="1", series="DOC", number=2) == "A 2"


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [(VersionKind.ORIGINAL, None, ""), (VersionKind.REVISION, 2, "Rev.2"), (VersionKind.CORRIGENDUM, 1, "Corr.1")],
)
def test_what_a_version_adds(kind, number, expected):
    assert suffix(kind, number) == expected


def test_an_addendum_is_part_of_its_document():
    assert addendum("PRA/MC/7/DOC.3", 1) == "PRA/MC/7/DOC.3/Add.1"


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        ([], []),
        (["PRA/MC/7/DOC.1", "PRA/MC/7/DOC.2"], []),
        (["PRA/MC/7/DOC.1", "PRA/MC/7/DOC.4"], [Gap("PRA/MC/7/DOC.", (2, 3))]),
        (["PRA/MC/7/DOC.2"], [Gap("PRA/MC/7/DOC.", (1,))]),
        (["PRA/MC/7/DOC.1", "PRA/MC/8/DOC.2", "PRA/MC/7/INF.1"], [Gap("PRA/MC/8/DOC.", (1,))]),  # each series alone
        (["PRA/MC/7/DOC.1/Add.2"], [Gap("PRA/MC/7/DOC.1/Add.", (1,))]),
        (["Final document"], []),
    ],
)
def test_numbers_left_out(symbols, expected):
    assert gaps(symbols) == expected


def test_a_number_out_of_all_proportion_does_not_fill_the_memory():
    began = time.process_time()
    [gap] = gaps(["PRA/MC/7/DOC.2147483647"])
    assert gap.missing == tuple(range(1, MOST_MISSING + 1))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("PRA/MC/7/DOC.3", "PRA/MC/7/DOC.03", True),
        ("PRA/MC/7/DOC.3", "pra/mc/7/doc. 3", True),
        ("PRA/MC/7/DOC.3", "PRA/MC/7/DOC.30", False),
        ("PRA/MC/7/DOC.10", "PRA/MC/7/DOC.100", False),  # a nought within a number counts
        ("PRA/MC/7/DOC.15", "PRA/MC/7/DOC.105", False),
        ("", "", False),  # without symbol
    ],
)
def test_symbols_that_look_alike(one, other, alike):
    assert [refs for _, refs in duplicates({"a": one, "b": other})] == ([["a", "b"]] if alike else [])
