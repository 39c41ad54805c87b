"""How long it takes to compare two versions of 100 pages word by word, and one paragraph of 300 words."""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from chancery.documents.rules import comparison
from chancery.documents.rules.blocks import Block, BlockKind

PARAGRAPHS = 500  # of 68 tokens each: 34,000, about a hundred pages
COMMON = ["the", "of", "and", "to", "in", "for", "with", "by", "its", "their", "shall", "States", "Member", "measures"]
RARE = [first + last for first in ["ba", "co", "de", "fi", "go", "lu"] for last in ["nter", "slow", "tive", "mark"]]
HAN = [chr(0x4E00 + place) for place in range(0, 6000, 4)]


def run() -> dict[str, Any]:
    """Middle of five times, in milliseconds: versions that differ a little everywhere, as revisions do; versions that
    have nothing in common, which is the worst there is; and paragraphs known again in a text without ids."""
    chance = random.Random(1)
    english, chinese = _text(chance, _english), _text(chance, _chinese)
    revised, chinese_revised = _revised(chance, english, _english, " "), _revised(chance, chinese, _chinese, "")
    anew = [Block(f"b{place}", one.kind, one.text) for place, one in enumerate(revised)]
    paragraph = _english(chance, 300)
    return {
        "tokens": sum(len(comparison.tokens(one.text)) for one in english),
        "two versions, English, ms": clock(lambda: comparison.compare(english, revised)),
        "two versions, Chinese, ms": clock(lambda: comparison.compare(chinese, chinese_revised)),
        "nothing in common, English, ms": clock(lambda: comparison.compare(english, _text(chance, _english))),
        "nothing in common, Chinese, ms": clock(lambda: comparison.compare(chinese, _text(chance, _chinese))),
        "known again without ids, ms": clock(lambda: comparison.recognise(english, anew)),
        "300 words, a tenth changed, ms": clock(
            lambda: comparison.spans(paragraph, _touched(chance, paragraph, 0.1, " ")), 50
        ),
        "300 words, all rewritten, ms": clock(lambda: comparison.spans(paragraph, _english(chance, 300)), 50),
    }


def clock(do: Callable[[], Any], times: int = 5) -> float:
    """The middle of several times, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _english(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(COMMON if chance.random() < 0.45 else RARE) for _ in range(words))


def _chinese(chance: random.Random, words: int) -> str:
    return "".join(chance.choices(HAN, k=2 * words))


def _text(chance: random.Random, write: Callable[[random.Random, int], str]) -> list[Block]:
    return [Block(f"b{place}", BlockKind.OPERATIVE, write(chance, 34)) for place in range(PARAGRAPHS)]


def _touched(chance: random.Random, text: str, part: float, between: str) -> str:
    words = text.split(between) if between else list(text)
    return between.join(chance.choice(words) if chance.random() < part else one for one in words)


def _revised(
    chance: random.Random, text: list[Block], write: Callable[[random.Random, int], str], between: str
) -> list[Block]:
    """A third of the paragraphs touched; of twenty, one rewritten, one removed, one new and one moved."""
    found: list[Block] = []
    for place, one in enumerate(text):
        kind, words = one.kind, one.text
        if place % 3 == 0:
            words = _touched(chance, words, 0.15, between)
        if place % 20 == 1:
            words = write(chance, 34)
        if place % 20 == 4:
            found.append(Block(f"n{place}", kind, write(chance, 34)))
        if place % 20 != 2:
            found.insert(0 if place % 20 == 8 else len(found), Block(one.id, kind, words))
    return found
