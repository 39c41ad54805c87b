"""The ledger of a text as its page shows it: figures, tables and a list, each number with the address of what it
counts."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chancery.core import charts
from chancery.core.asof import now
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.dates import Day
from chancery.core.templatetags.chancery import day_words, machine_instant

from .. import words
from ..queries.ledger import Ledger, Paragraph, called
from ..rules import ledger as rules
from ..rules.ledger import BRACKETS, ENDS, Line
from ..rules.proposals import CHAIR, Fit, ProposalKind, ProposalStatus
from .pieces import PROPOSED, Pieces, spoken_in

LINKS = 12  # of paragraphs or proposals in a row; how many more there are is said
START = 60  # characters of a paragraph's first words


class Link(NamedTuple):
    href: str
    word: str
    parties: SafeString = SafeString("")


@dataclass(frozen=True, slots=True)
class Linked:
    """Links in a row, the first of them; `more` is how many there are beyond, to be found at `href`."""

    links: list[Link]
    more: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class Blocking:
    """What keeps the text from being agreed: how many, in words, and where."""

    told: str
    number: int
    sign: str
    icon: str
    where: Linked


class Shown:
    """Writes the ledger of one text for one reader."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.seen = ledger, ledger.seen
        self.pieces = Pieces(ledger.seen)
        self.base = self.pieces.base
        self.kinds = {one: str(words.PROPOSAL_KIND[one]) for one in ProposalKind}
        self.statuses = {one: self.pieces.state(one, str(words.PROPOSAL[one])) for one in ProposalStatus}
        self.columns = [words.ENDED[one] for one in ENDS]

    # ------------------------------------------------------------------------------------------- addresses
    def asking(self, **asked: Any) -> str:
        """The list of the proposals that answer to this."""
        return f"?{urlencode(asked)}"

    def number(self, block: str) -> str:
        """What a paragraph is called; words where it has no number."""
        found = self.ledger.paragraphs.get(block)
        number = found.number if found else self.seen.numbers.get(block, "")
        if number:
            return number
        if found is None or found.block is None:
            return _("no longer in the text")
        return str(words.BLOCK[found.block.kind])

    def paragraph(self, block: str) -> Link:
        return Link(f"{self.base}#{block}", self.number(block))

    def proposal(self, line: Line) -> Link:
        return Link(f"{self.base}proposals/{line.ref}/", str(line.number))

    def _linked(self, links: Sequence[Link], href: str = "") -> Linked:
        return Linked(list(links[:LINKS]), max(len(links) - LINKS, 0), href)

    # ---------------------------------------------------------------------------------------------- figures
    @property
    def figures(self) -> Iterator[tuple[Any, int, str]]:
        """What each counts, the number, and the address of what it counts."""
        ledger = self.ledger
        yield _("open proposals"), len(ledger.open), self.asking(status=BRACKETS)
        yield _("paragraphs in brackets"), len(self._bracketed), "#paragraphs"
        yield _("agreed, and not in the text yet"), len(ledger.agreed), self._agreed_now
        settled = len(ledger.lines) - len(ledger.open)
        yield _("settled in all"), settled, self.asking(status=rules.SETTLED)

    @property
    def round(self) -> str:
        """Which version is negotiated, and since when."""
        version = self.seen.version
        about = {"version": self._version(version.position), "day": day_words(Day(version.circulated))}
        return _("%(version)s, circulated on %(day)s") % about

    @cached_property
    def _bracketed(self) -> list[str]:
        return [one.id for one, lines in self.ledger.by_paragraph if lines]

    @property
    def _agreed_now(self) -> str:
        return self.asking(status=ProposalStatus.AGREED, ended=self.seen.version.position)

    def _version(self, place: int) -> str:
        version = self.ledger.versions.get(place)
        return (called(version) if version else "") or _("First version")

    # -------------------------------------------------------------------------------------------- what blocks
    @property
    def blocking(self) -> list[Blocking]:
        return [one for one in self._blocking() if one.number]

    def _blocking(self) -> Iterator[Blocking]:
        ledger, language = self.ledger, self.seen.version.language
        yield self._of_paragraphs(_("paragraphs in brackets"), "stop", "open", self._bracketed)
        yield self._of_paragraphs(_("paragraphs not agreed"), "stop", "open", self.seen.holding)
        capitals = [self.paragraph(block)._replace(parties=self._waiting(waits)) for block, waits in ledger.capitals]
        number = len({party for _, waits in ledger.capitals for party in waits})
        yield Blocking(_("capitals awaited"), number, "wait", "half", self._linked(capitals, self.base))
        objections = [self._whole(one.block)._replace(parties=self._codes(one.parties)) for one in ledger.objections]
        yield Blocking(_("objections"), len(objections), "stop", "stop", self._linked(objections, self.base))
        yield self._of_lines(_("agreed, and not in the text yet"), "wait", "wait", ledger.agreed, self._agreed_now)
        told = _("not translated into %(language)s") % {"language": LANGUAGE_NAMES.get(language, language)}
        yield self._of_lines(told, "wait", "wait", ledger.pending, self.asking(status=rules.PENDING))
        for fit in (Fit.CONFLICT, Fit.GONE):
            found = [line for line, lies in ledger.moved_on if lies is fit]
            yield self._of_lines(str(words.FIT[fit]), "wait", "half", found, self.asking(status=rules.MOVED))

    def _of_paragraphs(self, told: str, sign: str, icon: str, blocks: Sequence[str]) -> Blocking:
        return Blocking(told, len(blocks), sign, icon, self._linked([*map(self.paragraph, blocks)], "#paragraphs"))

    def _of_lines(self, told: str, sign: str, icon: str, lines: Sequence[Line], href: str) -> Blocking:
        return Blocking(told, len(lines), sign, icon, self._linked([*map(self.proposal, lines)], href))

    def _whole(self, block: str) -> Link:
        return self.paragraph(block) if block else Link(f"{self.base}#whole", _("the text as a whole"))

    def _waiting(self, parties: Sequence[str]) -> SafeString:
        """Whose capital is awaited: how many, where the reader does not see what the others say."""
        if self.seen.reader.positions:
            return self._codes(parties)
        return mark_safe(ngettext("%(n)d capital", "%(n)d capitals", len(parties)) % {"n": len(parties)})

    def _codes(self, parties: Iterable[str]) -> SafeString:
        return mark_safe(" ".join(map(self.pieces.code, parties)))

    # ------------------------------------------------------------------------------------------------ tables
    @property
    def paragraphs(self) -> Iterator[dict[str, Any]]:
        members, complete = len(self.ledger.members), self.ledger.complete
        for one, lines in self.ledger.by_paragraph:
            authors = dict.fromkeys(party for line in lines for party in line.parties)
            yield {
                "link": self.paragraph(one.id), "start": self.start(one), "number": len(lines),
                "href": self.asking(paragraph=one.id, status=BRACKETS), "authors": self._codes(authors),
                "state": mark_safe(self._state(one)),
                "spoken": f"{len(self.ledger.spoken[one.id])}/{members}" if complete else "",
            }  # fmt: skip

    def _state(self, one: Paragraph) -> str:
        if one.proposed or one.block is None:
            return self.pieces.state(PROPOSED, _("Proposed")) if one.block else ""
        return self.pieces.statuses[self.ledger.status(one)]

    def start(self, one: Paragraph) -> str:
        """The first words of a paragraph."""
        text = one.block.text if one.block else ""
        if len(text) <= START:
            return text
        cut = text[:START].rpartition(" ")[0]
        return f"{cut or text[:START]}…"

    @property
    def spoken_in(self) -> SafeString:
        """The attributes of words of the text."""
        return mark_safe(spoken_in(self.seen.version.language))

    @property
    def parties(self) -> Iterator[dict[str, Any]]:
        for party, lines in self.ledger.by_party:
            supporters = {one for line in lines for one in line.supporters}
            blocks = dict.fromkeys(line.block for line in lines)
            href = self.asking(party=party, status=BRACKETS)
            yield {
                "code": mark_safe(self.pieces.code(party)), "name": "" if party == CHAIR else self.ledger.names[party],
                "number": len(lines), "href": href, "supported": sum(bool(line.supporters) for line in lines),
                "supporters": len(supporters), "where": self._linked([*map(self.paragraph, blocks)], href),
            }  # fmt: skip

    @property
    def rounds(self) -> Iterator[dict[str, Any]]:
        for one in self.ledger.rounds:
            version = self.ledger.versions.get(one.place)
            yield {
                "name": self._version(one.place), "day": version.circulated if version else None,
                "tabled": one.tabled, "tabled_href": self.asking(round=one.place),
                "ended": [
                    (words.ENDED[status], number, self.asking(status=status, ended=one.place))
                    for status, number in one.ended.items()
                ],
                "left": one.left, "left_href": self.asking(left=one.place),
            }  # fmt: skip

    @property
    def bodies(self) -> Iterator[dict[str, Any]]:
        for body, lines in self.ledger.by_body:
            yield {
                "name": body.short or body.name, "tabled": len(lines), "tabled_href": self.asking(body=body.ref),
                "open": sum(one.open for one in lines), "open_href": self.asking(body=body.ref, status=BRACKETS),
            }  # fmt: skip

    # -------------------------------------------------------------------------------------------- over time
    @property
    def chart(self) -> charts.Steps | None:
        if not self.ledger.lines:
            return None
        found = rules.course(self.ledger.lines, settings.CHARTER.zone, now())
        points = [
            (
                at, number, self.pieces.moment(at) if found.hourly else day_words(Day(at.date())),
                f"{at:%H:%M}" if found.hourly else self.pieces.short_day(at.date()),
            )
            for at, number in found.points
        ]  # fmt: skip
        told = {"most": found.most, "now": found.points[-1][1]}
        return charts.course(
            _("At most %(most)d open, now %(now)d") % told, _("Open proposals"), points, until=found.until
        )

    # --------------------------------------------------------------------------------------- who has not spoken
    @property
    def silent(self) -> list[tuple[SafeString, Any]]:
        names = self.ledger.names
        return [(mark_safe(self.pieces.code(one)), names[one]) for one in self.ledger.silent]

    @property
    def own(self) -> tuple[int, int] | None:
        """On how many of the paragraphs that are not agreed the reader's delegation has spoken."""
        if not self.seen.reader.member:
            return None
        blocks = [one.id for one, _lines in self.ledger.by_paragraph]
        return sum(self.seen.reader.party in self.ledger.spoken[one] for one in blocks), len(blocks)

    # -------------------------------------------------------------------------------------------------- the list
    def rows(self, lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
        for line in lines:
            paragraph = self.ledger.paragraphs[line.block]
            yield {
                "link": self.proposal(line), "kind": self.kinds[line.kind],
                "paragraph": self.paragraph(line.block) if paragraph.block else Link("", self.number(line.block)),
                "authors": self._codes(line.parties), "supporters": len(line.supporters),
                "state": mark_safe(self.statuses[line.status]), "at": self._moment(line.at),
                "settled": self._moment(line.settled) if line.settled else "",
            }  # fmt: skip

    def _moment(self, at: dt.datetime) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', machine_instant(at), self.pieces.moment(at))

    @property
    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        """What the filter offers: what the proposals name."""
        about = {line.block for line in self.ledger.lines}
        parties = {party for line in self.ledger.lines for party in line.parties}
        names = self.ledger.names
        return {
            "paragraphs": [
                (one.id, f"{self.number(one.id)}. {self.start(one)}" if one.block else self._unplaced(one))
                for one in self.ledger.paragraphs.values()
                if one.id in about
            ],
            "parties": [
                *((one, str(names[one])) for one in sorted(parties - {CHAIR}, key=names.order)),
                *([(CHAIR, _("The Chair"))] if CHAIR in parties else []),
            ],
            "rounds": [(str(one), self._version(one)) for one in range(1, self.seen.version.position + 1)],
            "bodies": [(body.ref, str(body.short or body.name)) for body, _ in self.ledger.by_body],
        }  # fmt: skip

    def _unplaced(self, one: Paragraph) -> str:
        """A paragraph that the text does not have, by the first proposal that speaks of it."""
        first = next(line.number for line in self.ledger.lines if line.block == one.id)
        return _("no longer in the text (proposal %(number)s)") % {"number": first}
