from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "chancery.documents"
    label = "documents"

    def ready(self) -> None:
        from chancery.core import navigation

        from . import tables

        tables.fill()
        _allow()
        _name()
        _show()
        _add_duties()
        navigation.public.append(navigation.Entry(_("Documents"), "documents", 45))
        navigation.work.append(navigation.Entry(_("Documents"), "documents-desk", 45, act="documents.see-desk"))
        navigation.work.append(navigation.Entry(_("Drafts"), "negotiations", 20, act="documents.see-negotiations"))


def _allow() -> None:
    from chancery.people import rules
    from chancery.people.policy import allow
    from chancery.people.rules import Unit, officer

    from .rules import access, visibility

    # documents
    allow("documents.read", access.reads, reading=True)
    allow("documents.see-desk", rules.reader, reading=True)
    for act in ("table", "circulate", "translate", "classify", "withdraw", "relate", "enclose", "plan-agenda"):
        allow(f"documents.{act}", officer(Unit.DOCUMENTS))
    allow("documents.lift-embargo", access.clock)
    # the editor, import and printing
    for act in ("save-draft", "discard-draft"):
        allow(f"documents.{act}", officer(Unit.DOCUMENTS))
    # positions
    for act in ("call", "agree", "reopen"):
        allow(f"documents.{act}", access.presides)
    allow("documents.close-call", rules.either(access.presides, access.clock))
    allow("documents.see-negotiations", visibility.negotiates, reading=True)
    for act in ("take-position", "confirm-capital"):
        allow(f"documents.{act}", access.delegate)
    allow("documents.keep-note", rules.of_party)
    # proposals
    allow("documents.propose", access.delegate)
    for act in ("propose-for-chair", "settle-proposals"):
        allow(f"documents.{act}", access.presides)
    allow("documents.translate-proposal", officer(Unit.DOCUMENTS))


def _name() -> None:
    """What the journal calls the acts."""
    from chancery.journal.words import name
    from chancery.notices import kinds
    from chancery.notices.rules import Mail

    # documents
    name("documents.table", _("A document was tabled"))
    name("documents.classify", _("A document was opened to the public"))
    name("documents.put-under-embargo", _("A document was put under embargo"))
    name("documents.lift-embargo", _("The embargo on a document ended"))
    name("documents.withdraw", _("A document was withdrawn"))
    name("documents.relate", _("It was recorded what a document is to another one"))
    name("documents.unrelate", _("What a document was to another one was taken back"))
    name("documents.enclose", _("A file was enclosed with a document"))
    name("documents.remove-enclosure", _("A file was taken from a document"))
    name("documents.plan-agenda", _("The agenda of a session changed"))
    # the editor, import and printing
    name("documents.circulate", _("A version of a document was circulated"))
    name("documents.translate", _("A translation of a document was circulated"))
    name("documents.save-draft", _("A text was drafted"))
    name("documents.discard-draft", _("A draft was given up"))
    kinds.add("document-circulated", _("A text is circulated"))
    # positions
    name("documents.call", _("Delegations were asked for their positions"))
    name("documents.close-call", _("The time for positions ended"))
    name("documents.take-position", _("A delegation stated its position"))
    name("documents.confirm-capital", _("A capital confirmed"))
    name("documents.agree", _("Paragraphs were agreed"))
    name("documents.reopen", _("Paragraphs were reopened"))
    kinds.add("positions-asked", _("Your position is asked for"))
    kinds.add("positions-in", _("The time for positions ended"))
    # proposals
    name("documents.propose", _("Proposals were tabled"))
    name("documents.support-proposal", _("A delegation supports a proposal"))
    name("documents.end-support", _("A delegation does not support a proposal any more"))
    name("documents.withdraw-proposal", _("A proposal was withdrawn"))
    name("documents.settle-proposals", _("It was recorded what became of proposals"))
    name("documents.merge-proposals", _("Proposals were merged into a text of the Chair"))
    name("documents.translate-proposal", _("A proposal was translated"))
    kinds.add("proposals-tabled", _("Proposals are tabled on a text"), mail=Mail.DAILY)
    kinds.add("proposals-settled", _("It is decided on proposals that you made or support"), mail=Mail.DAILY)


def _show() -> None:
    """Where the area's facts have their pages, and what it shows on those of others."""
    from django.urls import reverse

    from chancery.core import navigation

    from . import panels

    def document(ref: str) -> str:
        """What goes with a document bears its reference first (`pra-mc-7-doc-3.1.ru.1`)."""
        return reverse("document", args=[ref.partition(".")[0]])

    for table in ("documents", "versions", "translations", "enclosures", "document_relations", "papers"):
        navigation.add_address(table, document)
    navigation.add_panel("meeting", navigation.Panel("documents/meeting_panel.html", panels.of_meeting, 5))
    navigation.add_panel("body", navigation.Panel("documents/body_panel.html", panels.of_body, 25))


def _add_duties() -> None:
    """What the clock does."""
    from chancery.duties import registry
    from chancery.people import policy

    from . import printing
    from .acts import calls, register
    from .queries import documents, negotiation

    registry.add(registry.Duty("print-papers", due=printing.due, do=printing.make, every=1, lane="print"))

    registry.add(
        registry.Duty(
            "lift-embargoes", due=documents.due_embargoes, coming=documents.coming_embargo,
            do=lambda ref: register.lift_embargo(ref=ref, by=policy.CLOCK),
        )
    )  # fmt: skip
    registry.add(
        registry.Duty(
            "close-calls", due=negotiation.due_calls, coming=negotiation.next_due,
            do=lambda ref: calls.close_call(call=negotiation.call_page(ref), by=policy.CLOCK),
        )
    )  # fmt: skip
