"""How long a rolling text takes: compiled and written with its brackets as proposals grow tenfold, a change found by
comparing, and the page of it on the real server."""

import random
from collections.abc import Callable
from typing import Any

from . import negotiation
from .comparison import clock

PARAGRAPHS, WORDS = 200, 80
SIZES = (100, 1_000, 10_000)
OF = negotiation.ENGLISH


def run() -> dict[str, Any]:
    """Middle of several times, in milliseconds of one process; then the page, and delegations that propose at once."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    found: dict[str, Any] = {f"compiled and written, {size:,} proposals, ms": clock(_rolling(size)) for size in SIZES}
    before = _text(random.Random(4), 300)
    after = _changed(random.Random(5), before)
    from chancery.documents.rules.edits import edits

    found["a change in 300 words, ms"] = clock(lambda: edits(before, after), 50)
    return found | negotiation.bracketed()


def _rolling(size: int) -> Callable[[], Any]:
    """Compiles a text with so many proposals and writes every paragraph with its brackets."""
    from chancery.documents.models import Proposal
    from chancery.documents.rows.brackets import Brackets
    from chancery.documents.rules.blocks import Block, BlockKind
    from chancery.documents.rules.edits import edits
    from chancery.documents.rules.proposals import Amendment, ProposalKind
    from chancery.documents.rules.readings import standing
    from chancery.documents.rules.rolling import compiled

    chance = random.Random(size)
    blocks = [Block("b1", BlockKind.TITLE, "Statement")]
    blocks += [Block(f"b{n + 2}", BlockKind.OPERATIVE, _text(chance, WORDS)) for n in range(PARAGRAPHS)]
    amendments = []
    for number in range(size):
        block, kind = blocks[1 + number % PARAGRAPHS], chance.choices(list(ProposalKind), [80, 5, 8, 4, 3])[0]
        parties = (chance.choice(["xa", "xb", "xm", "xp", "xu"]),)
        text = _changed(chance, block.text)
        amendments.append(
            Amendment(
                f"p{number}", kind, f"b{1000 + number}" if kind is ProposalKind.INSERT else block.id, parties,
                after=chance.choice(blocks).id, before=block.text, text=text,
                edits=edits(block.text, text) if kind is ProposalKind.WORDS else (),
            )
        )  # fmt: skip
    rows = {one.ref: Proposal(ref=one.ref, parties=one.parties[0], after=one.after) for one in amendments}
    stands, orders = standing(blocks, [], {}), {"": [one.id for one in blocks]}

    def do() -> int:
        brackets = Brackets(_Names(), rows, str)
        text = compiled(stands, amendments, orders)
        return sum(len(brackets.words(one) + brackets.alternatives(one, "")) for one in text.paragraphs)

    return do


class _Names:
    """Who stands in a bracket."""

    def who(self, party: str) -> str:
        return party.upper()


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(OF, k=words))


def _changed(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(max(1, len(words) // 60)):
        at = chance.randrange(len(words))
        words[at : at + chance.randint(0, 3)] = chance.choices(OF, k=chance.randint(0, 3))
    return " ".join(words)
