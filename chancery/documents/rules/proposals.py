"""Proposals: other words for a text under negotiation, made by delegations, and what may become of them."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence

from .blocks import LONGEST, Block, BlockKind, BlockTooLong
from .comparison import tokens
from .edits import Edits

KEPT = 1 / 3  # the part of its words that a changed paragraph keeps at least; with less it is another paragraph
TURNED = "\u202d\u202e"  # characters that turn the direction of what follows, beyond the bounds of a bracket
HEAPED = 4  # marks without a width that follow a letter at most: vowels, tones, joiners
CHAIR = "chair"  # in the place of a party: the text is the Chair's


class ProposalKind(StrEnum):
    """What a proposal does to the text."""

    WORDS = "words"  # other words within a paragraph, shown in brackets
    ALTERNATIVE = "alternative"  # another paragraph in its place, shown beside it
    INSERT = "insert"  # a paragraph that the text does not have
    DELETE = "delete"  # a paragraph is left out
    MOVE = "move"  # a paragraph stands elsewhere


class ProposalStatus(StrEnum):
    TABLED = "tabled"
    AD_REFERENDUM = "ad-referendum"  # agreed by the delegates, subject to capitals
    AGREED = "agreed"
    NOT_RETAINED = "not-retained"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # taken up in a text of the Chair


OPEN = frozenset({ProposalStatus.TABLED, ProposalStatus.AD_REFERENDUM})
"""Those that stand in brackets."""

WORDED = frozenset({ProposalKind.WORDS, ProposalKind.ALTERNATIVE, ProposalKind.INSERT})
"""The kinds that have words of their own, in one language until they are translated."""

NEXT: Mapping[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.TABLED: frozenset(ProposalStatus) - {ProposalStatus.TABLED},
    ProposalStatus.AD_REFERENDUM: frozenset(
        {ProposalStatus.AGREED, ProposalStatus.TABLED, ProposalStatus.NOT_RETAINED, ProposalStatus.WITHDRAWN}
    ),
    ProposalStatus.AGREED: frozenset({ProposalStatus.TABLED}),
    ProposalStatus.NOT_RETAINED: frozenset({ProposalStatus.TABLED}),
    ProposalStatus.WITHDRAWN: frozenset(),
    ProposalStatus.MERGED: frozenset({ProposalStatus.TABLED}),
}
"""What may follow what. A delegation that withdrew tables anew; the Chair may take up again what was set aside."""


class Fit(StrEnum):
    """How a proposal lies on the text as it is now, computed and never kept."""

    FITS = "fits"  # the text is as it was when the proposal was made
    CARRIED = "carried"  # the text moved on; the proposal was found its place in it
    CONFLICT = "conflict"  # its words have become others meanwhile
    GONE = "gone"  # its paragraph is not in the text any more
    IN_TEXT = "in-text"  # the text says it already


# ------------------------------------------------------------------------------------------------------ refusals
class ObserverProposes(Refusal):
    """An observer has a voice and no position."""

    sentence = sentence("An observer may comment on a text; proposals are for Member States.")
    status = 403


class NothingProposed(Refusal):
    sentence = sentence("The words are those of the text. Change what you want to be said otherwise.")
    field = "text"


class NothingChosen(Refusal):
    sentence = sentence("Nothing is chosen. Choose at least one.")


class NothingSeen(Refusal):
    """Marks that nobody sees would hide a change, or make one of nothing."""

    sentence = sentence("This has {found} characters that nobody sees. Type the words anew, without them.")
    field = "text"


class BracketsByHand(Refusal):
    sentence = sentence(
        "Write the words without square brackets: they are set by comparing, with your delegation's name. "
        "For two wordings make two proposals."
    )
    field = "text"


class NotALanguageOfTheText(Refusal):
    sentence = sentence("The text is not there in “{language}”. Propose in one of its languages: {languages}.")
    field = "language"


class NoSuchParagraph(Refusal):
    sentence = sentence("The paragraph is not in the text any more. Look at the text as it is now, and propose anew.")
    field = "block"
    status = 409


class WordsMovedOn(Refusal):
    sentence = sentence(
        "The paragraph has changed since you opened it. What you typed is below; compare it with the words of now."
    )
    field = "text"
    status = 409


class TitleStays(Refusal):
    sentence = sentence("A text keeps its title: propose other words for it instead of leaving it out or moving it.")
    field = "kind"


class StaysWhereItIs(Refusal):
    sentence = sentence("The paragraph stands there already. Choose after which other one it should stand.")
    field = "after"


class TableLines(Refusal):
    sentence = sentence("Write a table with a line for each row, and the cells of a row divided by “ | ”.")
    field = "text"


class ProposedTwice(Refusal):
    sentence = sentence("{party} has proposed just this already. Support it, or propose other words.")
    field = "text"
    status = 409


class NotYours(Refusal):
    sentence = sentence("This is a proposal of {parties}. Support it, or propose other words of your own.")
    status = 403


class OwnProposal(Refusal):
    sentence = sentence("This is a proposal of your own delegation; it is for the others to support it.")
    status = 409


class NoSuchProposal(Refusal):
    sentence = sentence("There is no such proposal on this text.")
    status = 404


class ProposalSettled(Refusal):
    sentence = sentence("The proposal is not open any more: {status}.")
    status = 409


class ClashesWithAgreed(Refusal):
    sentence = sentence("It changes words that were agreed or have changed. Merge it into a text of the Chair instead.")
    status = 409


class AgreedAtOnce(Refusal):
    sentence = sentence("These proposals change the same words and cannot both be agreed: {conflicts}.")
    field = "proposals"
    status = 409


class AgreedUpon(Refusal):
    """What was agreed on words that were agreed stands and falls with them."""

    sentence = sentence("Proposals were agreed that change these words: {numbers}. Take them up again together.")
    field = "proposals"
    status = 409


class NotTranslatedYet(Refusal):
    sentence = sentence("A proposal is not translated yet: {language}. The text is adopted in that language.")
    status = 409


class NothingToMerge(Refusal):
    sentence = sentence("Choose at least one open proposal on this paragraph that the Chair's text takes up.")
    field = "proposals"


class BracketsOpen(Refusal):
    """A text with brackets is not agreed."""

    sentence = sentence("Proposals are still open on {numbers}. Agree them, set them aside or merge them first.")
    status = 409


class AlreadyKnown(Refusal):
    sentence = sentence("Your delegation supports this proposal already.")
    status = 409


class NotSupported(Refusal):
    sentence = sentence("Your delegation does not support this proposal.")
    status = 409


# ---------------------------------------------------------------------------------------------------- a proposal
@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposal in one language, as the rules of the rolling text see it.

    `block` is the paragraph it is about; an insertion has an id of its own, which the paragraph keeps for life once it
    is agreed. `after` is the paragraph after which something is inserted or moved. `before` are the words that were
    changed, `text` what is proposed instead, and `edits` lead from the one to the other. `made_on` is the version it
    was made on. `parties` are who proposes, `(CHAIR,)` for the Chair. With `pending` its words are not translated into
    this language yet."""

    ref: str
    kind: ProposalKind
    block: str
    parties: tuple[str, ...]
    after: str = ""
    block_kind: BlockKind = BlockKind.OPERATIVE
    before: str = ""
    text: str = ""
    edits: Edits = ()
    made_on: str = ""
    status: ProposalStatus = ProposalStatus.TABLED
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a text: other words for the paragraph `block`; a new one of `block_kind` after `after`; a
    paragraph left out; a paragraph moved to stand after `after`.

    `seen` are the words that the author had before him, if it is to be checked that they still stand. `instead_of` is
    an open proposal of the same author (its reference) that this one replaces. `language` is the one of the words,
    where it is not that of the others with which this is tabled."""

    kind: ProposalKind
    block: str = ""
    text: str = ""
    after: str = ""
    block_kind: BlockKind = BlockKind.OPERATIVE
    reason: str = ""
    seen: str | None = None
    instead_of: str = ""
    language: str = ""


# --------------------------------------------------------------------------------------------------------- checks
def kind_of(before: str, text: str) -> ProposalKind:
    """Whether changed words are a change within the paragraph or another paragraph in its place, by how much of the
    paragraph stayed. An empty text leaves it out."""
    if not text:
        return ProposalKind.DELETE
    was = [one.casefold() for one in tokens(before) if not one.isspace()]
    now = {one.casefold() for one in tokens(text)}
    kept = sum(one in now for one in was)
    return ProposalKind.WORDS if kept >= KEPT * len(was) else ProposalKind.ALTERNATIVE


def check_words(before: str, text: str, kind: BlockKind) -> None:
    """Whether words can be proposed in the place of those before (none, for a new paragraph).

    Raises `NothingProposed`, `NothingSeen`, `BracketsByHand`, `BlockTooLong`, `TableLines`."""
    if heaped := unseen(text):
        raise NothingSeen(found=heaped)
    if text == before or _seen(text) == _seen(before):
        raise NothingProposed
    if len(text) > LONGEST:
        raise BlockTooLong(start=text[:40], found=len(text), limit=LONGEST, field="text")
    if any(text.count(sign) > before.count(sign) for sign in "[]［］"):
        raise BracketsByHand
    if kind is BlockKind.TABLE and text and not all(" | " in line for line in text.splitlines() if line.strip()):
        raise TableLines


def unseen(text: str) -> int:
    """How many marks without a width stand heaped up, more of them than any script needs, or turn what follows."""
    found = run = 0
    for one in [*text, "."]:
        found += one in TURNED
        if unicodedata.category(one) in ("Mn", "Me", "Cf"):
            run += 1
        else:
            found += run if run > HEAPED else 0
            run = 0
    return found


def _seen(text: str) -> str:
    """What a reader sees of a text."""
    return " ".join("".join(one for one in text if unicodedata.category(one) != "Cf").split())


def check_next(now: ProposalStatus, then: ProposalStatus, word: object) -> None:
    """Whether a proposal may become that. `word` is the present status as it is called. Raises `ProposalSettled`."""
    if then not in NEXT[now]:
        raise ProposalSettled(status=word)


def check_place(kind: ProposalKind, block: Block, after: str, order: Sequence[str]) -> None:
    """Whether a paragraph may be left out or moved there. Raises `TitleStays`, `NoSuchParagraph`, `StaysWhereItIs`."""
    if kind in (ProposalKind.DELETE, ProposalKind.MOVE) and block.kind is BlockKind.TITLE:
        raise TitleStays
    if kind is ProposalKind.MOVE:
        if after not in order:
            raise NoSuchParagraph(field="after")
        if block.id not in order:
            raise NoSuchParagraph
        place = order.index(block.id)
        if after == block.id or (place and order[place - 1] == after):
            raise StaysWhereItIs


def check_supporter(party: str, parties: Collection[str], supporters: Iterable[str]) -> None:
    """Whether a party may begin to support a proposal. Raises `OwnProposal`, `AlreadyKnown`."""
    if party in parties:
        raise OwnProposal
    if party in set(supporters):
        raise AlreadyKnown


def same(one: Amendment, other: Amendment) -> bool:
    """Whether two proposals say the same."""
    return (one.kind, one.block, one.after, one.text) == (other.kind, other.block, other.after, other.text)
