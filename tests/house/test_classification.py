"""Every route of documents, decisions, silence, negotiation, the room, trust and notices × who asks × how far the text
goes. The routes are those of the addresses as they are: a new one fails until it is said what it is asked with."""

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from chancery.core.asof import now
from chancery.core.models import Source
from chancery.core.text import LocalizedText
from chancery.decisions.rules.silence import working_days_after
from chancery.documents.acts import agenda, calls, drafting, proposals, register
from chancery.documents.models import Paragraph
from chancery.documents.rules.positions import CallKind
from chancery.documents.rules.proposals import ProposalKind, Wish
from chancery.documents.rules.symbols import RelationKind
from chancery.journal.models import Entry
from tests.cast import state
from tests.decisions import quiet, texts
from tests.documents.test_access_matrix import READERS, table
from tests.people.cast import client_of, person
from tests.people.test_acts import PDF

from .test_policy import routes

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("classification")]
KINDS = ["public", "parties", "body", "secretariat"]  # from the widest to the narrowest
WHO = ["public", "sponsor", "observer", "former", "chair", "documents"]  # `sponsor` is a member's delegate
READS = {(kind, reader): may for (kind, reader), may in table().items() if kind in KINDS}
AREAS = ("chancery.documents.", "chancery.decisions.", "chancery.notices.")


def view_of(route: Any) -> str:
    return inspect.unwrap(route.callback).__module__


ROUTES = {one.name: one for one in routes() if view_of(one).startswith(AREAS)}


class Thing:
    """One of each thing about texts of a classification; its word stands in all of them and nowhere else."""

    def __init__(self, kind: str, who: dict[str, Any], session: Any) -> None:
        self.word, self.session, officer = f"qz{kind}", session, who["documents"]
        self.version = self.written(f"text-{kind}", kind, officer)
        self.document = self.version.document
        drafting.save_draft(
            document=self.document, edition=0, by=officer,
            blocks=[{"id": "b1", "kind": "title", "texts": {"en": self.word}}],
        )  # fmt: skip
        self.enclosure = register.enclose(
            document=self.document, file=PDF + kind.encode(), title=self.title, by=officer
        )
        other = texts.document(f"other-{kind}", classification=kind)
        self.relation = register.relate(
            document=self.document, kind=RelationKind.IMPLEMENTS, other=other, by=officer
        )
        self.item = agenda.add_item(meeting=session, number=kind, title=self.plain, source="practice", by=officer)
        self.paper = agenda.put_paper(item=self.item, document=self.document, by=officer)
        self.call = calls.call(
            version=self.version, kind=CallKind.POSITIONS, due=now() + dt.timedelta(days=3), by=officer
        )
        Paragraph.objects.create(
            document=self.document, block="b4", status="ad-referendum", body=self.version.document.body
        )
        (self.proposal,) = proposals.propose(
            version=self.version, party=None, language="en", by=officer,
            wishes=[Wish(ProposalKind.WORDS, "b3", f"{self.version.text[2].text}, says {self.word}", reason=self.word)],
        )  # fmt: skip
        self.decision = self.decided(kind, officer)
        self.silence = self.silent(kind, who["chair"])

    @property
    def title(self) -> LocalizedText:
        return LocalizedText({"en": f"About {self.word}", "ru": f"О {self.word}"})

    plain = LocalizedText({"en": "Item"})

    def written(self, ref: str, kind: str, officer: Any) -> Any:
        document = texts.document(ref, classification=kind)
        document.title = self.title
        document.save()
        for position in (1, 2):
            version = texts.version(document, position=position)
            blocks = [{**one, "text": f"{one['text']} {self.word}"} for one in version.blocks]
            type(version).objects.filter(pk=version.pk).update(blocks=blocks)
        version.refresh_from_db()
        drafting.translate(version=version, language="ru", texts={"b3": f"Слово {self.word}"}, by=officer)
        return version

    def decided(self, kind: str, officer: Any) -> Any:
        from chancery.decisions.acts import followup, room
        from chancery.decisions.rules import Verb

        version = self.written(f"decided-{kind}", "body" if kind == "secretariat" else kind, officer)
        made = room.adopt(
            version=version, body=version.document.body, session=self.session, verb=Verb.APPROVE,
            present=["xp", "xu"], by=officer,
        )  # fmt: skip
        for of in (made, version.document):  # a body decides on what members read; later the Secretariat keeps it
            type(of).objects.filter(pk=of.pk).update(classification=kind)
        self.owed = followup.undertake(decision=made, task=self.title, addressee="parties:xp", by=officer)
        return made

    def silent(self, kind: str, chair: Any) -> Any:
        """One that runs. (A text goes to members when silence is proposed on it.)"""
        charter = settings.CHARTER
        ends = working_days_after(charter.today(now()), 5, charter.working_days, charter.holidays)
        version = texts.version(texts.document(f"silent-{kind}"))
        noon = dt.datetime.combine(ends, dt.time(12), charter.zone)
        made = quiet.opened(chair, version, at=now(), expires=noon, basis=f"Article {self.word}")
        type(version.document).objects.filter(pk=version.document_id).update(title=self.title, classification=kind)
        return made


def ref(of: str) -> Callable[[Thing], dict[str, Any]]:
    return lambda thing: {"ref": getattr(thing, of).pk if of != "owed" else thing.owed.ref}


DOCUMENT, DECISION, SILENCE = ref("document"), ref("decision"), lambda thing: {"ref": thing.silence.ref}
PARAGRAPH = lambda thing: {**DOCUMENT(thing), "block": "b3"}  # noqa: E731
PROPOSAL = lambda thing: {**DOCUMENT(thing), "proposal": thing.proposal.ref}  # noqa: E731
ROOM = lambda thing: {"ref": thing.session.pk, "document": thing.document.pk}  # noqa: E731
ABOUT: dict[str, Callable[[Thing], dict[str, Any]]] = {
    **dict.fromkeys(
        [
            "document", "document-comparison", "document-addendum", "document-classification", "document-embargo",
            "document-withdrawal", "document-relation", "document-enclosing", "document-draft", "document-import",
            "document-draft-discarding", "document-circulation", "negotiation", "negotiation-positions",
            "negotiation-sounding", "negotiation-on-behalf", "negotiation-call", "negotiation-agreement",
            "negotiation-ledger", "negotiation-settlement", "negotiation-drafting", "negotiation-reading",
            "negotiation-word",
        ],
        DOCUMENT,
    ),
    "document-version": lambda thing: {**DOCUMENT(thing), "position": 1},
    "document-print": lambda thing: {**DOCUMENT(thing), "position": 1, "languages": "en"},
    "document-akoma": lambda thing: {**DOCUMENT(thing), "position": 1, "language": "en"},
    "document-signed": lambda thing: {"ref": thing.decision.document_id, "position": 2, "language": "en"},
    "document-enclosure": lambda thing: {**DOCUMENT(thing), "enclosure": thing.enclosure.pk},
    "document-translation": lambda thing: {**DOCUMENT(thing), "language": "ru"},
    "enclosure-removal": ref("enclosure"),
    "relation-removal": ref("relation"),
    "agenda-item-removal": ref("item"),
    "agenda-paper": ref("item"),
    "paper-removal": ref("paper"),
    "call-closing": lambda thing: {**DOCUMENT(thing), "call": thing.call.ref},
    **dict.fromkeys(["paragraph", "paragraph-position", "paragraph-note", "paragraph-capital"], PARAGRAPH),
    **dict.fromkeys(["paragraph-proposal", "paragraph-merger"], PARAGRAPH),
    **dict.fromkeys(["proposal", "proposal-support", "proposal-withdrawal"], PROPOSAL),
    "proposal-translation": lambda thing: {**PROPOSAL(thing), "language": "ru"},
    "negotiation-word-file": lambda thing: {**DOCUMENT(thing), "languages": "en-ru"},
    "document-word": lambda thing: {**DOCUMENT(thing), "position": 1, "languages": "en-ru"},
    "paragraph-reopening": lambda thing: {**DOCUMENT(thing), "block": "b4"},
    **dict.fromkeys(
        [
            "decision", "decision-proof", "decision-bundle", "decision-sheet", "decision-qr", "decision-linking",
            "decision-publication", "decision-noting", "decision-statement", "decision-undertaking",
        ],
        DECISION,
    ),
    "undertaking-progress": ref("owed"),
    "undertaking-lapse": ref("owed"),
    "room-adoption": ROOM,
    "room-objection": ROOM,
    **dict.fromkeys(
        [
            "silence", "silence-bundle", "silence-clock", "silence-service", "silence-reply", "silence-reply-by-note",
            "silence-extension", "silence-withdrawal", "silence-restart",
        ],
        SILENCE,
    ),
    "silence-terms": lambda thing: {"version": thing.version.pk, "body": "soc"},
}  # fmt: skip
"""What is asked about one text, and with what."""

BESIDES: dict[str, Callable[[Thing], dict[str, Any]]] = {
    **dict.fromkeys(
        [
            "documents", "documents-desk", "document-symbols", "document-tabling", "negotiations", "decisions",
            "follow-up", "decision-recording", "silences", "silence-proposal", "candidatures",
            "candidature-declaration", "handovers", "handover-drawing-up", "notice-sight", "notice-settings",
            "feed-opening",
        ],
        lambda thing: {},
    ),
    **dict.fromkeys(["agenda-planning", "agenda-item", "room"], lambda thing: {"ref": thing.session.pk}),
    "check": lambda thing: {"seq": Entry.objects.filter(mentions__subject=f"documents:{thing.document.pk}").last().pk},
}  # fmt: skip
"""What shows many texts, or none: those that the reader may not know of are not among them."""

ELSEWHERE = {
    "candidature-draft": "a candidature goes to all members; tests/decisions/test_chair.py",
    "candidature-withdrawal": "the same",
    "handover": "a handover file goes to both chairs; tests/decisions/test_chair.py, test_confidence.py",
    "handover-signature": "the same",
    "feed-closing": "a feed is one person's; tests/notices/test_pages.py",
    "notices": "what somebody was told when it was open to them stays told; test_leaks.py",
    "personal-feed": "what a feed tells: test_leaks.py",
}

ANSWERS = {"negotiation-positions", "negotiation-drafting", "proposal-support"}
"""Addresses to which something is only sent."""

READING = {
    "document", "document-comparison", "document-version", "document-print", "document-enclosure", "decision",
    "document-akoma", "document-signed", "document-word", "decision-qr", "decision-sheet",
}  # fmt: skip
"""Pages to which nothing is needed but that one may read the text."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[dict[str, Client], dict[str, Thing]]]:
    place = tmp_path_factory.mktemp("world")
    own = override_settings(KEY_FILE=place / "journal.key", MEDIA_ROOT=place, HOME=place)
    with django_db_blocker.unblock(), own, transaction.atomic():
        yield _made()
        transaction.set_rollback(True)


def _made() -> tuple[dict[str, Client], dict[str, Thing]]:
    from chancery.journal.acts import checkpoint

    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    for party in ("xp", "xu"):
        state(party, party.upper())
    state("qo", "QO", capacity="observer")
    state("xl", "XL").memberships.update(until=dt.date(2020, 1, 1))
    rights = {name: READERS[name] for name in WHO}
    who = {name: None if held is None else person(name.capitalize(), *held) for name, held in rights.items()}
    session = texts.session(day=settings.CHARTER.today(now()))
    things = {kind: Thing(kind, who, session) for kind in KINDS}
    checkpoint()
    return {name: client_of(account) for name, account in who.items()}, things


def test_every_route_says_what_it_is_asked_with():
    known = {*ABOUT, *BESIDES, *ELSEWHERE}
    assert sorted(set(ROUTES) - known) == [], "say in ABOUT or BESIDES with what they are asked"
    assert sorted(known - set(ROUTES)) == [], "there are no such routes"


def asked(client: Client, name: str, arguments: dict[str, Any]) -> tuple[bool, bytes]:
    """Whether somebody sees a page, and what it tells."""
    with translation.override("en"):
        address = reverse(name, kwargs=arguments)
    with transaction.atomic():
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{address} answers {answer.status_code}"
    return answer.status_code < 400 and "/account/" not in answer.headers.get("Location", ""), content


@pytest.mark.parametrize("name", sorted(ABOUT))
def test_a_page_about_a_text_is_for_whom_the_text_is_for(world, name):
    clients, things = world
    seen: dict[str, set[str]] = {}
    for kind in KINDS:
        may = {reader for reader in WHO if READS[kind, reader]}
        found = {reader: asked(clients[reader], name, ABOUT[name](things[kind])) for reader in WHO}
        seen[kind] = {reader for reader, (sees, _content) in found.items() if sees}
        told = {reader for reader, (_sees, content) in found.items() if things[kind].word.encode() in content}
        assert seen[kind] <= may, f"{kind}: shown to {seen[kind] - may}"
        assert told <= may, f"{kind}: its words are told to {told - may}"
        assert name not in READING or seen[kind] == may, f"{kind}: kept from {may - seen[kind]}"
    assert seen["secretariat"] <= seen["body"] <= seen["parties"] <= seen["public"]
    assert seen["body"] or name in ANSWERS, "nobody reaches it: it proves nothing"


@pytest.mark.parametrize("name", sorted(BESIDES))
def test_a_page_of_many_texts_tells_of_no_other(world, name):
    clients, things = world
    for reader in WHO:
        hidden = [things[kind].word.encode() for kind in KINDS if not READS[kind, reader]]
        addresses = {str(made): made for made in map(BESIDES[name], things.values())}
        for made in addresses.values():
            told = asked(clients[reader], name, made)[1]
            assert not [word for word in hidden if word in told], f"{reader} is told"
