"""What was said of a paragraph."""

import datetime as dt
from functools import cache
from html import escape

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chancery.journal.words import capacity

from ..queries.negotiation import COUNTED, Negotiation, Voices, Word
from ..rules.positions import ParagraphStatus, Stance
from .pieces import Pieces, spoken_in

# gettext does not look into f-strings, so the words that stand in one are named here
IN_THE_SOUNDING = gettext_lazy("In the sounding")
EARLIER = gettext_lazy("on the earlier words")
SOUNDING = gettext_lazy("in the sounding")

BADGES = 4
REMARKS = 3


class Heard:
    """Writes the positions on the paragraphs of one text."""

    def __init__(self, seen: Negotiation, pieces: Pieces) -> None:
        self.seen, self.pieces, self.reader = seen, pieces, seen.reader
        self._codes_left = cache(lambda left: _("and %(n)d more") % {"n": left})
        self._words_left = cache(
            lambda left: ngettext("and %(n)d more position", "and %(n)d more positions", left) % {"n": left}
        )

    def said(self, block: str, *, all_of_it: bool = False, silent: bool = False) -> SafeString:
        """The positions on a paragraph: tallies with a few badges, then the sharpest words. That there is none is not
        said where it is to be `silent`."""
        told = self._awaited(block) + self._voices(self.seen.said.of(block), block, all_of_it)
        if soundings := self._voices(self.seen.said.of(block, sounding=True), block, all_of_it):
            told += f'<p class="meta sounding">{IN_THE_SOUNDING}</p>{soundings}'
        return mark_safe(told) if told or silent else self._nothing

    @cached_property
    def _nothing(self) -> SafeString:
        shown = _("No position yet.") if self.reader.positions else _("Positions are for the Chair to read.")
        return mark_safe(f'<p class="meta">{shown}</p>')

    def _awaited(self, block: str) -> str:
        if not (parties := self.seen.awaited(block)):
            return ""
        label = _("To be confirmed by")  # collected only outside an f-string
        return f'<p class="voices"><b>{label}</b> {self.pieces.codes(parties)}</p>'

    def _voices(self, said: Voices, block: str, all_of_it: bool) -> str:
        tallies = "".join(self._tally(stance, said, block, all_of_it) for stance in COUNTED)
        spoken = [one for one in said.words if one.words or one.stance not in COUNTED]
        shown = spoken if all_of_it else spoken[:REMARKS]
        left = len(spoken) - len(shown)
        return tallies + "".join(map(self.remark, shown)) + (
            self.pieces.more(block, self._words_left(left)) if left else ""
        )

    def _tally(self, stance: Stance, said: Voices, block: str, all_of_it: bool) -> str:
        parties = said.parties.get(stance, [])
        if stance is Stance.AWAITING_CAPITAL and (awaited := self.seen.awaited(block)):
            parties = [one for one in parties if one not in awaited]  # named above already
        if not parties:
            return ""
        own = self.reader.party
        parties = sorted(parties, key=lambda party: (party != own, party))
        shown = parties if all_of_it else parties[:BADGES]
        left = len(parties) - len(shown)
        more = self.pieces.more(block, self._codes_left(left)) if left else ""
        return (
            f'<p class="voices"><b>{self.pieces.stances[stance]} {len(parties)}</b> '
            f"{self.pieces.codes(shown)}{more}</p>"
        )

    def remark(self, word: Word) -> str:
        """What a party said, with its words."""
        pieces = self.pieces
        earlier = f" <span>{EARLIER}</span>" if word.earlier else ""
        said = ""
        if word.words:
            language = f" {spoken_in(word.language)}" if word.language != pieces.language else ""
            cut = f"…</bdi>{pieces.more(word.block, _('in full'))}" if word.cut else "</bdi>"
            said = f"<p{language}><bdi>{escape(word.words)}{cut}</p>"
        return (
            f'<div class="cmt"><header>{pieces.code(word.party)}{pieces.stances[word.stance]}'
            f"<span>{pieces.moment(word.at)}</span>{earlier}</header>{said}</div>"
        )

    def history(self, block: str) -> list[tuple[dt.datetime, SafeString, str, str]]:
        """What happened, the latest first: when, who and what, in which words, and in which language."""
        found = []
        for told in self.seen.said.history(block):
            said = told["said"]
            if "party" in said:
                who = f'{self.pieces.code(said["party"])} {self.pieces.stances[Stance(said["stance"])]}'
                who += f" {SOUNDING}" if said["sounding"] else ""
            else:
                status = ParagraphStatus(said["paragraphs"][block]["status"])
                who = f"{escape(capacity(told))} {self.pieces.statuses[status]}"
            spoken = said.get("words") or said.get("reason", "")
            found.append((told["at"], mark_safe(who), spoken, said.get("language", self.pieces.language)))
        return found
