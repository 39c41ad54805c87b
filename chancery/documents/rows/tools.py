"""What one can do about a paragraph."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .. import words
from ..queries.negotiation import COUNTED, WHOLE, Negotiation, Word
from ..rules.positions import ParagraphStatus, Stance
from .pieces import Pieces
from .voices import EARLIER


class Tools:
    """Writes what the reader may do: the delegation's own word and buttons, its private note, and what the Chair
    does. Each works as a link or a form; with scripts they change this paragraph only."""

    def __init__(self, seen: Negotiation, pieces: Pieces) -> None:
        self.seen, self.pieces, self.reader, self.base = seen, pieces, seen.reader, pieces.base
        self.takes = {one: str(words.TAKE[one]) for one in Stance}
        self.yours, self.change, self.open = _("Your delegation:"), _("Change"), _("Open")
        self.draft, self.private, self.edit = _("Draft"), _("Private note"), _("Edit")
        self.earlier, self.amend = str(EARLIER), _("Amend")
        self.lock = f'<svg class="ico" aria-hidden="true"><use href="{pieces.icons}#i-lock"/></svg>'

    def of(self, block: str) -> SafeString:
        if block and block not in self.seen.text.negotiated:
            return mark_safe(self._amending(block))
        return mark_safe(self._own(block) + self._note(block) + self._chair(block))

    def _amending(self, block: str) -> str:
        """Of a paragraph on which there are no positions: one that is proposed, a heading."""
        if self.seen.closed or not (self.reader.leads or (self.reader.speaks and self.reader.member)):
            return ""
        return f'<div class="tools">{self._amend(block)}</div>'

    def _amend(self, block: str) -> str:
        return self.pieces.button(f"{self.base}paragraphs/{block}/proposal/", self.amend)

    def _own(self, block: str) -> str:
        if not self.reader.party:
            return ""
        own, status = self.seen.said.own(block), self.seen.status(block)
        told = ""
        if own:
            earlier = f' <span class="quiet">{self.earlier}</span>' if own.earlier else ""
            told = (
                f'<p class="own">{self.yours} {self.pieces.stances[own.stance]} '
                f'<span class="quiet">{self.pieces.moment(own.at)}</span>{earlier}</p>'
            )
        if self.reader.speaks and self.reader.party in self.seen.awaited(block):
            href = f"{self.base}paragraphs/{block}/capital/"
            button = self.pieces.button(href, _("Answer of the capital"), main=True)
            return f'{told}<p class="tools">{button}</p>'
        if not self.reader.speaks or status is not ParagraphStatus.OPEN or self.seen.closed:
            return told
        buttons = f'<div class="tools">{self._buttons(block, own)}</div>'
        if own and not own.earlier:
            return f'{told}<details class="change"><summary>{self.change}</summary>{buttons}</details>'
        return told + buttons

    def _buttons(self, block: str, own: Word | None) -> str:
        said = own.stance if own and not own.earlier else None
        if not self.reader.member:
            return self._worded(block, Stance.COMMENT)
        quick = "".join([self._quick(block, one) for one in COUNTED if one is not said])
        quick += self._amend(block) if block else ""
        return quick + "".join([self._worded(block, one) for one in Stance if one not in COUNTED])

    def _quick(self, block: str, stance: Stance) -> str:
        main = " btn--main" if stance is Stance.CAN_JOIN else ""
        return (
            f'<button class="btn btn--small{main}" form="take" name="take" value="{stance.value} {block or WHOLE}" '
            f'hx-post="{self.base}positions/">{self.takes[stance]}</button>'
        )

    def _worded(self, block: str, stance: Stance) -> str:
        href = f"{self.base}paragraphs/{block or WHOLE}/position/?stance={stance.value}"
        return self.pieces.button(href, self.takes[stance])

    def _note(self, block: str) -> str:
        if not self.reader.party:
            return ""
        href = f"{self.base}paragraphs/{block or WHOLE}/note/"
        note, draft = self.seen.note(block), self.seen.draft(block)
        told = ""
        if draft:
            word = words.STANCE[draft.stance] if draft.stance else ""
            to = f"{self.base}paragraphs/{block or WHOLE}/position/"
            told = f"<p>{self.lock}<b>{self.draft}</b> {word} {self.pieces.link(to, self.open)}</p>"
        if note:
            shown = escape(note.words[:240]) + ("…" if len(note.words) > 240 else "")
            told += f"<p>{self.lock}<bdi>{shown}</bdi> {self.pieces.link(href, self.edit)}</p>"
        else:
            told += f"<p>{self.lock}{self.pieces.link(href, self.private)}</p>"
        return f'<div class="private">{told}</div>'

    def _chair(self, block: str) -> str:
        if not self.reader.leads or self.seen.closed or not block:
            return ""
        if self.seen.status(block) is ParagraphStatus.AGREED:
            href, told = f"{self.base}paragraphs/{block}/reopening/", _("Reopen")
        else:
            href, told = f"{self.base}agreement/?block={block}", _("Agree")
        amend = "" if self.reader.speaks or self.seen.status(block) is not ParagraphStatus.OPEN else self._amend(block)
        return f'<p class="tools">{amend}<a class="btn btn--small" href="{href}">{told}</a></p>'
