"""What parties said of a text and of its paragraphs, as far as a reader may see it."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from chancery.journal.models import Entry

from ...models import Document, Position
from ...rules.positions import LONGEST, Stance
from .reader import Reader, visible
from .subjects import WHOLE, subject
from .text import Versions

SHORT = 280  # characters of somebody's words beside a paragraph; the paragraph's own page has them whole
COUNTED = (Stance.CAN_JOIN, Stance.AWAITING_CAPITAL)  # what needs no words is shown as a number
_SHARPEST = [Stance.OBJECTION, Stance.RESERVATION, Stance.COMMENT, Stance.AWAITING_CAPITAL, Stance.CAN_JOIN]
_RANK = {stance: rank for rank, stance in enumerate(_SHARPEST)}
_STANCE = {stance.value: stance for stance in Stance}
# Whether something was said in a sounding, as a text: rows of texts come as the database gives them, unconverted.
_ASIDE = Case(When(sounding=True, then=Value("1")), default=Value(""), output_field=CharField())
_TOLD = ("documents.take-position", "documents.confirm-capital", "documents.agree", "documents.reopen")


class Word(NamedTuple):
    """The last word of a party. `earlier` says that the words of the paragraph have changed since; `cut`, that there
    are more."""

    block: str
    party: str
    stance: Stance
    earlier: bool
    words: str
    cut: bool
    language: str
    at: dt.datetime


@dataclass(slots=True)
class Voices:
    """What parties said of one paragraph: who says what, and the `words`, the sharpest first. Of another party that
    only joins or waits there is neither word nor instant to show, and so none here."""

    parties: dict[Stance, list[str]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)


_SILENT = Voices()


@dataclass(eq=False)
class Said:
    """The last words on a text, or on `only` one of its paragraphs, that a reader may see."""

    document: Document
    versions: Versions
    reader: Reader
    only: str | None

    def of(self, block: str, *, sounding: bool = False) -> Voices:
        """What was said of a paragraph; in soundings, to the Chair alone. Cut short unless it is the `only` one."""
        return self._found[sounding].get(block, _SILENT)

    def own(self, block: str, *, sounding: bool = False) -> Word | None:
        """The last word of the reader's delegation."""
        return next((one for one in self.of(block, sounding=sounding).words if one.party == self.reader.party), None)

    @cached_property
    def _found(self) -> dict[bool, dict[str, Voices]]:
        rows = Position.objects.filter(visible(self.reader), document=self.document)
        found: dict[bool, dict[str, Voices]] = {False: defaultdict(Voices), True: defaultdict(Voices)}
        if self.only is None:
            counted = ~Q(party=self.reader.party) & Q(words="", stance__in=COUNTED)
            self._count(rows.filter(counted), found)
            rows = rows.exclude(counted)
        else:
            rows = rows.filter(block=self.only)
        self._read(rows, found)
        return found

    def _count(self, rows: QuerySet[Position], found: dict[bool, dict[str, Voices]]) -> None:
        """Those who only join or wait: thousands, on a long text."""
        for aside, block, party, stance in rows.values_list(_ASIDE, "block", "party", "stance"):
            found[bool(aside)][block].parties.setdefault(_STANCE[stance], []).append(party)

    def _read(self, rows: QuerySet[Position], found: dict[bool, dict[str, Voices]]) -> None:
        most = SHORT if self.only is None else LONGEST
        told = rows.values_list(
            _ASIDE, "version", "block", "party", "stance", Substr("words", 1, most + 1), "language", "at"
        )
        for aside, version, block, party, kept, words, language, at in told:
            stance, earlier = _STANCE[kept], self.versions.changed(version, block)
            voices = found[bool(aside)][block]
            voices.parties.setdefault(stance, []).append(party)
            voices.words.append(Word(block, party, stance, earlier, words[:most], len(words) > most, language, at))
        for by_block in found.values():
            for voices in by_block.values():
                voices.words.sort(key=lambda one: (_RANK[one.stance], one.party))

    @cached_property
    def spoken(self) -> dict[bool, set[str]]:
        """Where the last word of the reader's delegation is on the words of now: openly, and in soundings."""
        if self.only is None:
            return {
                sounding: {
                    one.block for voices in found.values() for one in voices.words
                    if one.party == self.reader.party and not one.earlier
                }
                for sounding, found in self._found.items()
            }  # fmt: skip
        rows = Position.objects.filter(document=self.document, party=self.reader.party)
        found: dict[bool, set[str]] = {False: set(), True: set()}
        for aside, version, block in rows.values_list(_ASIDE, "version", "block"):
            if not self.versions.changed(version, block):
                found[bool(aside)].add(block)
        return found

    def history(self, block: str) -> list[dict[str, Any]]:
        """What happened to a paragraph and what was said of it, every word that the reader may see, as the journal
        keeps it: the latest 200 first."""
        about = subject(self.document.ref, block or WHOLE)
        entries = Entry.objects.filter(mentions__subject=about, act__in=_TOLD).order_by("-seq")[:200]
        told = [{**json.loads(one.private), "at": one.at, "seq": one.seq} for one in entries]
        return [one for one in told if self._may_hear(one["said"])]

    def _may_hear(self, said: Mapping[str, Any]) -> bool:
        """What the Chair did, whoever sees the text hears; what a party said, as the table says."""
        if "party" not in said or said["party"] == self.reader.party:
            return True
        return self.reader.soundings if said["sounding"] else self.reader.positions
