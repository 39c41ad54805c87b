"""A translation knows the text it was made from: only touched paragraphs are stale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.translation import Freshness, render


@pytest.mark.parametrize(
    ("now", "then", "translated", "expected"),
    [
        ("Decides", "Decides", "Постановляет", Freshness.CURRENT),
        ("Decides anew", "Decides", "Постановляет", Freshness.STALE),
        ("Decides", None, "Постановляет", Freshness.STALE),  # it was not there when the translation was made
        ("Decides", "Decides", "", Freshness.MISSING),
        ("Decides", "Decides", None, Freshness.MISSING),
        ("", "", None, Freshness.CURRENT),  # nothing is translated by nothing
        ("", "Decides", None, Freshness.STALE),
    ],
)
def test_how_a_paragraph_stands(now, then, translated, expected):
    texts = {} if translated is None else {"b1": translated}
    [found] = render([Block("b1", BlockKind.OPERATIVE, now)], {} if then is None else {"b1": then}, texts)
    assert (found.freshness, found.text) == (expected, translated or "")


TEXTS = st.dictionaries(st.sampled_from(["b1", "b2", "b3", "b4"]), st.sampled_from(["", "a", "b"]))


@given(TEXTS, TEXTS, TEXTS)
def test_a_translation_has_the_paragraphs_of_the_text_as_it_stands(now, then, texts):
    blocks = [Block(id, BlockKind.OPERATIVE, words) for id, words in now.items()]
    found = render(blocks, then, texts)
    assert [(one.id, one.kind) for one in found] == [(one.id, one.kind) for one in blocks]
    untouched = [one.id for one in found if one.freshness is Freshness.CURRENT]
    assert all(then.get(id) == now[id] for id in untouched)
