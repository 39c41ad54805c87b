"""How long it takes to write a text under negotiation as a Word file, and to read it when it comes back.

200 paragraphs of 80 words with 1,000 open proposals; 10,000 tracked changes is what one file may well bring."""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from chancery.documents import word
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.edits import edits
from chancery.documents.rules.proposals import Amendment, ProposalKind
from chancery.documents.rules.readings import standing
from chancery.documents.rules.rolling import compiled

from .negotiation import ENGLISH, RUSSIAN

PARAGRAPHS, WORDS, PROPOSALS = 200, 80, 1_000
TABLED = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DELEGATIONS = [f"Delegation {letter}" for letter in "ABCDEFGHIJ"]


def run() -> dict[str, Any]:
    """Middle of three times, in seconds, compilation apart."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    english = _column("en", ENGLISH, PROPOSALS)
    russian = _column("ru", RUSSIAN, PROPOSALS)
    many = _column("en", ENGLISH, 5 * PROPOSALS, apart=True)
    return {
        "one language": _measured([english]),
        "two languages": _measured([english, russian]),
        "5,000 proposals that replace words": _measured([many]),
    }


def _measured(made: list[tuple[word.Column, word.KnownText]]) -> dict[str, Any]:
    columns = tuple(column for column, _ in made)
    paper = word.Paper("bench", "1", "Text", "B/1", "Organisation", "Body", "1 March 2026", columns, TABLED)
    known = word.Known({column.language: text for column, text in made})
    content = word.write(paper)
    found = word.read_amended(content, known)
    return {
        "out, s": _clock(lambda: word.write(paper)),
        "in, s": _clock(lambda: word.read_amended(content, known)),
        "kB": len(content) // 1000,
        "proposals": sum(len(one.text.order) for one in columns),
        "known again": sum(one.status is word.Found.KNOWN for each in found.contributions for one in each.found),
    }


def _clock(do: Callable[[], Any]) -> float:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        do()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _column(
    language: str, words: list[str], count: int, *, apart: bool = False
) -> tuple[word.Column, word.KnownText]:  # fmt: skip
    """A text with proposals of every kind on it; `apart`, such that none touches another's words."""
    chance = random.Random(1)
    blocks = [Block("b0", BlockKind.TITLE, "Title")]
    blocks += [
        Block(f"b{place}", BlockKind.OPERATIVE, " ".join(chance.choices(words, k=WORDS)))
        for place in range(1, PARAGRAPHS + 1)
    ]
    proposals = [_proposal(chance, place, blocks[1 + place % PARAGRAPHS], words, apart) for place in range(count)]
    orders = {"": [one.id for one in blocks]}
    voices = {
        one.ref: word.Voice(one.parties[0], TABLED + dt.timedelta(seconds=place), "A reason." if place % 4 == 0 else "")
        for place, one in enumerate(proposals)
    }
    text = compiled(standing(blocks, [], orders), proposals, orders)
    return word.Column(language, False, language, text, voices), word.KnownText(blocks, proposals, voices)


def _proposal(chance: random.Random, place: int, block: Block, words: list[str], apart: bool) -> Amendment:
    parties = (chance.choice(DELEGATIONS),)
    if not apart and place % 10 == 9:
        return Amendment(f"p{place}", ProposalKind.INSERT, f"n{place}", parties, after=block.id, text=" ".join(words))
    if not apart and place % 50 == 8:
        return Amendment(f"p{place}", ProposalKind.DELETE, block.id, parties)
    said = block.text.split(" ")
    at = 3 * (place // PARAGRAPHS) if apart else chance.randrange(WORDS - 5)
    said[at : at + (1 if apart else 3)] = [f"x{place}", "added"]
    text = " ".join(said)
    return Amendment(
        f"p{place}", ProposalKind.WORDS, block.id, parties, before=block.text, text=text,
        edits=edits(block.text, text),
    )  # fmt: skip
