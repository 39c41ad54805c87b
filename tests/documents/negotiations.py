"""Generated negotiations: texts in any script, and proposals of every kind on them and on each other's paragraphs."""

import re
from dataclasses import replace

from hypothesis import strategies as st

from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.edits import edits
from chancery.documents.rules.proposals import WORDED, Amendment, ProposalKind

WORDS = st.sampled_from(["Ministers", "доверие", "信", "任", "الثقة", "agree", "to", "to", ",", "—", "2025", "<&\"'>"])
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
TABLES = st.lists(st.lists(TEXTS, min_size=2, max_size=2).map(" | ".join), min_size=1, max_size=3).map("\n".join)
KINDS = st.sampled_from([BlockKind.PREAMBULAR, BlockKind.OPERATIVE, BlockKind.PARAGRAPH, BlockKind.TABLE])


@st.composite
def changed(draw, text: str) -> str:
    """A text with some of its words changed, as somebody would."""
    parts = re.split(r"(?<= )", text)
    for _ in range(draw(st.integers(1, 3))):
        at, end = sorted((draw(st.integers(0, len(parts))), draw(st.integers(0, len(parts)))))
        parts[at:end] = draw(st.lists(WORDS.map("{} ".format), max_size=3))
    return "".join(parts).strip()


def _words(draw, kind: BlockKind) -> str:
    return draw(TABLES if kind is BlockKind.TABLE else TEXTS)


@st.composite
def negotiations(draw) -> tuple[list[Block], list[Amendment]]:
    blocks = [Block("b1", BlockKind.TITLE, draw(TEXTS))]
    for at in range(2, draw(st.integers(3, 6))):
        kind = draw(KINDS)
        blocks.append(Block(f"b{at}", kind, _words(draw, kind)))
    known = {one.id: one for one in blocks}
    made: list[Amendment] = []
    for at in range(draw(st.integers(0, 8))):
        kind, block = draw(st.sampled_from(ProposalKind)), known[draw(st.sampled_from(sorted(known)))]
        parties = tuple(draw(st.lists(st.sampled_from(["xa", "xb", "xc"]), min_size=1, max_size=2, unique=True)))
        one = Amendment(f"p{at}", kind, block.id, parties, before=block.text)
        if kind is ProposalKind.INSERT:
            new = draw(KINDS)
            one = replace(
                one, block=f"b{10 + at}", after=block.id, text=_words(draw, new), before="", block_kind=new
            )  # fmt: skip
            known[one.block] = Block(one.block, new, one.text)
        elif kind in (ProposalKind.MOVE, ProposalKind.DELETE):
            if block.kind is BlockKind.TITLE:
                continue
            if kind is ProposalKind.MOVE:
                one = replace(one, after=draw(st.sampled_from([it.id for it in blocks])))
                if one.block == one.after:
                    continue
        elif block.kind is BlockKind.TABLE and kind is ProposalKind.ALTERNATIVE:
            one = replace(one, text=draw(TABLES))
        else:
            one = replace(one, text=draw(changed(block.text)))
            if kind is ProposalKind.WORDS:
                one = replace(one, edits=edits(block.text, one.text))
        if one.text == one.before or (kind in (ProposalKind.WORDS, ProposalKind.ALTERNATIVE) and not one.text):
            continue
        made.append(replace(one, pending=kind in WORDED and draw(st.integers(0, 5)) == 5))
    return blocks, made
