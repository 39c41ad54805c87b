"""The next version of a text while it is written: paragraphs with their words in several languages beside each other.

A draft is changed by the functions here, each of which gives a new list and leaves the old one as it was. A blank
line within a paragraph begins a new one; tables are taken as they are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from chancery.core.refusals import Refusal, sentence
from chancery.core.text import tidy

from .blocks import LONGEST, MOST, NEGOTIATED, Block, BlockKind, BlockTooLong, BlockTwice, TooManyBlocks
from .positions import AgreedTextChanged, ParagraphStatus
from .symbols import VersionKind
from .translation import Standing


class UnknownBlock(Refusal):
    sentence = sentence("There is no paragraph {block} in this text. Look at the text as it is now.")
    field = "texts"
    status = 409


class NotALanguage(Refusal):
    sentence = sentence("“{language}” is not a language of this record, or it is the one the text is written in.")
    field = "language"


class NothingChanged(Refusal):
    sentence = sentence("The text is that of the last version. Change it, or translate that version on its own page.")
    field = "blocks"
    status = 409


class NothingTranslated(Refusal):
    sentence = sentence("No paragraph of the translation changed. Change one, or mark those that are still right.")
    field = "texts"
    status = 409


class FirstVersion(Refusal):
    sentence = sentence("Nothing was circulated yet that could be revised or corrected.")
    field = "kind"


class NotTheFirst(Refusal):
    sentence = sentence("This text was circulated before. Circulate a revision or a corrigendum.")
    field = "kind"


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as it is written: what it says in each language in which it says anything."""

    id: str
    kind: BlockKind
    texts: Mapping[str, str]

    def kept(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {"id": self.id, "kind": self.kind.value, "texts": dict(self.texts)}

    def told_in(self, languages: Iterable[str]) -> "Passage":
        """What it says in some languages, also where that is nothing."""
        return replace(self, texts={code: self.texts.get(code, "") for code in languages})

    @property
    def mark(self) -> str:
        """What tells whether somebody changed it."""
        said = "\0".join([self.kind, *(f"{code}\0{text}" for code, text in sorted(self.texts.items()))])
        return sha256(said.encode()).hexdigest()[:12]


def read(kept: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """The passages of a draft as it keeps them; words are tidied, empty ones left out."""
    return [Passage(one["id"], BlockKind(one["kind"]), _words(one["texts"])) for one in kept]


def _words(texts: Mapping[str, str]) -> dict[str, str]:
    tidied = {code: tidy(text) for code, text in texts.items()}
    return {code: text for code, text in tidied.items() if text}


def check(passages: Sequence[Passage]) -> None:
    """Whether a draft can be kept; it may still lack a title, or words. Raises `TooManyBlocks`, `BlockTwice`,
    `BlockTooLong`."""
    if len(passages) > MOST:
        raise TooManyBlocks(found=len(passages), limit=MOST)
    seen: set[str] = set()
    for one in passages:
        if one.id in seen:
            raise BlockTwice(block=one.id)
        seen.add(one.id)
        check_length(one.texts.values())


def check_length(texts: Iterable[str]) -> None:
    """Whether the words of blocks can be kept. Raises `BlockTooLong`."""
    for text in texts:
        if len(text) > LONGEST:
            raise BlockTooLong(start=text[:40], found=len(text), limit=LONGEST)


# ------------------------------------------------------------------------------------------ from a version, and to one
def begun(blocks: Iterable[Block], language: str, others: Mapping[str, Mapping[str, str]]) -> list[Passage]:
    """A draft that begins with a version: its words in `language`, and what `others` say of each block."""
    blocks = list(blocks)
    said = {language: {one.id: one.text for one in blocks}, **others}
    return [
        Passage(one.id, one.kind, _words({code: texts.get(one.id, "") for code, texts in said.items()}))
        for one in blocks
    ]


def titled(title: Mapping[str, str]) -> list[Passage]:
    """A draft of a document without a text: its title, in the languages in which it has one."""
    return [Passage("b1", BlockKind.TITLE, _words(title))]


def original(passages: Iterable[Passage], language: str) -> list[Block]:
    """The text that a draft makes in the language in which it is adopted; a passage without words in it is left out."""
    return [Block(one.id, one.kind, one.texts[language]) for one in passages if one.texts.get(language)]


def translated_anew(
    passages: Iterable[Passage], language: str, known: Mapping[str, Mapping[str, str]], codes: Iterable[str]
) -> dict[str, dict[str, str]]:
    """What a draft says in each of the other languages that is not `known` of the last version: new words, and the
    empty text for words that were taken out. What is as it was is carried over, or turns stale."""
    said = [one for one in passages if one.texts.get(language)]
    anew = {
        code: {one.id: text for one in said if (text := one.texts.get(code, "")) != known.get(code, {}).get(one.id, "")}
        for code in codes
        if code != language
    }
    return {code: texts for code, texts in anew.items() if texts}


def untouched(blocks: Iterable[Block], then: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """The words in another language that render a text as it stands: those of paragraphs that nobody touched since
    `then`, when they were translated."""
    return {one.id: texts[one.id] for one in blocks if texts.get(one.id) and then.get(one.id) == one.text}


def lower(one: Standing, other: Standing) -> Standing:
    """What a translation made of two parts is worth."""
    return Standing.WORKING if Standing.WORKING in (one, other) else Standing.OFFICIAL


def next_kind(asked: VersionKind | None, *, first: bool) -> VersionKind:
    """The kind of the next version: the original, then a revision unless a corrigendum is asked for.
    Raises `FirstVersion`, `NotTheFirst`."""
    kind = asked or (VersionKind.ORIGINAL if first else VersionKind.REVISION)
    if first and kind is not VersionKind.ORIGINAL:
        raise FirstVersion
    if not first and kind is VersionKind.ORIGINAL:
        raise NotTheFirst
    return kind


def check_agreed(agreed: Mapping[str, str], now: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Paragraphs that were agreed stay as they are until they are reopened: `agreed` and `now` give the digest of
    each, `names` what it was called. Raises `AgreedTextChanged`."""
    for block, digest in agreed.items():
        if now.get(block) != digest:
            raise AgreedTextChanged(number=names.get(block) or block)


CLOSED = (ParagraphStatus.AGREED.value, ParagraphStatus.AD_REFERENDUM.value)


# ------------------------------------------------------------------------------------------------ steps of the editor
def worded(passages: Sequence[Passage], typed: Mapping[str, Passage]) -> list[Passage]:
    """With what was typed; passages of which nothing was typed, and languages that were not shown, stay."""
    return [
        replace(one, kind=typed[one.id].kind, texts=_words({**one.texts, **typed[one.id].texts}))
        if one.id in typed
        else one
        for one in passages
    ]


def parted(passages: Iterable[Passage], ids: Iterator[str]) -> list[Passage]:
    """Passages with a blank line in them become several of the same kind, language by language in order; the first
    keeps the id."""
    made: list[Passage] = []
    for one in passages:
        parts = {code: re.split(r"\n\s*\n", text) for code, text in one.texts.items()}
        longest = max(map(len, parts.values()), default=1)
        if one.kind is BlockKind.TABLE or longest == 1:
            made.append(one)
            continue
        for at in range(longest):
            texts = _words({code: said[at] for code, said in parts.items() if at < len(said)})
            made.append(Passage(one.id if at == 0 else next(ids), one.kind, texts))
    return made


def added(passages: Sequence[Passage], beside: str, new: str, *, above: bool = False) -> list[Passage]:
    """With an empty passage below (or above) another, of its kind if that is one that delegations negotiate.
    An empty draft gets its title. Raises `UnknownBlock`."""
    if not passages:
        return [Passage(new, BlockKind.TITLE, {})]
    at = _place(passages, beside)
    kind = passages[at].kind if passages[at].kind in NEGOTIATED else BlockKind.OPERATIVE
    place = at if above else at + 1
    return [*passages[:place], Passage(new, kind, {}), *passages[place:]]


def removed(passages: Sequence[Passage], block: str) -> list[Passage]:
    """Without a passage. Raises `UnknownBlock`."""
    at = _place(passages, block)
    return [*passages[:at], *passages[at + 1 :]]


def moved(passages: Sequence[Passage], block: str, *, up: bool) -> list[Passage]:
    """With a passage one place up or down; the first and the last stay where they are. Raises `UnknownBlock`."""
    at = _place(passages, block)
    to = min(max(at - 1 if up else at + 1, 0), len(passages) - 1)
    rest = removed(passages, block)
    return [*rest[:to], passages[at], *rest[to:]]


def joined(passages: Sequence[Passage], block: str) -> list[Passage]:
    """With a passage joined to the one before it, whose id and kind the two keep; the first stays as it is.
    Raises `UnknownBlock`."""
    at = _place(passages, block)
    if at == 0:
        return list(passages)
    before, one = passages[at - 1], passages[at]
    between = "\n" if before.kind is BlockKind.TABLE else " "
    codes = dict.fromkeys([*before.texts, *one.texts])
    texts = {code: between.join(filter(None, (before.texts.get(code), one.texts.get(code)))) for code in codes}
    return [*passages[: at - 1], replace(before, texts=texts), *passages[at + 1 :]]


def _place(passages: Sequence[Passage], block: str) -> int:
    for at, one in enumerate(passages):
        if one.id == block:
            return at
    raise UnknownBlock(block=block)


# --------------------------------------------------------------------------------------- when two editors collide
@dataclass(frozen=True, slots=True)
class Merged:
    """What two editors wrote at once: everything of both, and the passages that both changed, as the other has them."""

    passages: list[Passage]
    theirs: Mapping[str, Passage]


def merge(now: Sequence[Passage], typed: Mapping[str, Passage], seen: Mapping[str, str]) -> Merged:
    """The draft as somebody else left it (`now`), with what was typed on an earlier one, whose passages had the marks
    `seen`. Where only one of the two changed a passage, that one's words stand; where both did, what was typed, and
    the other's words beside it. What was typed in a passage that the other took out stands after what it followed."""
    ours = {block: one for block, one in typed.items() if seen.get(block) != one.mark}
    theirs = {one.id: one for one in now if one.id in ours and seen.get(one.id) != one.told_in(ours[one.id].texts).mark}
    made = worded(now, ours)
    held = {one.id for one in now}
    order = list(typed)
    for block, one in ours.items():
        if block in held or not any(one.texts.values()):
            continue
        before = next((other for other in reversed(order[: order.index(block)]) if other in held), None)
        at = next((place + 1 for place, other in enumerate(made) if other.id == before), 0)
        made.insert(at, replace(one, texts=_words(one.texts)))
        held.add(block)
    return Merged(made, theirs)
