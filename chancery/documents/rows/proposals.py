"""The proposals on a paragraph, beside it: who proposes what and why, who supports it, and what one can do about it."""

from html import escape

from django.utils.translation import gettext as _

from .. import words
from ..models import Proposal
from ..queries.negotiation import Negotiation
from ..rules.proposals import Fit, ProposalKind, ProposalStatus
from .pieces import Pieces, spoken_in

SHOWN = 5  # proposals beside a paragraph; its own page has them all
BADGES = 4
SHORT = 280  # characters of a reason


class Tabled:
    """Writes the proposals of one text for one reader."""

    def __init__(self, seen: Negotiation, pieces: Pieces, fits: dict[str, Fit]) -> None:
        self.seen, self.pieces, self.reader, self.fits = seen, pieces, seen.reader, fits
        self.kinds = {one.value: str(words.PROPOSAL_KIND[one]) for one in ProposalKind}
        self.statuses = {
            one: pieces.state(one, str(words.PROPOSAL[one])) for one in (ProposalStatus.AD_REFERENDUM,)
        }  # fmt: skip
        self.supported, self.support, self.ours = _("Supported by"), _("Support"), _("Supported by your delegation")
        self.open, self.settle, self.in_full = _("Open"), _("Settle"), _("in full")
        self.speaks = self.reader.speaks and self.reader.member and not seen.closed
        self.leads = self.reader.leads and not seen.closed

    def of(self, block: str, *, all_of_them: bool = False) -> str:
        rows = self.seen.proposed.by_block.get(block, [])
        shown = rows if all_of_them else rows[:SHOWN]
        told = "".join(map(self._one, shown))
        left = len(rows) - len(shown)
        return told + (self.pieces.more(block, _("and %(n)d more") % {"n": left}) if left else "")

    def count(self, block: str) -> int:
        return len(self.seen.proposed.by_block.get(block, ()))

    def _one(self, row: Proposal) -> str:
        pieces = self.pieces
        href = f"{pieces.base}proposals/{row.ref}/"
        parties = "".join(map(pieces.code, row.parties.split()))
        state = self.statuses.get(row.status, "")
        fit = words.FIT[fit] if (fit := self.fits.get(row.ref)) else ""
        told = f'<p class="quiet small">{fit}</p>' if fit else ""
        if row.reason:
            cut = f"…</bdi> <a href=\"{href}\">{self.in_full}</a>" if len(row.reason) > SHORT else "</bdi>"
            language = f" {spoken_in(row.language)}" if row.language != pieces.language else ""
            told += f"<p{language}><bdi>{escape(row.reason[:SHORT])}{cut}</p>"
        return (
            f'<div class="cmt prop"><header>{parties}<a href="{href}">{row.number}</a> <span>{self.kinds[row.kind]}'
            f"</span> {state}<span>{pieces.moment(row.at)}</span></header>{told}"
            f'<div class="prop__do">{self._supporters(row)}{self._tools(row)}</div></div>'
        )

    def _supporters(self, row: Proposal) -> str:
        parties = row.supporters.split()
        if not parties:
            return ""
        parties.sort(key=lambda party: (party != self.reader.party, party))
        left = len(parties) - BADGES
        more = _("and %(n)d more") % {"n": left} if left > 0 else ""
        codes = self.pieces.codes(parties[:BADGES])
        return f'<p class="voices"><b>{self.supported} {len(parties)}</b> {codes} {more}</p>'

    def _tools(self, row: Proposal) -> str:
        base, tools = f"{self.pieces.base}proposals/{row.ref}/", ""
        if self.speaks and self.reader.party not in [*row.parties.split(), *row.supporters.split()]:
            tools = (
                f'<button class="btn btn--small" form="take" formaction="{base}support/" name="how" value="support" '
                f'hx-post="{base}support/">{self.support}</button>'
            )
        if self.leads:
            href = f"{self.pieces.base}settlement/?proposal={row.ref}"
            tools += f'<a class="btn btn--small" href="{href}">{self.settle}</a>'
        return tools
