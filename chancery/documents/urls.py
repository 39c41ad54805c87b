"""Addresses of the area."""

from django.urls import path

from .views import agenda, desk, documents

urlpatterns = [
    # documents
    path("documents/", documents.documents, name="documents"),
    path("documents/<str:ref>/", documents.document, name="document"),
    path("documents/<str:ref>/versions/<int:position>/", documents.version, name="document-version"),
    path("documents/<str:ref>/comparison/", documents.comparison, name="document-comparison"),
    path("documents/<str:ref>/enclosures/<str:enclosure>/", documents.enclosure, name="document-enclosure"),
    # the Secretariat's desk of documents
    path("secretariat/documents/", desk.documents_desk, name="documents-desk"),
    path("secretariat/documents/symbols/", desk.symbols, name="document-symbols"),
    path("secretariat/documents/tabling/", desk.tabling, name="document-tabling"),
    path("secretariat/documents/<str:ref>/addendum/", desk.addendum, name="document-addendum"),
    path("secretariat/documents/<str:ref>/classification/", desk.classification, name="document-classification"),
    path("secretariat/documents/<str:ref>/embargo/", desk.embargo, name="document-embargo"),
    path("secretariat/documents/<str:ref>/withdrawal/", desk.withdrawal, name="document-withdrawal"),
    path("secretariat/documents/<str:ref>/relation/", desk.relation, name="document-relation"),
    path("secretariat/documents/<str:ref>/enclosure/", desk.enclosing, name="document-enclosing"),
    path("secretariat/enclosures/<str:ref>/removal/", desk.enclosure_removal, name="enclosure-removal"),
    # agendas
    path("secretariat/meetings/<str:ref>/agenda/", agenda.planning, name="agenda-planning"),
    path("secretariat/meetings/<str:ref>/agenda/item/", agenda.item, name="agenda-item"),
    path("secretariat/agenda/<str:ref>/removal/", agenda.item_removal, name="agenda-item-removal"),
    path("secretariat/agenda/<str:ref>/paper/", agenda.paper, name="agenda-paper"),
    path("secretariat/papers/<str:ref>/removal/", agenda.paper_removal, name="paper-removal"),
    # the editor, import and printing
    # positions: the negotiation
]
