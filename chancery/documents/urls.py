"""Addresses of the area."""

from django.urls import path

from .views import agenda, copies, desk, documents, editor, ledger, negotiation, prints, proposals, word

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
    path("secretariat/relations/<str:ref>/removal/", desk.relation_removal, name="relation-removal"),
    path("secretariat/documents/<str:ref>/enclosure/", desk.enclosing, name="document-enclosing"),
    path("secretariat/enclosures/<str:ref>/removal/", desk.enclosure_removal, name="enclosure-removal"),
    # agendas
    path("secretariat/meetings/<str:ref>/agenda/", agenda.planning, name="agenda-planning"),
    path("secretariat/meetings/<str:ref>/agenda/item/", agenda.item, name="agenda-item"),
    path("secretariat/agenda/<str:ref>/removal/", agenda.item_removal, name="agenda-item-removal"),
    path("secretariat/agenda/<str:ref>/paper/", agenda.paper, name="agenda-paper"),
    path("secretariat/papers/<str:ref>/removal/", agenda.paper_removal, name="paper-removal"),
    # formal copies, before the print whose address is wider
    path(
        "documents/<str:ref>/versions/<int:position>/<str:language>.signed.pdf", copies.signed_pdf,
        name="document-signed",
    ),
    path("documents/<str:ref>/versions/<int:position>/<str:language>.xml", copies.akoma_ntoso, name="document-akoma"),
    # the editor, import and printing
    path("documents/<str:ref>/versions/<int:position>/<str:languages>.pdf", prints.version, name="document-print"),
    path("secretariat/documents/<str:ref>/draft/", editor.draft, name="document-draft"),
    path("secretariat/documents/<str:ref>/draft/discarding/", editor.discarding, name="document-draft-discarding"),
    path("secretariat/documents/<str:ref>/import/", editor.importing, name="document-import"),
    path("secretariat/documents/<str:ref>/circulation/", editor.circulation, name="document-circulation"),
    path(
        "secretariat/documents/<str:ref>/translation/<str:language>/", editor.translation, name="document-translation"
    ),
    # positions and proposals: the negotiation
    path("negotiations/", negotiation.negotiations, name="negotiations"),
    path("negotiations/<str:ref>/", negotiation.negotiation, name="negotiation"),
    path("negotiations/<str:ref>/positions/", negotiation.positions, name="negotiation-positions"),
    path("negotiations/<str:ref>/sounding/", negotiation.sounding, name="negotiation-sounding"),
    path("negotiations/<str:ref>/on-behalf/", negotiation.on_behalf, name="negotiation-on-behalf"),
    path("negotiations/<str:ref>/call/", negotiation.call, name="negotiation-call"),
    path("negotiations/<str:ref>/calls/<str:call>/closing/", negotiation.call_closing, name="call-closing"),
    path("negotiations/<str:ref>/agreement/", negotiation.agreement, name="negotiation-agreement"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/", negotiation.paragraph, name="paragraph"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/position/", negotiation.position, name="paragraph-position"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/note/", negotiation.note, name="paragraph-note"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/capital/", negotiation.capital, name="paragraph-capital"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/reopening/", negotiation.reopening, name="paragraph-reopening"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/proposal/", proposals.proposal_on, name="paragraph-proposal"),
    path("negotiations/<str:ref>/paragraphs/<str:block>/merger/", proposals.merger, name="paragraph-merger"),
    path("negotiations/<str:ref>/settlement/", proposals.settlement, name="negotiation-settlement"),
    path("negotiations/<str:ref>/drafting/", proposals.drafting, name="negotiation-drafting"),
    path("negotiations/<str:ref>/reading/", proposals.reading, name="negotiation-reading"),
    path("negotiations/<str:ref>/proposals/", ledger.ledger, name="negotiation-ledger"),
    path("negotiations/<str:ref>/proposals/<str:proposal>/", proposals.proposal, name="proposal"),
    path("negotiations/<str:ref>/proposals/<str:proposal>/support/", proposals.support, name="proposal-support"),
    path(
        "negotiations/<str:ref>/proposals/<str:proposal>/withdrawal/", proposals.withdrawal, name="proposal-withdrawal"
    ),
    path(
        "negotiations/<str:ref>/proposals/<str:proposal>/translation/<str:language>/", proposals.translation,
        name="proposal-translation",
    ),  # fmt: skip
    # Word
    path("documents/<str:ref>/versions/<int:position>/<str:languages>.docx", word.version, name="document-word"),
    path("negotiations/<str:ref>/word/", word.amended, name="negotiation-word"),
    path("negotiations/<str:ref>/<str:languages>.docx", word.rolling, name="negotiation-word-file"),
]
