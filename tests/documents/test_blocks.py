"""A text is a list of blocks: what they are called, what a text needs, and how it is identified."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.documents.rules.blocks import (
    LONGEST,
    MOST,
    Block,
    BlockKind,
    BlockTooLong,
    BlockTwice,
    EmptyText,
    NoTitle,
    TooManyBlocks,
    check,
    digest,
    keep,
    new_ids,
    numbers,
    read,
    text_digest,
)  # fmt: skip

KINDS = {
    "T": BlockKind.TITLE, "H": BlockKind.HEADING, "P": BlockKind.PREAMBULAR, "O": BlockKind.OPERATIVE,
    "p": BlockKind.PARAGRAPH, "A": BlockKind.ANNEX, "t": BlockKind.TABLE,
}  # fmt: skip


def text(kinds: str) -> list[Block]:
    return [Block(f"b{place}", KINDS[one], f"words {place}") for place, one in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("T", []),
        ("THPPO", ["PP1", "PP2", "1"]),
        ("TOHOHO", ["1", "2", "3"]),  # headings interrupt no count
        ("TPOpt", ["PP1", "1", "2", "3"]),
        ("TOO" "APO", ["1", "2", "I", "I.PP1", "I.1"]),  # an annex begins anew
        ("TO" "AO" "AOO", ["1", "I", "I.1", "II", "II.1", "II.2"]),
    ],
)  # fmt: skip
def test_what_paragraphs_are_called(kinds, expected):
    assert list(numbers(text(kinds)).values()) == expected


@pytest.mark.parametrize(("annex", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")])
def test_annexes_are_counted_in_roman_numbers(annex, roman):
    assert list(numbers(text("T" + "A" * annex)).values())[-1] == roman


@pytest.mark.parametrize(
    ("blocks", "refusal"),
    [
        ([], EmptyText),
        ([Block("b1", BlockKind.TITLE, "  ")], EmptyText),
        ([Block("b1", BlockKind.OPERATIVE, "Decides")], NoTitle),
        ([Block("b1", BlockKind.TITLE, "T"), Block("b1", BlockKind.OPERATIVE, "D")], BlockTwice),
        ([Block("b1", BlockKind.TITLE, "T"), Block("b2", BlockKind.OPERATIVE, "x" * (LONGEST + 1))], BlockTooLong),
        (text("T" + "O" * MOST), TooManyBlocks),
    ],
)
def test_what_is_no_text(blocks, refusal):
    with pytest.raises(refusal):
        check(blocks)


def test_what_is_just_a_text():
    check(text("T" + "O" * (MOST - 1)))
    check([Block("b1", BlockKind.TITLE, "x" * LONGEST)])


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Year | Sum\n2025 | 10", [["Year", "Sum"], ["2025", "10"]]),
        ("2025 |", [["2025", ""]]),  # an empty cell at the end or the beginning, blanks trimmed
        ("| 10", [["", "10"]]),
        (" |  | ", [["", "", ""]]),
        ("a|b | c", [["a|b", "c"]]),  # a sign within words
        ("one column\n\nof two rows", [["one column"], ["of two rows"]]),
    ],
)
def test_the_cells_of_a_table(words, rows):
    assert Block("b1", BlockKind.TABLE, words).rows == rows


@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=30).map("".join))
def test_no_two_paragraphs_are_called_alike(kinds):
    found = numbers(text(kinds))
    assert len(set(found.values())) == len(found)
    assert set(found) == {one.id for one in text(kinds) if one.kind not in (BlockKind.TITLE, BlockKind.HEADING)}


@given(st.lists(st.builds(Block, st.text(), st.sampled_from(BlockKind), st.text()), max_size=6))
def test_a_text_is_read_as_it_was_kept(blocks):
    assert read(keep(blocks)) == blocks


def test_ids_are_never_given_again():
    assert list(islice(new_ids(["b1", "b12", "x99", "b3"]), 2)) == ["b13", "b14"]
    assert next(new_ids([])) == "b1"


def test_the_digest_depends_on_every_word_their_order_and_the_language():
    one = [Block("b1", BlockKind.TITLE, "T"), Block("b2", BlockKind.OPERATIVE, "Decides")]
    others = [
        [Block("b1", BlockKind.TITLE, "T"), Block("b2", BlockKind.OPERATIVE, "decides")],
        [Block("b1", BlockKind.TITLE, "T"), Block("b2", BlockKind.PREAMBULAR, "Decides")],
        [Block("b1", BlockKind.TITLE, "T"), Block("b3", BlockKind.OPERATIVE, "Decides")],
        one[::-1], one[:1],
    ]  # fmt: skip
    digests = {digest(one, "en"), digest(one, "ru"), *(digest(other, "en") for other in others)}
    assert len(digests) == 2 + len(others)
    # what anybody can compute: SHA-256 of the canonical JSON
    assert digest([Block("b1", BlockKind.TITLE, "é")], "en") == digest([Block("b1", BlockKind.TITLE, "e\u0301")], "en")
    assert text_digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
