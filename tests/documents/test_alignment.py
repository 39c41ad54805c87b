"""A translation from a file beside its original. A table that a translator can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.documents.rules.alignment import align
from chancery.documents.rules.blocks import Block, BlockKind

KINDS = {"T": BlockKind.TITLE, "H": BlockKind.HEADING, "P": BlockKind.PREAMBULAR, "-": BlockKind.OPERATIVE,
         ".": BlockKind.PARAGRAPH, "A": BlockKind.ANNEX, "|": BlockKind.TABLE}  # fmt: skip


def text(*lines: str) -> list[Block]:
    """Blocks `b1`, `b2`, … of lines that begin with the sign of their kind."""
    return [Block(f"b{place}", KINDS[line[0]], line[2:]) for place, line in enumerate(lines, 1)]


ORIGINAL = text(
    "T Statement on trust", "P Recalling the Declaration of 1999,", "- Reaffirm the equality of States;",
    "- Decide to meet in Selmar on 17 December 2024 at 15:00 to look at the 52 measures;", "- Invite the Chair.",
)  # fmt: skip
TITLE, RECALLING, REAFFIRM = "T Заявление о доверии", "P Напоминая о Декларации 1999 года,", "- Подтверждают равенство;"
DECIDE = "- Постановляют провести 17 декабря 2024 года в 15.00 в Сельмаре встречу для обзора 52 мер;"
INVITE = "- Предлагают председателю."


@pytest.mark.parametrize(
    ("lines", "aligned", "left", "exact"),
    [
        ([TITLE, RECALLING, REAFFIRM, DECIDE, INVITE], "1 2 3 4 5", 0, True),
        # another reader calls a paragraph something else: the shapes are the same
        ([TITLE, RECALLING.replace("P", ".", 1), REAFFIRM, DECIDE, INVITE], "1 2 3 4 5", 0, True),
        ([TITLE, RECALLING, DECIDE, INVITE], "1 2 4 5", 0, False),  # one is missing
        ([TITLE, RECALLING, REAFFIRM, INVITE], "1 2 3 5", 0, False),
        ([TITLE, "H Преамбула", RECALLING, REAFFIRM, DECIDE, INVITE], "1 2 3 4 5", 1, False),  # one is more
        ([TITLE, RECALLING, "- См. документ 7/12 от 3 мая.", REAFFIRM, DECIDE, INVITE], "1 2 3 4 5", 1, False),
        ([TITLE, "- ١٧ كانون الأول/ديسمبر ٢٠٢٤ في الساعة ١٥:٠٠ في سيلمار لاستعراض ٥٢ تدبيراً"], "1 4", 0, False),
        ([TITLE], "1", 0, False),
        (["H Меню", "| суп | 3"], "", 2, False),  # nothing of it
    ],
)  # fmt: skip
def test_which_paragraph_translates_which(lines, aligned, left, exact):
    found = align(ORIGINAL, text(*lines))
    assert (" ".join(one[1:] for one in found.texts), len(found.left), found.exact) == (aligned, left, exact)


def test_the_words_are_those_of_the_file():
    found = align(ORIGINAL, text(TITLE, RECALLING, DECIDE, INVITE))
    assert found.texts["b4"] == DECIDE[2:]
    assert align([], text(TITLE)).left == [TITLE[2:]]
    assert align(ORIGINAL, []).texts == {}


BLOCKS = st.lists(st.tuples(st.sampled_from("TH-P|"), st.text("a1 9", max_size=12)), max_size=9).map(
    lambda lines: text(*(f"{kind} {words}" for kind, words in lines))
)


@given(BLOCKS, BLOCKS)
def test_nothing_is_lost_doubled_or_put_out_of_order(original, read):
    found = align(original, read)
    places = [int(one[1:]) for one in found.texts]
    assert places == sorted(places)
    assert sorted([*found.texts.values(), *found.left]) == sorted(one.text for one in read)
    rest = iter(one.text for one in read)
    assert all(words in rest for words in found.texts.values())


@given(BLOCKS)
def test_a_text_aligns_with_itself(original):
    assert align(original, original).texts == {one.id: one.text for one in original}
