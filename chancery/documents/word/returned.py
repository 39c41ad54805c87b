"""What a Word file says that came back amended, beside what is known of the text."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence

from ..reading.remarks import Remark
from ..rules.blocks import Block, BlockKind
from ..rules.proposals import Amendment, ProposalKind
from .paper import Voice

MOST_CHANGES = 20_000  # tracked changes of one file
MOST_AUTHORS = 100


class TooManyChanges(Refusal):
    sentence = sentence(
        "The file has {found} tracked changes; at most {limit} are read. Accept those of formatting alone, or bring it "
        "in parts."
    )
    field = "file"


class TooManyAuthors(Refusal):
    sentence = sentence("The file names {found} authors of changes; at most {limit} are read. Bring it in parts.")
    field = "file"


@dataclass(frozen=True, slots=True)
class KnownText:
    """The text in a language as it stood when the file was made, and the proposals that were open then, with their
    voices as they were written into the file."""

    blocks: Sequence[Block]
    proposals: Sequence[Amendment] = ()
    voices: Mapping[str, Voice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """By language, the first column first."""

    texts: Mapping[str, KnownText]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file says of itself. `digests` are those of the text that stood, by language (`blocks.digest`)."""

    document: str
    version: str
    languages: tuple[str, ...]
    exported: dt.datetime | None
    digests: Mapping[str, str]


class Found(StrEnum):
    NEW = "new"
    KNOWN = "known"  # an open proposal, word for word
    CHANGED = "changed"  # an open proposal that its authors say otherwise now


@dataclass(frozen=True, slots=True)
class Understood:
    """A change by an author. `proposal` is the open proposal that it is, or was before it was changed.

    A change of words (`WORDS`, however little of them stays) has the known words `before` and the full `text` in their
    place; a new paragraph has no `block`, an open insertion the id that it has; `after` is the paragraph after which
    something is inserted or moved, empty at the beginning. `reason` are the comments of the same author there, `at`
    the latest instant of its tracked changes."""

    language: str
    kind: ProposalKind
    block: str
    status: Found
    proposal: str = ""
    after: str = ""
    block_kind: BlockKind = BlockKind.OPERATIVE
    before: str = ""
    text: str = ""
    reason: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one author changed, in the order of the file. Without a name it was not tracked: typed over, or accepted."""

    author: str
    found: tuple[Understood, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """`absent` are the open proposals (language, reference) that the file does not have any more; `formatting` counts
    changes of looks alone, which are left aside."""

    origin: Origin | None
    contributions: tuple[Contribution, ...]
    absent: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]
    formatting: int


UNTRACKED = sentence(
    "The file has changes without an author, accepted or made without tracking. They are listed without a name."
)
TEXT_MOVED_ON = sentence("The text is not the one of which the file was made. Look at each change.")
OTHER_TEXT = sentence("Few paragraphs of the file are those of this text. Is it another document?")
NESTED = sentence("{author} changes what {other} proposes, which is no proposal on the text: “{words}”.")
COMMENTED = sentence("{author} comments: “{words}”.")
JOINED = sentence("{author} joins this paragraph with the next.")
DIVIDED = sentence("{author} divides this paragraph.")
ELSEWHERE = sentence("Changes in footnotes, headers, footers or text boxes were not read: {count}.")
NOT_CARRIED = sentence("{author} changes words that are not those of the text. Compare before you table it.")
OTHER_COLUMN = sentence("A column of the file is in none of the languages of the text, and was not read.")
