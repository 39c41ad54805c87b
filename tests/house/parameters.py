"""What stands in the addresses of the matrix: for each route with parameters, facts that exist.

An area that adds such a route adds a line here. The world is the practice record with the cast of the tests and
one of each private thing (an invitation, a note, a letter …), all of party `xp`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models

from chancery.core.asof import default, now
from chancery.core.dates import quarter_of
from chancery.duties import outbox
from chancery.people import acts, policy
from chancery.people.models import Account, NoteVerbale, Restoration
from chancery.people.rules import Entitlement, Right, Role
from tests.people.cast import CAST, MINE, actor, person
from tests.people.test_acts import PDF

Parameters = Callable[["World"], dict[str, Any]]


@dataclass
class World:
    """Everybody who asks, and what is asked about."""

    cast: dict[str, Account | None] = field(default_factory=dict)
    target: Account | None = None
    invitation: acts.Issued | None = None
    restoration: Restoration | None = None
    note: NoteVerbale | None = None
    letter: Any = None
    feed: Any = None
    silence: Any = None
    owed: Any = None
    drafted: Any = None
    negotiated: Any = None
    handover: Any = None
    adopted: Any = None
    signed: int = 0


def made() -> World:
    """The world, in the database of the test."""
    from chancery.exchange.acts import load
    from chancery.journal.acts import checkpoint
    from chancery.newsroom.acts import compose_issue
    from chancery.notices.acts import open_feed
    from chancery.notices.rules import FeedKind

    load(folder=Path(settings.ROOT) / "records" / "practice", by=policy.COMPILERS)
    cast: dict[str, Account | None] = {"public": None, **{name: actor(name) for name in CAST}}
    officer, second = person("Second", (Role.OFFICER, "protocol")), person("Third", (Role.OFFICER, "press"))
    target = person("Target", (Role.DELEGATE, MINE))
    for account in filter(None, cast.values()):
        if policy.has_second_factor(account):
            RecoveryCodes.activate(account)
    compose_issue(quarter="2024-Q4", by=cast["press"])
    wanted = [Entitlement(Right(Role.DELEGATE, MINE), default().today)]
    return World(
        cast=cast,
        target=target,
        invitation=acts.invite(email="i@example.org", name="I", language="en", rights=wanted, by=officer),
        restoration=Restoration.objects.create(
            account=person("Lost", (Role.DELEGATE, MINE)), reason="Lost", asked=now(), asked_by=second
        ),
        note=acts.receive_note(
            party=MINE, number="1", dated=dt.date(2025, 1, 2), scan=ContentFile(PDF, "n.pdf"), by=officer
        ),
        letter=outbox.post(to="l@example.org", subject="Letter", body="Words", language="en"),
        feed=open_feed(account=cast["delegate"], kind=FeedKind.ATOM, language="en", by=cast["delegate"]),
        silence=_silence(cast["presidency"]),
        owed=_owed(cast["documents"]),
        drafted=_drafted(cast["documents"]),
        negotiated=_negotiated(cast),
        handover=_handover(cast["protocol"]),
        adopted=_adopted(cast["presidency"]),
        signed=checkpoint().size,
    )


def _silence(chair: Account) -> Any:
    """A silence that runs, on a text that goes to members."""
    from chancery.decisions.rules.silence import working_days_after
    from tests.decisions import quiet, texts

    charter = settings.CHARTER
    ends = working_days_after(default().today, 5, charter.working_days, charter.holidays)
    noon = dt.datetime.combine(ends, dt.time(12), charter.zone)
    version = texts.version(texts.document("pra-soc-2026-l-6"))
    return quiet.opened(chair, version, at=now(), expires=noon)


def _owed(officer: Account) -> Any:
    """What the party owes from a decision that goes to members, taken by silence."""
    from chancery.core.text import LocalizedText
    from chancery.decisions.acts.followup import undertake
    from chancery.decisions.models import Decision
    from tests.decisions import texts

    version = texts.version(texts.document("pra-soc-2026-l-9"))
    decision = Decision.objects.create(
        ref="pra-soc-2026-dec-9", body=version.document.body, manner="silence", verb="approve", taken=default().today,
        title=version.document.title, document=version.document, version=version, expired=now(),
        classification="body", source="practice-acts",
    )  # fmt: skip
    task = LocalizedText({"en": "Report on it"})
    return undertake(decision=decision, block="b4", task=task, addressee=f"parties:{MINE}", by=officer)


def _drafted(officer: Account) -> Any:
    """The draft of a revision of a text that goes to members."""
    from chancery.documents.acts.drafting import save_draft
    from chancery.documents.models import Document

    rows = [{"id": "b1", "kind": "title", "texts": {"en": "Statement on confidence"}}]
    return save_draft(document=Document.objects.get(ref="pra-soc-2026-l-9"), blocks=rows, edition=0, by=officer)


@dataclass(frozen=True)
class Negotiated:
    """A text that goes to members, with positions asked for, an enclosure, and its place on an agenda."""

    version: Any
    call: Any
    enclosure: Any
    relation: Any
    paper: Any
    candidature: Any
    proposal: Any


def _proposed(version: Any, cast: dict[str, Account | None]) -> Any:
    """A proposal of party xp, on a text that has a translation into which it is not translated."""
    from chancery.documents.acts import proposals
    from chancery.documents.models import Translation
    from chancery.documents.rules.proposals import ProposalKind, Wish
    from chancery.parties.models import Party

    Translation.objects.create(
        ref=f"{version.ref}.ru.1", version=version, language="ru", position=1, standing="working",
        circulated=version.circulated, texts={one.id: f"По-русски {one.id}" for one in version.text},
        source="practice",
    )  # fmt: skip
    wish = Wish(ProposalKind.WORDS, "b3", "Members keep the peace and build it.")
    return proposals.propose(
        version=version, party=Party.objects.get(ref=MINE), wishes=[wish], language="en", by=cast["delegate"]
    )[0]


def _negotiated(cast: dict[str, Account | None]) -> Negotiated:
    from chancery.core.text import LocalizedText
    from chancery.decisions.acts.candidature import declare
    from chancery.decisions.rules.candidature import Term
    from chancery.documents.acts import agenda, calls
    from chancery.documents.acts import register as documents
    from chancery.documents.rules.positions import CallKind
    from chancery.documents.rules.symbols import RelationKind
    from chancery.meetings.models import Meeting
    from chancery.parties.models import Party
    from tests.decisions import texts

    officer, title = cast["documents"], LocalizedText({"en": "Statement"})
    other = texts.document("pra-swg-2026-l-7", at="swg")
    version = texts.version(texts.document("pra-swg-2026-l-8", route="statement", at="swg"))
    due = now() + dt.timedelta(days=3)
    item = agenda.add_item(
        meeting=Meeting.objects.get(ref="soc-2026-12"), number="2", title=title, source="practice", by=officer
    )
    return Negotiated(
        version=version,
        call=calls.call(version=version, kind=CallKind.POSITIONS, due=due, by=cast["presidency"]),
        enclosure=documents.enclose(document=version.document, file=PDF, title=title, by=officer),
        relation=documents.relate(
            document=version.document, kind=RelationKind.IMPLEMENTS, other=other, by=officer
        ),
        paper=agenda.put_paper(item=item, document=version.document, by=officer),
        candidature=declare(
            party=Party.objects.get(ref=MINE), term=Term.NEXT, declared=default().today, by=cast["delegate"]
        ),
        proposal=_proposed(version, cast),
    )


def _handover(officer: Account) -> Any:
    """The file with which the chair would be handed over to the party."""
    from chancery.decisions.acts.handover import draw_up
    from chancery.parties.models import Party

    return draw_up(incoming=Party.objects.get(ref=MINE), by=officer)


def _adopted(chair: Account) -> Any:
    """A decision that goes to members, taken in the room."""
    from chancery.decisions.acts.room import adopt
    from chancery.decisions.rules import Verb
    from chancery.documents.queries import access
    from chancery.meetings.models import Meeting
    from tests.decisions import texts

    session = Meeting.objects.get(ref="soc-2026-05")
    members = access.on(session.starts).members
    version = texts.version(texts.document("pra-soc-2026-l-7"))
    return adopt(version=version, body=session.body, session=session, verb=Verb.APPROVE, present=members, by=chair)


def first(name: str, **where: Any) -> Parameters:
    """The first fact of a model (`parties.Party`) that is like this."""

    def find(world: World) -> dict[str, Any]:
        from django.apps import apps

        model: type[models.Model] = apps.get_model(name)
        found = model.objects.filter(**where).order_by("pk").first()
        assert found is not None, f"the practice record has no {name} with {where}"
        return {"ref": found.pk}

    return find




PARTY = first("parties.Party", ref=MINE)
GRANT: Parameters = lambda world: {"ref": world.target.grants.get().ref}  # noqa: E731
TARGET: Parameters = lambda world: {"ref": world.target.ref}  # noqa: E731
LETTER: Parameters = lambda world: {"ref": world.letter.ref}  # noqa: E731
DECIDED: Parameters = lambda world: {"ref": world.owed.decision_id}  # noqa: E731
DRAFTED: Parameters = lambda world: {"ref": world.drafted.document_id}  # noqa: E731
OWED: Parameters = lambda world: {"ref": world.owed.ref}  # noqa: E731
TEXT: Parameters = lambda world: {"ref": world.negotiated.version.document_id}  # noqa: E731
PARAGRAPH: Parameters = lambda world: {**TEXT(world), "block": "b3"}  # noqa: E731
PROPOSAL: Parameters = lambda world: {**TEXT(world), "proposal": world.negotiated.proposal.ref}  # noqa: E731
CANDIDATURE: Parameters = lambda world: {"ref": world.negotiated.candidature.ref}  # noqa: E731
HANDOVER: Parameters = lambda world: {"ref": world.handover.ref}  # noqa: E731
ADOPTED: Parameters = lambda world: {"ref": world.adopted.ref}  # noqa: E731
SILENCE: Parameters = lambda world: {"ref": world.silence.ref}  # noqa: E731
QUARTER: Parameters = lambda world: {"quarter": "2024-Q4"}  # noqa: E731
ERRATUM = {"table": "parties", "ref": MINE}

PARAMETERS: dict[str, Parameters] = {
    # journal
    "journal-entry": lambda world: {"seq": 1},
    "journal-entry-json": lambda world: {"seq": 1},
    "journal-proof-json": lambda world: {"seq": 1},
    "journal-consistency-json": lambda world: {"old": 1, "new": 2},
    "journal-checkpoint-of": lambda world: {"size": world.signed},
    # people
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "never-was"},
    "invitation": lambda world: {"token": world.invitation.link.rstrip("/").rpartition("/")[2]},
    "account-page": TARGET,
    "account-grant": TARGET,
    "account-restoration": TARGET,
    "grant-revocation": GRANT,
    "grant-deputy": GRANT,
    "invitation-withdrawal": lambda world: {"ref": world.invitation.invitation.ref},
    "restoration-confirmation": lambda world: {"ref": world.restoration.ref},
    "note-scan": lambda world: {"ref": world.note.ref},
    "outbox-letter": LETTER,
    "letter-repetition": LETTER,
    "letter-cancellation": LETTER,
    # parties
    "party": PARTY,
    "person": first("parties.Person"),
    "party-admission": PARTY,
    "party-capacity": PARTY,
    "party-withdrawal": PARTY,
    "party-name": PARTY,
    "party-focal-point": PARTY,
    "party-name-confirmation": first("parties.PartyName"),
    "post-appointment": first("parties.Post"),
    "post-departure": first("parties.Post"),
    # bodies
    "body": first("bodies.Body"),
    "body-placement": first("bodies.Body"),
    "body-dissolution": first("bodies.Body"),
    "chair-programme": first("bodies.ChairTerm", until=None, body=None),
    # catalogue
    "area": first("catalogue.PriorityArea"),
    "area-coordinator": first("catalogue.PriorityArea"),
    "coordination-end": first("catalogue.Coordination", until=None),
    # meetings
    "meeting": first("meetings.Meeting"),
    "meeting-calendar": first("meetings.Meeting"),
    "meeting-amendment": first("meetings.Meeting"),
    "meeting-calling-off": first("meetings.Meeting"),
    "meeting-outcome": first("meetings.Meeting"),
    "meeting-attachment": first("meetings.Meeting"),
    # documents: the editor, import and printing
    "document-print": lambda world: {"ref": world.drafted.document_id, "position": 1, "languages": "en"},
    "document-akoma": lambda world: {"ref": world.drafted.document_id, "position": 1, "language": "en"},
    "document-signed": lambda world: {"ref": world.drafted.document_id, "position": 1, "language": "en"},
    "document-draft": DRAFTED,
    "document-draft-discarding": DRAFTED,
    "document-import": DRAFTED,
    "document-circulation": DRAFTED,
    "document-translation": lambda world: {"ref": world.drafted.document_id, "language": "ru"},
    # decisions
    "decision": first("decisions.Decision"),
    "decision-linking": DECIDED,
    "decision-publication": DECIDED,
    "decision-noting": DECIDED,
    "decision-statement": DECIDED,
    "decision-undertaking": DECIDED,
    "undertaking-progress": OWED,
    "undertaking-lapse": OWED,
    "room": first("meetings.Meeting", kind="session", body="soc"),
    "room-adoption": lambda world: {"ref": "soc-2024-12-04", "document": world.silence.version.document_id},
    "room-objection": lambda world: {"ref": "soc-2024-12-04", "document": world.silence.version.document_id},
    # documents
    **dict.fromkeys(
        [
            "document", "document-comparison", "document-addendum", "document-classification", "document-embargo",
            "document-withdrawal", "document-relation", "document-enclosing", "negotiation", "negotiation-positions",
            "negotiation-sounding", "negotiation-on-behalf", "negotiation-call", "negotiation-agreement",
            "negotiation-settlement", "negotiation-drafting", "negotiation-reading", "negotiation-word",
            "negotiation-ledger",
        ],
        TEXT,
    ),  # fmt: skip
    "document-version": lambda world: {**TEXT(world), "position": 1},
    "document-enclosure": lambda world: {**TEXT(world), "enclosure": world.negotiated.enclosure.pk},
    "enclosure-removal": lambda world: {"ref": world.negotiated.enclosure.pk},
    "relation-removal": lambda world: {"ref": world.negotiated.relation.pk},
    "agenda-planning": first("meetings.Meeting", ref="soc-2026-12"),
    "agenda-item": first("meetings.Meeting", ref="soc-2026-12"),
    "agenda-item-removal": lambda world: {"ref": world.negotiated.paper.item_id},
    "agenda-paper": lambda world: {"ref": world.negotiated.paper.item_id},
    "paper-removal": lambda world: {"ref": world.negotiated.paper.pk},
    "call-closing": lambda world: {**TEXT(world), "call": world.negotiated.call.ref},
    **dict.fromkeys(
        [
            "paragraph", "paragraph-position", "paragraph-note", "paragraph-capital", "paragraph-reopening",
            "paragraph-proposal", "paragraph-merger",
        ],
        PARAGRAPH,
    ),  # fmt: skip
    **dict.fromkeys(["proposal", "proposal-support", "proposal-withdrawal"], PROPOSAL),
    "proposal-translation": lambda world: {**PROPOSAL(world), "language": "ru"},
    "negotiation-word-file": lambda world: {**TEXT(world), "languages": "en"},
    "document-word": lambda world: {**TEXT(world), "position": 1, "languages": "en"},
    # the chair
    "candidature-draft": CANDIDATURE,
    "candidature-withdrawal": CANDIDATURE,
    "handover": HANDOVER,
    "handover-signature": HANDOVER,
    # trust
    "decision-proof": ADOPTED,
    "decision-bundle": ADOPTED,
    "decision-sheet": ADOPTED,
    "decision-qr": ADOPTED,
    "check": lambda world: {"seq": 1},
    "silence-bundle": SILENCE,
    "silence": SILENCE,
    "silence-clock": SILENCE,
    "silence-service": SILENCE,
    "silence-reply": SILENCE,
    "silence-reply-by-note": SILENCE,
    "silence-extension": SILENCE,
    "silence-withdrawal": SILENCE,
    "silence-restart": SILENCE,
    "silence-terms": lambda world: {"version": world.silence.version_id, "body": world.silence.body_id},
    # newsroom
    "file": lambda world: {"name": "mc-7-agenda-en.pdf"},
    "picture": lambda world: {"width": 480, "name": "business-council.jpg"},
    "news-item": first("newsroom.News"),
    "news-draft": first("newsroom.News"),
    "news-picture": first("newsroom.News"),
    "news-schedule": first("newsroom.News"),
    "news-unscheduling": first("newsroom.News"),
    "news-publication": first("newsroom.News"),
    "news-correction": first("newsroom.News"),
    "news-withdrawal": first("newsroom.News"),
    "news-picture-removal": first("newsroom.Picture"),
    "issue": QUARTER,
    "edition": lambda world: {"quarter": "2024-Q4", "number": 1},
    "edition-print": lambda world: {"quarter": "2024-Q4", "number": 1},
    "issue-draft": QUARTER,
    "issue-items": QUARTER,
    "issue-words": QUARTER,
    "issue-preview": QUARTER,
    "issue-proof": QUARTER,
    "issue-proof-file": lambda world: {"quarter": "2024-Q4", "version": 1, "language": "en"},
    "issue-publication": QUARTER,
    "issue-withdrawal": QUARTER,
    # notices
    "feed-closing": lambda world: {"ref": world.feed.feed.ref},
    "personal-feed": lambda world: {"token": world.feed.token, "kind": "atom"},
    # the desk
    "desk-acknowledgement": lambda world: {"ref": world.silence.ref},
    # exchange
    "data-manifest": lambda world: {"seq": 1},
    "data-table": lambda world: {"name": "parties"},
    "erratum": lambda world: ERRATUM,
    "erratum-striking": lambda world: ERRATUM,
    "erratum-correction": lambda world: {**ERRATUM, "column": "website"},
}

SENT: dict[str, dict[str, str]] = {
    "digest-desk": {"quarter": quarter_of(default().today)},
    "issue-proof": {"language": "en", "version": "1"},
    "negotiation-positions": {"take": "can_join b3"},
    "proposal-support": {"how": "support"},
}
"""What is sent to a route whose form, sent empty, is refused before the policy is asked."""
