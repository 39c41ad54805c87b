"""The tables of the record in the words of the page's language."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "sources": _("Sources"),
    "parties": _("States and organisations"),
    "party_names": _("Names of States and organisations"),
    "memberships": _("Memberships and observerships"),
    "persons": _("Persons in office"),
    "posts": _("Posts"),
    "tenures": _("Holders of posts"),
    "focal_points": _("Focal points"),
    "bodies": _("Bodies"),
    "chair_terms": _("Terms in the chair"),
    "catalogue_editions": _("Editions of the catalogue"),
    "priority_areas": _("Priority areas"),
    "coordinations": _("Coordinations of priority areas"),
    "meetings": _("Meetings and events"),
    "participations": _("Participations in meetings"),
    "figures": _("Figures about meetings"),
    "attachments": _("Attachments of meetings"),
    "agenda": _("Items of agendas"),
    "documents": _("Documents"),
    "document_relations": _("Relations between documents"),
    "versions": _("Versions of documents"),
    "translations": _("Translations of versions"),
    "enclosures": _("Enclosures of documents"),
    "papers": _("Documents before sessions"),
    "decisions": _("Decisions"),
    "decision_links": _("Links between decisions"),
    "statements": _("Statements and reservations"),
    "undertakings": _("Undertakings"),
    "news": _("News"),
    "news_texts": _("Texts of news"),
    "pictures": _("Pictures"),
    "digests": _("Editions of the Digest"),
}


def title(table: str) -> str:
    """What a table is called; its own name where nobody gave it words."""
    return str(TITLES.get(table, table))
