"""What the paragraphs of a Word file share: ids, lists and comments."""

from itertools import count
from typing import NamedTuple

from .marks import stamp
from .markup import GUTTER, HANGING, HANGING_BESIDE, TEXT_WIDTH
from .paper import Paper, Voice
from .runs import Look, escaped

OPERATIVE, PREAMBULAR = 0, 1  # the abstract lists of the numbering


class Comment(NamedTuple):
    author: str
    at: str
    lines: tuple[str, ...]
    look: Look


class Ink:
    """`comments` are by their ids; `lists` tells of each list of the numbering which abstract one it counts anew."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.ids = count(1)
        self.comments: list[Comment] = []
        self.lists: list[int] = []
        self.told: dict[str, Voice] = {}  # whose reason stands in a comment already
        self.hanging = HANGING if len(paper.columns) == 1 else HANGING_BESIDE
        self.clean = not any(one.text.order for one in paper.columns)
        self.width = TEXT_WIDTH if len(paper.columns) == 1 else TEXT_WIDTH // 2 - GUTTER

    def new_list(self, abstract: int) -> int:
        self.lists.append(abstract)
        return len(self.lists)

    def hand(self, voice: Voice) -> str:
        """The attributes of a tracked change."""
        return f'w:id="{next(self.ids)}" w:author="{escaped(voice.author)}" w:date="{stamp(voice.at)}"'
