"""What a Word file that came back would propose, and what of it is known already."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import Q

from chancery.core.refusals import Refusal, sentence

from .. import word
from ..models import Proposal, Version
from ..reading.remarks import Remark
from ..rules import readings
from ..rules.blocks import Block
from ..rules.edits import applied, carried, edits
from ..rules.proposals import CHAIR, OPEN, ProposalKind, ProposalStatus, Wish
from ..rules.readings import Standing
from ..word import Contribution, Found, Known, KnownText, Origin, Understood, Voice
from . import proposals
from .amendments import LazyOrders, amendment, visible
from .negotiation import Negotiation

_CODE = re.compile(r"\(([^()]+)\)\s*$")


class AnotherText(Refusal):
    sentence = sentence("This file is of another text. Open that text, and bring the file there.")
    field = "file"
    status = 409


@dataclass(frozen=True, slots=True)
class Line:
    """A change that was understood, by its author as the file names him (`parties`, if they are known). `wish` is what
    would be tabled, on the words of now; none where it is known already, or where it is for others to table. `moved`
    says that the words have become others since, so that it stands as another paragraph beside them."""

    author: str
    parties: tuple[str, ...]
    found: Understood
    wish: Wish | None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file, before anything is tabled."""

    lines: list[Line]
    absent: list[Proposal]
    remarks: tuple[Remark, ...]
    formatting: int
    origin: Origin | None


Voices = Callable[[list[Proposal]], dict[str, Voice]]


def preview(seen: Negotiation, content: bytes, voices: Voices, *, author: str) -> Preview:
    """A file as somebody would bring it in whose proposals would be of `author` (a party, or the Chair). `voices` names
    authors as the file does.

    Raises `AnotherText` and what `word.read_amended` raises."""
    origin = word.identify(content)
    if origin and origin.document != seen.document.ref:
        raise AnotherText
    known, rows = _known(seen, origin, voices)
    found = word.read_amended(content, known)
    now = {code: proposals.standing(seen.version, code) for code in known.texts}
    lines = [_line(one, it, now[it.language], rows, author) for one in found.contributions for it in one.found]
    absent = dict.fromkeys(ref for _, ref in found.absent)
    return Preview(
        lines, [rows[ref] for ref in absent if rows[ref].status in OPEN], found.remarks, found.formatting, origin
    )  # fmt: skip


def _known(seen: Negotiation, origin: Origin | None, voices: Voices) -> tuple[Known, dict[str, Proposal]]:
    """The text as it stood when the file was made, and the proposals that were open then."""
    version = Version.objects.filter(document=seen.document, ref=origin.version).first() if origin else None
    version = version or seen.version
    at = origin.exported if origin and origin.exported else None
    rows = Proposal.objects.filter(
        visible(seen.reader.party, all_of_them=seen.reader.proposals), document=seen.document
    ).order_by("number")
    open_then, agreed_then = list(rows.filter(_open(at))), list(rows.filter(_agreed(version, at)))
    agreed_then.sort(key=lambda row: (row.settled, row.number))
    languages = [one for one in (origin.languages if origin else ()) if one in proposals.languages_of(version)]
    named = voices(open_then)
    texts = {}
    for code in languages or [version.language]:
        blocks = proposals.texts_of(version, code)
        settled = [one for row in agreed_then if not (one := amendment(row, code)).pending]
        stood = readings.standing(blocks, settled, LazyOrders(seen.document))
        texts[code] = KnownText(stood.blocks, [amendment(row, code) for row in open_then], named)
    return Known(texts), {row.ref: row for row in open_then}


def _open(at: dt.datetime | None) -> Q:
    if at is None:
        return Q(status__in=list(OPEN))
    return Q(at__lte=at) & (Q(status__in=list(OPEN)) | Q(settled__gt=at))


def _agreed(version: Version, at: dt.datetime | None) -> Q:
    agreed = Q(status=ProposalStatus.AGREED, settled_on=version)
    return agreed & Q(settled__lte=at) if at else agreed


def _line(one: Contribution, found: Understood, now: Standing, rows: dict[str, Proposal], author: str) -> Line:
    parties = parties_of(one.author)
    if found.status is Found.KNOWN or (parties and author not in parties and author != CHAIR):
        return Line(one.author, parties, found, None)
    wish, moved = _wish(found, now)
    before = rows.get(found.proposal)
    if before and before.parties.split() == [author] and before.status in OPEN:
        wish = replace(wish, instead_of=before.ref)
    return Line(one.author, parties, found, wish, moved)


def parties_of(author: str) -> tuple[str, ...]:
    """The parties that an author in a file stands for, as files are written: `Maravel (XP)`, `XA, XB`. None for others;
    who they are is for whoever brings the file to say."""
    named = _CODE.search(author)
    codes = [named[1]] if named else author.split(", ")
    return tuple(one.casefold() for one in codes) if all(re.fullmatch(r"[A-Z]{2,4}", one) for one in codes) else ()


def _wish(found: Understood, now: Standing) -> tuple[Wish, bool]:
    """What would be tabled on the words of now: a change is carried over to them; where they have become others, the
    whole paragraph stands beside them."""
    wish = Wish(
        found.kind, found.block, found.text, found.after, found.block_kind, found.reason, language=found.language
    )
    block = next((one for one in now.blocks if one.id == found.block), None)
    if found.kind is not ProposalKind.WORDS or block is None or block.text == found.before:
        return wish, False
    return _carried(wish, found, block)


def _carried(wish: Wish, found: Understood, block: Block) -> tuple[Wish, bool]:
    moved = carried(edits(found.before, found.text), found.before, block.text)
    if moved.lost:
        return replace(wish, kind=ProposalKind.ALTERNATIVE), True
    return replace(wish, text=applied(block.text, moved.edits)), False
