"""The words of a paragraph with what is proposed in brackets: who, and which words to add or to leave out.

Blanks at the ends of proposed words stand outside the brackets, where they look as they will. Lines under and through
words have no voice, so for those who listen a word says which are to be added or left out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Proposal
from ..rules.rolling import Alternative, Option, Part, Place, Rolled
from .pieces import Pieces


class Brackets:
    """Writes the brackets of one text; `number` says what a paragraph is called."""

    def __init__(self, pieces: Pieces, rows: Mapping[str, Proposal], number: Callable[[str], str]) -> None:
        self.pieces, self.rows, self.number = pieces, rows, number
        self._known: dict[tuple[str, ...], str] = {}
        self.leave_out, self.here = _("leave out"), _("paragraph %(number)s here")
        self.away, self.changed = _("move after %(number)s"), _("on earlier words")
        self.untranslated = _("not translated yet")
        add = pgettext("in brackets", "add")
        self.plus, self.minus = (f'<span class="vh">{word} </span>' for word in (add, self.leave_out))

    def words(self, rolled: Rolled) -> str:
        """The words that stand or are inserted, with their brackets."""
        if rolled.place is Place.ARRIVES:
            told = self.here % {"number": escape(rolled.number)}
            link = f'<a href="#{rolled.block.id}">{told}</a>'
            return f'<ins class="am"><b>[{self._who([rolled.proposal])}:</b>{link}<b>]</b></ins>'
        said = "".join(map(self._part, rolled.parts))
        if rolled.place is Place.INSERTED:
            said = said or self.untranslated
            said = f'<ins class="am am--whole"><b>[{self._who([rolled.proposal])}:</b>{said}<b>]</b></ins>'
        return "".join(self._marks(rolled)) + said

    def alternatives(self, rolled: Rolled, attributes: str) -> str:
        return "".join(self._alternative(one, attributes) for one in rolled.alternatives)

    def _marks(self, rolled: Rolled) -> Iterator[str]:
        """What is proposed of the paragraph as a whole, and what is not translated yet."""
        if rolled.deletions:
            yield f'<del class="am am--mark"><b>[{self._who(rolled.deletions)}:</b>{self.leave_out}<b>]</b></del> '
        for ref in rolled.departures:
            told = self.away % {"number": escape(self.number(self.rows[ref].after))}
            yield f'<ins class="am am--mark"><b>[{self._who([ref])}:</b>{told}<b>]</b></ins> '
        if pending := [ref for ref in rolled.pending if ref != rolled.proposal]:
            told = self.untranslated
            yield f'<ins class="am am--mark"><b>[{self._who(pending)}:</b>{told}<b>]</b></ins> '

    def _alternative(self, one: Alternative, attributes: str) -> str:
        changed = f'<small class="stale">{self.changed}</small>' if one.conflict else ""
        return (
            f'<p class="para__t para__alt" {attributes}><b class="alt">{escape(one.number)}</b> <ins class="am">'
            f"<b>[{self._who(one.proposals)}:</b><bdi>{escape(one.text)}</bdi><b>]</b></ins>{changed}</p>"
        )

    def _part(self, part: Part) -> str:
        if not part.options:
            return escape(part.text)
        if len(part.options) == 1:
            return self._single(part.text, part.options[0])
        stands = ""
        if part.text:
            said = escape(part.text.strip())
            stands = f'<del class="am"><b class="am__b">[</b>{self.minus}<bdi>{said}</bdi><b>]</b></del> '
        said = " <b>/</b> ".join(
            f"<b>{self._who(one.proposals)}:</b><bdi>{escape(one.text.strip()) or self.leave_out}</bdi>"
            for one in part.options
        )
        before, after = _ends(part.text or part.options[0].text)
        return f'{before}{stands}<ins class="am"><b class="am__b">[</b>{self.plus}{said}<b>]</b></ins>{after}'

    def _single(self, stands: str, option: Option) -> str:
        who = self._who(option.proposals)
        out = new = ""
        if stands:
            out = f'<del class="am"><b>[{who}:</b>{self.minus}<bdi>{escape(stands.strip())}</bdi><b>]</b></del>'
        if option.text:
            new = f'<ins class="am"><b>[{who}:</b>{self.plus}<bdi>{escape(option.text.strip())}</bdi><b>]</b></ins>'
        before, after = _ends(option.text or stands)
        between = " " if out and new else ""
        return f"{before}{out}{between}{new}{after}"

    def _who(self, proposals: Iterable[str]) -> str:
        """Who proposes, with the number of each proposal, under which its note stands beside the paragraph."""
        key = tuple(proposals)
        if key not in self._known:
            self._known[key] = ", ".join(self._author(self.rows[ref]) for ref in key)
        return self._known[key]

    def _author(self, row: Proposal) -> str:
        number = f"<sup>{row.number}</sup>" if row.number else ""
        return ", ".join(map(self.pieces.who, row.parties.split())) + number


def _ends(text: str) -> tuple[str, str]:
    """A blank where the words begin and end with one."""
    return " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
