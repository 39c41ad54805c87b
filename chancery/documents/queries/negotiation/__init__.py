"""Texts under negotiation: what delegations said of them, as far as the reader may see it."""

from .asked import Due, dues
from .calls import answered, call_page, due_calls, next_due
from .checks import check_changeable, check_open, check_sounding, last_words, latest, paragraph
from .columns import Column
from .notes import private_notes
from .offers import bodies_of, notes_verbales, party_of, sessions_of
from .overview import Line, under_negotiation
from .page import Negotiation, negotiation
from .reader import Reader, reader, sounded, visible
from .said import COUNTED, SHORT, Voices, Word
from .subjects import WHOLE, amending, subject, subjects
from .text import Text, text_of

__all__ = [
    "COUNTED", "SHORT", "WHOLE", "Column", "Due", "Line", "Negotiation", "Reader", "Text", "Voices", "Word",
    "amending", "answered", "bodies_of", "call_page", "check_changeable", "check_open", "check_sounding", "due_calls",
    "dues",
    "last_words", "latest", "negotiation", "next_due", "notes_verbales", "paragraph", "party_of", "private_notes",
    "reader", "sessions_of", "sounded", "subject", "subjects", "text_of", "under_negotiation", "visible",
]  # fmt: skip
