"""The area's words for the choices of its facts, plain and diplomatic."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# ------------------------------------------------------------------------------- documents
KIND = {
    "statement": _("statement"),
    "decision": pgettext_lazy("kind of document", "draft decision"),
    "declaration": _("declaration"),
    "catalogue": pgettext_lazy("kind of document", "catalogue"),
    "memorandum": _("memorandum of understanding"),
    "regulations": _("regulations"),
    "modalities": _("modalities"),
    "plan": pgettext_lazy("kind of document", "plan"),
    "budget": pgettext_lazy("kind of document", "budget"),
    "report": pgettext_lazy("kind of document", "report"),
    "concept-paper": _("concept paper"),
    "action-plan": _("action plan"),
    "candidature": _("candidature"),
    "agenda": pgettext_lazy("kind of document", "agenda"),
    "note": pgettext_lazy("kind of document", "note"),
    "other": pgettext_lazy("kind of document", "paper"),
}
SERIES = {
    "DOC": _("documents for consideration"),
    "INF": _("for information"),
    "CRP": _("conference room papers"),
    "L": _("limited: drafts of decisions"),
}
CLASSIFICATION = {
    "public": pgettext_lazy("classification", "Public"),
    "parties": pgettext_lazy("classification", "Members and observers"),
    "body": pgettext_lazy("classification", "Members only"),
    "secretariat": pgettext_lazy("classification", "Secretariat"),
}
RELATION = {
    "amends": _("amends"),
    "supersedes": _("supersedes"),
    "implements": _("implements"),
    "part-of": _("is part of"),
}
RELATED = {
    "amends": _("is amended by"),
    "supersedes": _("is superseded by"),
    "implements": _("is implemented by"),
    "part-of": _("has as a part"),
}
"""The relations seen from the other document."""
CHANGE = {
    "changed": pgettext_lazy("what became of a paragraph", "changed"),
    "added": pgettext_lazy("what became of a paragraph", "added"),
    "removed": pgettext_lazy("what became of a paragraph", "removed"),
    "moved": pgettext_lazy("what became of a paragraph", "moved"),
    "moved-and-changed": pgettext_lazy("what became of a paragraph", "moved and changed"),
    "same": pgettext_lazy("what became of a paragraph", "unchanged"),
}
STANDING = {
    "official": pgettext_lazy("a translation", "official"),
    "working": pgettext_lazy("a translation", "working translation"),
}

# ------------------------------------------------------------------------------- the editor, import and printing
BLOCK = {
    "title": pgettext_lazy("kind of paragraph", "Title"),
    "heading": pgettext_lazy("kind of paragraph", "Heading"),
    "preambular": pgettext_lazy("kind of paragraph", "Preambular"),
    "operative": pgettext_lazy("kind of paragraph", "Operative"),
    "paragraph": pgettext_lazy("kind of paragraph", "Paragraph"),
    "annex": pgettext_lazy("kind of paragraph", "Annex"),
    "table": pgettext_lazy("kind of paragraph", "Table"),
}
VERSION = {
    "original": pgettext_lazy("kind of version", "original"),
    "revision": pgettext_lazy("kind of version", "revision"),
    "corrigendum": pgettext_lazy("kind of version", "corrigendum"),
}

# ------------------------------------------------------------------------------- positions
STANCE = {
    "can_join": pgettext_lazy("position", "Can join"),
    "awaiting_capital": pgettext_lazy("position", "Awaiting capital"),
    "comment": pgettext_lazy("position", "Comment"),
    "reservation": pgettext_lazy("position", "Reservation"),
    "objection": pgettext_lazy("position", "Objection"),
}
TAKE = {
    "can_join": pgettext_lazy("to take a position", "Join"),
    "awaiting_capital": pgettext_lazy("to take a position", "Await capital"),
    "comment": pgettext_lazy("to take a position", "Comment"),
    "reservation": pgettext_lazy("to take a position", "Reserve"),
    "objection": pgettext_lazy("to take a position", "Object"),
}
"""The same as verbs, for buttons."""
PARAGRAPH = {
    "open": pgettext_lazy("a paragraph", "Open"),
    "ad-referendum": pgettext_lazy("a paragraph", "Agreed ad referendum"),
    "agreed": pgettext_lazy("a paragraph", "Agreed"),
}
CALL = {
    "positions": _("Positions, which the others may read"),
    "sounding": _("A sounding, answered to the Chair"),
}
SOUNDED = {
    "chair": _("Your answer is for the Chair alone."),
    "secretariat": _("Your answer is for the Chair and the Secretariat."),
}
"""What is promised of an answer to a sounding, by the audience that the charter gives it; else nothing."""

# ------------------------------------------------------------------------------- proposals
PROPOSAL_KIND = {
    "words": pgettext_lazy("kind of proposal", "other words"),
    "alternative": pgettext_lazy("kind of proposal", "another paragraph"),
    "insert": pgettext_lazy("kind of proposal", "a new paragraph"),
    "delete": pgettext_lazy("kind of proposal", "to leave the paragraph out"),
    "move": pgettext_lazy("kind of proposal", "to move the paragraph"),
}
PROPOSAL = {
    "tabled": pgettext_lazy("status of a proposal", "open"),
    "ad-referendum": pgettext_lazy("status of a proposal", "agreed ad referendum"),
    "agreed": pgettext_lazy("status of a proposal", "agreed"),
    "not-retained": pgettext_lazy("status of a proposal", "not retained"),
    "withdrawn": pgettext_lazy("status of a proposal", "withdrawn"),
    "merged": pgettext_lazy("status of a proposal", "merged into a text of the Chair"),
}
ENDED = {
    "agreed": pgettext_lazy("how many proposals ended so", "Agreed"),
    "not-retained": pgettext_lazy("how many proposals ended so", "Not retained"),
    "withdrawn": pgettext_lazy("how many proposals ended so", "Withdrawn"),
    "merged": pgettext_lazy("how many proposals ended so", "Merged"),
}
"""The same as headings of what is counted."""
FIT = {
    "fits": "",
    "carried": pgettext_lazy("a proposal on an earlier text", "made on an earlier text"),
    "conflict": pgettext_lazy("a proposal on an earlier text", "made on words that have changed since"),
    "gone": pgettext_lazy("a proposal on an earlier text", "its paragraph is not in the text any more"),
    "in-text": pgettext_lazy("a proposal on an earlier text", "the text says it already"),
}
