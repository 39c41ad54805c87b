"""Two texts beside each other, word by word, in any script."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.comparison import (
    PATIENCE,
    Change,
    SpanKind,
    compare,
    recognise,
    spans,
    tokens,
)  # fmt: skip

TITLE, PREAMBULAR, OPERATIVE = BlockKind.TITLE, BlockKind.PREAMBULAR, BlockKind.OPERATIVE


def redline(old: str, new: str) -> str:
    """As one would mark it on paper: [-gone-] and {+come+}."""
    signs = {SpanKind.EQUAL: "{}", SpanKind.DELETE: "[-{}-]", SpanKind.INSERT: "{{+{}+}}"}
    return "".join(signs[one.kind].format(one.text) for one in spans(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # whole words, never parts of them
        ("Decides to meet annually", "Decides to meet", "Decides to meet[- annually-]"),
        ("the Member State", "the Member States", "the Member [-State-]{+States+}"),
        ("Invites States to report", "Invites all States to report", "Invites {+all +}States to report"),
        ("a budget of 1,000,000", "a budget of 1,500,000", "a budget of [-1,000,000-]{+1,500,000+}"),
        ("peace, security", "peace and security", "peace[-,-]{+ and+} security"),
        # nothing becomes something
        ("", "Decides", "{+Decides+}"),
        ("Decides", "", "[-Decides-]"),
        ("Decides", "Decides", "Decides"),
        ("", "", ""),
        # Russian
        ("постановляет созвать", "постановляет вновь созвать", "постановляет {+вновь +}созвать"),
        ("государства-члены", "государства-участники", "государства-[-члены-]{+участники+}"),
        # Arabic, with and without vowels
        ("تقرر الدول الأعضاء", "تقرر جميع الدول الأعضاء", "تقرر {+جميع +}الدول الأعضاء"),
        ("السَّلام", "السلام", "[-السَّلام-]{+السلام+}"),
        # Chinese and Japanese: a character is a word
        ("各成员国决定召开会议", "各成员国决定再召开会议", "各成员国决定{+再+}召开会议"),
        ("会議を開く", "会議を閉じる", "会議を[-開く-]{+閉じる+}"),
        # a letter is not torn from its accent, nor an emoji apart
        ("cafe\u0301", "cafe", "[-cafe\u0301-]{+cafe+}"),
        ("👩‍👩‍👧 ok", "👩‍👩‍👦 ok", "[-👩‍👩‍👧-]{+👩‍👩‍👦+} ok"),
        ("🇰🇿🇶🇦", "🇰🇿🇹🇷", "🇰🇿[-🇶🇦-]{+🇹🇷+}"),
        # what was rewritten is shown as replaced, not as a mosaic of small words
        (
            "Recalling the outcome of the first session of the Council",
            "Welcomes with appreciation the generous offer of Jorvania to host it",
            "[-Recalling the outcome of the first session of the Council-]"
            "{+Welcomes with appreciation the generous offer of Jorvania to host it+}",
        ),
        # the rows of a table
        ("Year | Sum\n2025 | 10", "Year | Sum\n2025 | 12", "Year | Sum\n2025 | [-10-]{+12+}"),
    ],
)
def test_the_redline_of_a_paragraph(old, new, expected):
    assert redline(old, new) == expected


def without(kind: SpanKind, found) -> str:
    return "".join(one.text for one in found if one.kind is not kind)


SOME = ["the", " ", "States", "état", ",", "\n", "会", "议", "и", "١٢"]
WORDS = st.lists(st.sampled_from(SOME), max_size=60).map("".join)
STRANGE = st.text(
    st.one_of(
        st.characters(),  # any character but halves of pairs
        st.sampled_from("\u0301\u0308\u200b\u200d\u200e\u200f\u202e\u2067\u2069\ufeff\u064e\ufe0f"),
        st.sampled_from("🏽👩🇰🇿 \u00a0\r\n\t\x00"),
        st.characters(categories=["Cs"]),  # halves of pairs
        st.characters(min_codepoint=0xE000, max_codepoint=0xE010),  # where the comparison keeps its own signs
        st.characters(min_codepoint=0x20000, max_codepoint=0x20010),
        st.characters(min_codepoint=0xF0000, max_codepoint=0xF0010),
    ),
    max_size=80,
)


@settings(deadline=None)
@given(st.one_of(WORDS, STRANGE), st.one_of(WORDS, STRANGE))
def test_nothing_is_lost_and_nothing_invented(old, new):
    found = spans(old, new)
    assert without(SpanKind.INSERT, found) == old
    assert without(SpanKind.DELETE, found) == new
    assert all(one.text for one in found)
    assert all(one.kind is not other.kind for one, other in zip(found, found[1:], strict=False))


@settings(deadline=None)
@given(STRANGE)
def test_tokens_are_the_text(text):
    assert "".join(tokens(text)) == text
    assert spans(text, text) == ([] if not text else spans(text, text)[:1])


def test_ten_thousand_characters_that_nobody_sees():
    invisible = "\u200b" * 10_000
    found = spans("The States" + invisible, "The" + invisible + " States")
    assert without(SpanKind.INSERT, found) == "The States" + invisible
    assert without(SpanKind.DELETE, found) == "The" + invisible + " States"


def test_long_unlike_texts_take_no_longer_than_patience_and_are_the_same_each_time():
    chance = 12_345
    letters = []
    for _ in range(40_000):
        chance = chance * 1_103_515_245 % 2**31
        letters.append(chr(0x4E00 + chance % 900))
    old, new = "".join(letters[:20_000]), "".join(letters[20_000:])
    began = time.process_time()
    first = spans(old, new)
    assert time.process_time() - began < 10  # a second or so; hours without a bound
    assert without(SpanKind.INSERT, first) == old
    assert without(SpanKind.DELETE, first) == new
    assert spans(old, new) == first


def test_a_rewritten_paragraph_does_not_cost_the_next_one_its_redline(monkeypatch):
    monkeypatch.setattr("chancery.documents.rules.comparison.PATIENCE", PATIENCE // 200)
    rewritten = ("one two " * 300, "two one three " * 200)
    touched = ("The States meet every year in the capital of the host", "The States meet every month in the capital")
    rows = compare(
        [Block("b1", OPERATIVE, rewritten[0]), Block("b2", OPERATIVE, touched[0])],
        [Block("b1", OPERATIVE, rewritten[1]), Block("b2", OPERATIVE, touched[1])],
    )
    assert [one.kind for one in rows[0].spans].count(SpanKind.EQUAL) <= 2  # given up
    assert list(rows[1].spans) == spans(*touched)


# ---------------------------------------------------------------- versions
def text(lines: str) -> list[Block]:
    """`b3 Decides …; …`: operative paragraphs; the first is the title."""
    found = [line.partition(" ") for line in lines.split("; ") if line]
    return [Block(id, TITLE if place == 0 else OPERATIVE, words) for place, (id, _, words) in enumerate(found)]


def told(old: list[Block], new: list[Block]) -> list[str]:
    def place(one):
        return (one.number or str(one.position)) if one else "–"

    return [f"{row.id} {row.change} {place(row.old)} {place(row.new)}" for row in compare(old, new)]


BEFORE = text("b1 Statement; b2 Welcomes the report; b3 Decides to meet; b4 Invites observers; b5 Thanks the host")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, ["b1 same 1 1", "b2 same 1 1", "b3 same 2 2", "b4 same 3 3", "b5 same 4 4"]),
        (
            text("b1 Statement; b2 Welcomes the report; b3 Decides to gather; b4 Invites observers"),
            ["b1 same 1 1", "b2 same 1 1", "b3 changed 2 2", "b4 same 3 3", "b5 removed 4 –"],
        ),
        (  # one new: those after it have other numbers and are the same
            text(
                "b1 Statement; b6 Affirms; b2 Welcomes the report; b3 Decides to meet; b4 Invites observers; "
                "b5 Thanks the host"
            ),
            ["b1 same 1 1", "b6 added – 1", "b2 same 1 2", "b3 same 2 3", "b4 same 3 4", "b5 same 4 5"],
        ),
        (  # one moved to the end: the others stayed
            text("b1 Statement; b3 Decides to meet; b4 Invites observers; b5 Thanks the host; b2 Welcomes the report"),
            ["b1 same 1 1", "b3 same 2 1", "b4 same 3 2", "b5 same 4 3", "b2 moved 1 4"],
        ),
        (
            text("b1 Statement; b5 Thanks the hosts; b2 Welcomes the report; b3 Decides to meet; b4 Invites observers"),
            ["b1 same 1 1", "b5 moved-and-changed 4 1", "b2 same 1 2", "b3 same 2 3", "b4 same 3 4"],
        ),
        (  # what was removed stands where it was
            text("b1 Statement; b2 Welcomes the report; b5 Thanks the host"),
            ["b1 same 1 1", "b2 same 1 1", "b3 removed 2 –", "b4 removed 3 –", "b5 same 4 2"],
        ),
        ([], ["b1 removed 1 –", "b2 removed 1 –", "b3 removed 2 –", "b4 removed 3 –", "b5 removed 4 –"]),
    ],
)
def test_what_became_of_each_paragraph(after, expected):
    assert told(BEFORE, after) == expected


def test_without_common_ids_paragraphs_are_known_by_their_words():
    after = text("c1 Statement; c2 Welcomes the report; c3 Affirms its resolve; c4 Decides to meet again")
    assert told(BEFORE, after) == [
        "c1 same 1 1", "c2 same 1 1", "c3 added – 2", "c4 changed 2 3", "b4 removed 3 –", "b5 removed 4 –",
    ]  # fmt: skip


def test_a_paragraph_of_another_kind_is_changed_though_its_words_are_the_same():
    old, new = [Block("b1", PREAMBULAR, "Affirming")], [Block("b1", OPERATIVE, "Affirming")]
    [row] = compare(old, new)
    assert (row.change, row.old.number, row.new.number) == (Change.CHANGED, "PP1", "1")
    assert (row.old.kind, row.kind) == (PREAMBULAR, OPERATIVE)


VERSIONS = st.lists(
    st.builds(Block, st.sampled_from([f"b{n}" for n in range(9)]), st.sampled_from([PREAMBULAR, OPERATIVE]), WORDS),
    max_size=9, unique_by=lambda one: one.id,
)  # fmt: skip


@settings(deadline=None)
@given(VERSIONS, VERSIONS)
def test_both_versions_can_be_read_from_the_rows(old, new):
    rows = compare(old, new)
    now = [row for row in rows if row.new]
    was = sorted((row for row in rows if row.old), key=lambda row: row.old.position)
    assert [(row.id, row.kind, without(SpanKind.DELETE, row.spans)) for row in now] == [
        (one.id, one.kind, one.text) for one in new
    ]
    assert [without(SpanKind.INSERT, row.spans) for row in was] == [one.text for one in old]
    assert [row.new.position for row in now] == list(range(1, len(new) + 1))
    assert [row.old.position for row in was] == list(range(1, len(old) + 1))
    for row in rows:
        alike = row.change in (Change.SAME, Change.MOVED)
        assert not alike or all(one.kind is SpanKind.EQUAL for one in row.spans)
        assert (row.change is Change.ADDED) == (row.old is None)
        assert (row.change is Change.REMOVED) == (row.new is None)
    stayed = [row.old.position for row in now if row.change in (Change.SAME, Change.CHANGED)]
    assert stayed == sorted(stayed)  # who did not move kept the order


@settings(deadline=None)
@given(VERSIONS)
def test_a_text_beside_itself_is_the_same(text):
    assert {row.change for row in compare(text, text)} <= {Change.SAME}


# ---------------------------------------------------------------- known again
def test_a_text_read_anew_keeps_the_ids_of_what_it_continues():
    read = [
        Block("b1", TITLE, "Joint statement on water"),
        Block("b2", OPERATIVE, "Decides to meet every year in spring"),
        Block("b3", OPERATIVE, "Establishes a register of contacts"),
        Block("b4", OPERATIVE, "Welcomes the report"),
    ]
    known = [
        Block("b7", TITLE, "Statement"),
        Block("b3", OPERATIVE, "Welcomes the report"),
        Block("b9", OPERATIVE, "Decides to meet every year"),
    ]
    assert [one.id for one in recognise(known, read, used=["b12"])] == ["b7", "b9", "b13", "b3"]
    assert [(one.kind, one.text) for one in recognise(known, read)] == [(one.kind, one.text) for one in read]


@settings(deadline=None)
@given(VERSIONS, VERSIONS)
def test_recognised_ids_are_never_given_twice(known, read):
    found = [one.id for one in recognise(known, read, used=["b20"])]
    assert len(found) == len(set(found)) == len(read)
    assert all(id in {one.id for one in known} or int(id[1:]) > 20 for id in found)


@settings(deadline=None)
@given(VERSIONS)
def test_a_text_read_again_unchanged_keeps_every_id(text):
    again = recognise(text, [Block(f"x{n}", one.kind, one.text) for n, one in enumerate(text)])
    assert again == text
