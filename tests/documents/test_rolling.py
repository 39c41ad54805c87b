"""The rolling text, as a diplomat would read it and as properties."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.edits import applied, carried, clusters, edits, overlap
from chancery.documents.rules.proposals import Amendment, Fit, ProposalKind
from chancery.documents.rules.readings import Standing, of_party, reading, standing
from chancery.documents.rules.rolling import Place, Rolled, RollingText, compiled

TEXT = [
    Block("b1", BlockKind.TITLE, "Statement"),
    Block("b2", BlockKind.PREAMBULAR, "Recalling the Almaty Act,"),
    Block("b3", BlockKind.OPERATIVE, "They note the first results and invite the Chair to report each year."),
    Block("b4", BlockKind.OPERATIVE, "They thank the host."),
]
ORDERS = {"": [one.id for one in TEXT]}
RUSSIAN = "Они отмечают первые результаты и просят Председательство докладывать ежегодно."
ARABIC = "يلاحظون النتائج الأولى ويدعون الرئاسة إلى تقديم تقرير كل عام."
CHINESE = "他们注意到初步成果，并请主席每年提出报告。"


def words(ref: str, block: str, text: str, *parties: str, before: str = "") -> Amendment:
    before = before or next(one.text for one in TEXT if one.id == block)
    return Amendment(
        ref, ProposalKind.WORDS, block, parties or ("xa",), before=before, text=text, edits=edits(before, text)
    )


def other(ref: str, kind: str, block: str, *parties: str, **more) -> Amendment:
    return Amendment(ref, ProposalKind(kind), block, parties or ("xa",), **more)


def _as_it_is(blocks) -> Standing:
    """A text on which nothing was agreed."""
    return standing(blocks, [], {})


def shown(text: RollingText) -> list[str]:
    """The rolling text as somebody would type it."""
    return [line for one in text.paragraphs for line in _lines(one)]


def _lines(one: Rolled) -> list[str]:
    marks = "".join(f"[{ref}: leave out] " for ref in one.deletions)
    marks += "".join(f"[{ref}: move] " for ref in one.departures)
    if one.place is Place.ARRIVES:
        return [f"{one.number} [{one.proposal}: here]"]
    body = "".join(_part(part) for part in one.parts)
    body = f"[{one.proposal}: {body}]" if one.place is Place.INSERTED else body
    alternatives = [f"{it.number} [{', '.join(it.proposals)}: {it.text}]" for it in one.alternatives]
    return [f"{one.number} {marks}{body}".strip(), *alternatives]


def _part(part) -> str:
    if not part.options:
        return part.text
    said = " / ".join(f"{', '.join(it.proposals)}: {it.text}" for it in part.options)
    return f"[{part.text}][{said}]" if part.text else f"[{said}]"


# ------------------------------------------------------------------------------------------------ as one reads it
@pytest.mark.parametrize(
    ("proposals", "expected"),
    [
        ([], "1 They note the first results and invite the Chair to report each year."),
        (
            [words("p", "b3", "They welcome the first results and invite the Chair to report each year.")],
            "1 They [note][p: welcome] the first results and invite the Chair to report each year.",
        ),
        (
            [words("p", "b3", "They note the first results and invite the Chair to report in writing each year.")],
            "1 They note the first results and invite the Chair to report [p: in writing ]each year.",
        ),
        (
            [words("p", "b3", "They note the results and invite the Chair to report each year.")],
            "1 They note the [first ][p: ]results and invite the Chair to report each year.",
        ),
        (
            [
                words("p", "b3", "They welcome the first results and invite the Chair to report each year."),
                words("q", "b3", "They commend the first results and invite the Chair to report each year."),
                words("r", "b3", "They welcome the first results and invite the Chair to report each month."),
            ],
            "1 They [note][p, r: welcome / q: commend] the first results and invite the Chair to report each "
            "[year][r: month].",
        ),
    ],
    ids=["nothing", "other words", "words more", "words less", "two wordings, one of them of two"],
)  # fmt: skip
def test_words_stand_in_brackets(proposals, expected):
    assert shown(compiled(_as_it_is(TEXT), proposals, ORDERS))[2] == expected


def test_paragraphs_are_added_left_out_moved_and_replaced():
    text = compiled(
        _as_it_is(TEXT),
        [
            other("p", "insert", "b5", after="b3", text="They agree to meet.", block_kind=BlockKind.OPERATIVE),
            other("q", "insert", "b6", after="b3", text="They agree to write.", block_kind=BlockKind.OPERATIVE),
            words("r", "b5", "They agree to meet soon.", before="They agree to meet."),
            other("s", "delete", "b4"),
            other("t", "move", "b4", after="b2"),
            other("u", "alternative", "b3", before=TEXT[2].text, text="Nothing was reached."),
            other("v", "insert", "b7", after="b2", text="Recalling more,", block_kind=BlockKind.PREAMBULAR),
            other("w", "insert", "b8", after="b2", text="They begin.", block_kind=BlockKind.OPERATIVE),
        ],
        ORDERS,
    )
    assert shown(text) == [
        "Statement",
        "PP1 Recalling the Almaty Act,",
        "2 [t: here]",
        "PP1 bis [v: Recalling more,]",
        "0 bis [w: They begin.]",
        "1 They note the first results and invite the Chair to report each year.",
        "1 alt [u: Nothing was reached.]",
        "1 bis [p: They agree to meet[r:  soon].]",
        "1 ter [q: They agree to write.]",
        "2 [s: leave out] [t: move] They thank the host.",
    ]
    assert text.order == ["t", "v", "w", "u", "p", "r", "q", "s"]
    assert set(text.fits.values()) == {Fit.FITS}
    assert text.astray == ()


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (RUSSIAN, RUSSIAN.replace("отмечают", "приветствуют")),
        (ARABIC, ARABIC.replace("كل عام", "كل ستة أشهر")),
        (CHINESE, CHINESE.replace("初步", "最终")),
        (f"{ARABIC} CICA/MC/7", f"{ARABIC} CICA/MC/8"),
    ],
    ids=["Russian", "Arabic", "Chinese", "mixed directions"],
)
def test_any_script(before, text):
    blocks = [replace(TEXT[2], text=before)]
    found = compiled(_as_it_is(blocks), [words("p", "b3", text, before=before)], ORDERS).paragraphs[0]
    assert "".join(part.options[0].text if part.options else part.text for part in found.parts) == text
    assert "".join(part.text for part in found.parts) == before


def test_where_the_text_moved_on_a_proposal_is_carried_held_or_shown_with_its_conflict():
    before = TEXT[2].text
    then = before.replace("They note", "The Ministers welcome").replace("each", "every")
    now = [TEXT[0], replace(TEXT[2], text=then)]
    open_ones = [
        words("carried", "b3", before.replace("report", "report in writing")),
        words("lost", "b3", before.replace("note", "commend")),
        words("held", "b3", before.replace("each", "every")),
        other("gone", "alternative", "b4", text="They thank nobody."),
        other("out", "delete", "b4"),
        other("astray", "insert", "b9", after="b2", text="They agree."),
    ]
    text = compiled(_as_it_is(now), open_ones, ORDERS)
    assert text.fits == {
        "carried": Fit.CARRIED, "lost": Fit.CONFLICT, "held": Fit.IN_TEXT, "gone": Fit.GONE, "out": Fit.IN_TEXT,
        "astray": Fit.CARRIED,
    }  # fmt: skip
    assert shown(text) == [
        "Statement",
        "0 bis [astray: They agree.]",
        "1 The Ministers welcome the first results and invite the Chair to report [carried: in writing ]every year.",
        "1 alt [lost: They commend the first results and invite the Chair to report each year.]",
    ]
    assert text.astray == ("held", "gone", "out")


def test_what_was_agreed_is_in_the_words():
    before = TEXT[2].text
    agreed = [
        words("p", "b3", before.replace("note", "welcome")),
        other("q", "insert", "b5", after="b3", text="They agree."),
        other("r", "delete", "b4"),
        other("s", "move", "b3", after="b5"),
    ]
    found = standing(TEXT, agreed, ORDERS)
    assert [(one.id, one.text) for one in found.blocks[1:]] == [
        ("b2", "Recalling the Almaty Act,"), ("b5", "They agree."), ("b3", before.replace("note", "welcome")),
    ]  # fmt: skip
    assert found.undone == ()
    assert standing(found.blocks, agreed, ORDERS).blocks == found.blocks  # what is there already is not said twice
    late = standing(found.blocks, [words("t", "b3", before.replace("note", "commend"))], ORDERS)
    assert late.undone == ("t",)


def test_everything_of_a_party_names_what_cannot_be_taken():
    before = TEXT[2].text
    open_ones = [
        words("p", "b3", before.replace("note", "welcome"), "xa"),
        words("q", "b3", before.replace("note", "commend"), "xa", "xb"),
        words("r", "b3", before.replace("each", "every"), "xb"),
        other("s", "delete", "b4", "xa"),
        words("t", "b5", "Words.", "xb", before="Word."),
    ]
    found = reading(_as_it_is(TEXT), open_ones, of_party(open_ones, "xa"), ORDERS)
    assert [(one.one, one.other, one.block) for one in found.conflicts] == [("p", "q", "b3")]
    assert found.taken == ("s",)
    assert found.blocks == TEXT[:3]
    found = reading(_as_it_is(TEXT), open_ones, of_party(open_ones, "xb"), ORDERS)
    assert [(one.one, one.other) for one in found.conflicts] == [("t", "t")]  # its paragraph is not there
    assert found.blocks[2].text == before.replace("note", "commend").replace("each", "every")


def test_what_changes_a_paragraph_that_cannot_be_added_is_not_taken_either():
    open_ones = [
        other("p", "insert", "b5", after="b3", text="They agree to meet.", pending=True),
        words("q", "b5", "They agree to meet soon.", before="They agree to meet."),
    ]
    found = reading(_as_it_is(TEXT), open_ones, {"p", "q"}, ORDERS)
    assert [(one.one, one.other) for one in found.conflicts] == [("p", "p"), ("q", "q")]
    assert (found.taken, found.blocks) == ((), TEXT)


def test_what_is_agreed_one_after_the_other_stands_as_it_was_shown():
    first, second, third = (
        other(ref, "insert", block, after="b3", text=f"They agree on {ref}.")
        for ref, block in (("p", "b5"), ("q", "b6"), ("r", "b7"))
    )
    shown_ = [one.block.id for one in compiled(_as_it_is(TEXT), [first, second, third], ORDERS).paragraphs]
    assert shown_ == ["b1", "b2", "b3", "b5", "b6", "b7", "b4"]
    read = reading(_as_it_is(TEXT), [first, second, third], {"p", "q", "r"}, ORDERS)
    assert [one.id for one in read.blocks] == shown_
    text = standing(TEXT, [first], ORDERS)
    assert [one.block.id for one in compiled(text, [second, third], ORDERS).paragraphs] == shown_
    assert [one.id for one in reading(text, [second, third], {"q", "r"}, ORDERS).blocks] == shown_
    assert [one.id for one in standing(TEXT, [first, second, third], ORDERS).blocks] == shown_


def test_words_agreed_on_agreed_words_are_taken_on_those():
    one = words("p", "b4", "They thank the host with joy.")
    another = words("q", "b4", "They thank the host with calm.", before=one.text)
    beside = words("r", "b4", "They greet the host.")
    text = standing(TEXT, [one, another, beside], ORDERS)
    assert (text.undone, text.blocks[3].text) == ((), "They greet the host with calm.")
    assert standing(TEXT, [another], ORDERS).undone == ("q",)


# ------------------------------------------------------------------------------------------------ as properties
_WORDS = st.sampled_from(["Ministers", "доверие", "信", "任", "الثقة", "agree", "to", "to", ",", "—", "2025"])
_TEXTS = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)


@st.composite
def _changed(draw, text: str) -> str:
    """A text with some of its words changed, as somebody would."""
    parts = re.split(r"(?<= )", text)
    for _ in range(draw(st.integers(1, 3))):
        at, end = sorted((draw(st.integers(0, len(parts))), draw(st.integers(0, len(parts)))))
        parts[at:end] = draw(st.lists(_WORDS.map("{} ".format), max_size=3))
    return "".join(parts)


@st.composite
def _negotiations(draw) -> tuple[list[Block], list[Amendment]]:
    """A text, and proposals of every kind on it and on each other's paragraphs."""
    texts = draw(st.lists(_TEXTS, min_size=1, max_size=4))
    blocks = [Block(f"b{at}", BlockKind.OPERATIVE, text) for at, text in enumerate(texts, 1)]
    known = {one.id: one.text for one in blocks}
    made = []
    for at in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(ProposalKind))
        block = draw(st.sampled_from(sorted(known)))
        parties = tuple(draw(st.lists(st.sampled_from(["xa", "xb", "xc"]), min_size=1, max_size=2, unique=True)))
        one = Amendment(f"p{at}", kind, block, parties, before=known[block])
        if kind is ProposalKind.INSERT:
            one = replace(one, block=f"b{10 + at}", after=block, text=draw(_TEXTS), before="")
            known[one.block] = one.text
        elif kind is ProposalKind.MOVE:
            one = replace(one, block=draw(st.sampled_from([it.id for it in blocks])), after=block)
            if one.block == one.after:
                continue
        elif kind is not ProposalKind.DELETE:
            text = draw(_changed(known[block]))
            if not text.strip() or text == known[block]:
                continue
            one = replace(one, text=text, edits=edits(known[block], text) if kind is ProposalKind.WORDS else ())
        made.append(one)
    return blocks, made


def _order(blocks):
    return {"": [one.id for one in blocks]}


@given(st.data())
def test_changes_lead_exactly_from_one_wording_to_the_other(data):
    before = data.draw(_TEXTS)
    after = data.draw(_changed(before))
    assert applied(before, edits(before, after)) == after


@given(_negotiations())
def test_nothing_accepted_is_the_text_that_stands(made):
    blocks, open_ones = made
    assert reading(_as_it_is(blocks), open_ones, (), _order(blocks)).blocks == blocks
    paragraphs = compiled(_as_it_is(blocks), open_ones, _order(blocks)).paragraphs
    stands = [one for one in paragraphs if one.place is Place.STANDS]
    assert [one.block for one in stands] == blocks
    assert ["".join(part.text for part in one.parts) for one in stands] == [one.text for one in blocks]


@given(_negotiations())
def test_everything_accepted_that_does_not_conflict_is_said_as_it_was_proposed(made):
    blocks, open_ones = made
    chosen = {one.ref for one in open_ones}
    found = reading(_as_it_is(blocks), open_ones, chosen, _order(blocks))
    again = reading(_as_it_is(blocks), open_ones, found.taken, _order(blocks))
    assert again.conflicts == ()
    assert again.blocks == found.blocks
    texts = {one.id: one.text for one in found.blocks}
    by_block = {}
    for one in open_ones:
        if one.ref in found.taken:
            by_block.setdefault(one.block, []).append(one)
    for block, taken in by_block.items():
        changed = [one for one in taken if one.kind in (ProposalKind.WORDS, ProposalKind.ALTERNATIVE)]
        if any(one.kind is ProposalKind.DELETE for one in taken):
            assert block not in texts
        elif len(changed) == 1:
            assert texts[block] == changed[0].text
        elif any(one.kind is ProposalKind.INSERT for one in taken) and not changed:
            assert texts[block] == taken[0].text
    assert set(found.taken) | {ref for one in found.conflicts for ref in (one.one, one.other)} == chosen


@given(_negotiations())
def test_each_author_is_named_where_the_own_words_stand_and_no_bracket_crosses_another(made):
    blocks, open_ones = made
    text = compiled(_as_it_is(blocks), open_ones, _order(blocks))
    assert {*text.order, *text.astray} == {one.ref for one in open_ones}
    assert set(text.fits) == {one.ref for one in open_ones}
    for one in open_ones:
        for paragraph in text.paragraphs:
            inline = [part for part in paragraph.parts if any(one.ref in it.proposals for it in part.options)]
            if one.kind is ProposalKind.WORDS and inline and paragraph.place is not Place.ARRIVES:
                said = "".join(
                    next((it.text for it in part.options if one.ref in it.proposals), part.text)
                    for part in paragraph.parts
                )
                assert said == one.text


@given(st.data())
def test_brackets_are_in_order_and_apart(data):
    before = data.draw(_TEXTS)
    changes = [edits(before, data.draw(_changed(before))) for _ in range(data.draw(st.integers(1, 5)))]
    found = clusters(changes)
    assert all(one.end <= another.start for one, another in zip(found, found[1:], strict=False))
    assert sum(len(one.changes) for one in found) == sum(map(len, changes))
    for one in found:
        for another in found:
            if one is not another:
                assert not any(overlap(a, b) for _, a in one.changes for _, b in another.changes)


@settings(max_examples=200)
@given(st.data())
def test_changes_agreed_one_after_the_other_are_those_agreed_together(data):
    before = data.draw(_TEXTS)
    one, another = (edits(before, data.draw(_changed(before))) for _ in range(2))
    now = applied(before, one)
    found = carried(another, before, now, one)
    assert len(found.edits) + found.held + found.lost <= len(another)
    if not any(overlap(a, b) for a in one for b in another):
        assert found.lost == found.held == 0
        assert applied(now, found.edits) == applied(before, [*one, *another])
    assert carried(one, before, now).edits == ()  # what is said already is not proposed twice
    assert carried(one, before, now).lost == 0
