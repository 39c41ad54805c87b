"""One of each confidential thing, every one with a word that stands nowhere else; then every page, file and letter is
searched for these words on behalf of everybody who may not know of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from chancery.core.asof import now
from chancery.core.models import Source
from chancery.core.text import LocalizedText
from chancery.people.rules import Role, Unit
from tests.cast import state
from tests.decisions import quiet, texts
from tests.people.cast import client_of, person

from .test_policy import NAMES

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("leaks")]

MEMBERS = {"mine", "other", "chair", "documents"}
KNOWN_TO: dict[str, set[str]] = {
    "qzbody": MEMBERS,  # a text for members, all that belongs to it, and what was decided on it
    "qzinside": {"documents"},
    "qzdraft": {"documents"},
    "qzposition": MEMBERS,
    "qzspoken": MEMBERS,  # said of a text that everybody may read
    "qzsounding": {"mine", "chair"},
    "qznote": {"mine"},
    "qzunsent": {"mine"},
    "qzreply": MEMBERS,
    "qzobjection": MEMBERS,
    "qzletter": MEMBERS,
    "qzproposed": MEMBERS,  # on a text for members, and on one that everybody may read
    "qzreason": MEMBERS,
    "qzamending": {"mine"},  # a proposal that is not tabled
}
READERS: dict[str, list[tuple[Role, str]] | None] = {
    "observer": [(Role.DELEGATE, "qo")],
    "former": [(Role.DELEGATE, "xl")],
    "mine": [(Role.DELEGATE, "xp")],
    "other": [(Role.DELEGATE, "xa")],
    "chair": [(Role.PRESIDENCY, "")],
    "documents": [(Role.OFFICER, Unit.DOCUMENTS)],
    "public": None,  # last: what was shown to others is not kept for it
}


@dataclass
class World:
    clients: dict[str, Client] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    refs: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    place = tmp_path_factory.mktemp("world")
    own = override_settings(KEY_FILE=place / "journal.key", MEDIA_ROOT=place, HOME=place)
    with django_db_blocker.unblock(), own, transaction.atomic():
        yield _made()
        transaction.set_rollback(True)


def _made() -> World:
    from chancery.decisions.acts import candidature, followup, room, silence, statements
    from chancery.decisions.rules import Verb
    from chancery.decisions.rules.candidature import Term
    from chancery.decisions.rules.register import StatementKind
    from chancery.decisions.rules.silence import ReplyKind, working_days_after
    from chancery.documents.acts import agenda, calls, drafting, notes, positions, proposals, register
    from chancery.documents.queries.negotiation import amending
    from chancery.documents.rules.positions import CallKind, Stance
    from chancery.documents.rules.proposals import ProposalKind, Wish
    from chancery.journal.acts import checkpoint
    from chancery.parties.models import Party
    from tests.people.test_acts import PDF

    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    for ref, name in {"xa": "Aldora", "xb": "Arvessa", "xm": "Jorvania", "xp": "Maravel"}.items():
        state(ref, name)
    state("qo", "Orlend", capacity="observer")
    state("xl", "Lestova", since=None)
    who = {name: person(name, *rights) if rights is not None else None for name, rights in READERS.items()}
    mine, other, chair, officer = (who[name] for name in ("mine", "other", "chair", "documents"))
    xa, xp = Party.objects.get(pk="xa"), Party.objects.get(pk="xp")
    today = now().date()
    session = texts.session(day=today)
    for one in ("swg", "mc"):
        texts.body(one)

    def paper(ref: str, word: str, classification: str):
        made = texts.document(ref, classification=classification)
        made.title = LocalizedText({"en": f"About {word}", "ru": f"О {word}"})
        made.save()
        version = texts.version(made)
        blocks = [{**one, "text": f"{one['text']} {word}"} for one in version.blocks]
        type(version).objects.filter(pk=version.pk).update(blocks=blocks)
        version.refresh_from_db()
        drafting.translate(version=version, language="ru", texts={"b3": f"Слово {word}"}, by=officer)
        register.enclose(document=made, file=PDF, title=LocalizedText({"en": f"File {word}"}), by=officer)
        item = agenda.add_item(
            meeting=session, number=ref, title=LocalizedText({"en": "Item"}), source="practice", by=officer
        )
        agenda.put_paper(item=item, document=made, by=officer)
        return version

    open_ = paper("open-1", "known", "public")
    closed, decided, silent = (paper(f"closed-{n}", "qzbody", "body") for n in "123")
    inside = paper("inside-4", "qzinside", "secretariat")
    for one in (closed, decided, silent, inside):
        register.relate(document=open_.document, kind="implements", other=one.document, by=officer)
    drafting.save_draft(
        document=open_.document, edition=0, by=officer,
        blocks=[{"id": "b1", "kind": "title", "texts": {"en": "A qzdraft"}}],
    )  # fmt: skip
    due, tabled = now() + dt.timedelta(days=3), []
    for version, word in ((closed, "qzposition"), (open_, "qzspoken")):
        calls.call(version=version, kind=CallKind.POSITIONS, due=due, by=chair)
        calls.call(version=version, kind=CallKind.SOUNDING, due=due, by=chair)
        said = {"version": version, "party": xp, "stance": Stance.OBJECTION, "by": mine, "block": "b3"}
        positions.take_position(words=f"We say {word}", **said)
        positions.take_position(words="We whisper qzsounding", sounding=True, **said)
        about = f"documents:{version.document_id}#b3"
        notes.keep_note(party="xp", subject=about, words="Between us: qznote", by=mine)
        notes.keep_note(party="xp", subject=about, words="A qzunsent", stance="objection", draft=True, by=mine)
        notes.keep_note(
            party="xp", subject=amending(version.document_id, "b3"), words="A qzamending", draft=True, by=mine
        )
        wishes = [
            Wish(ProposalKind.WORDS, "b3", f"{version.text[2].text}, as qzproposed", reason="For qzreason"),
            Wish(ProposalKind.INSERT, after="b3", text="Another qzproposed;", reason="For qzreason"),
        ]
        tabled += proposals.propose(version=version, party=xp, wishes=wishes, language="en", by=mine)

    given = {"body": texts.body("soc"), "session": session, "by": chair}
    room.object_in_room(version=open_, party=xp, reason="For qzobjection", **given)
    room.object_in_room(version=closed, party=xp, reason="For qzobjection", **given)
    decision = room.adopt(version=decided, verb=Verb.APPROVE, present=["xa", "xb", "xm", "xp"], **given)
    statements.attach(
        decision=decision, kind=StatementKind.INTERPRETATIVE, parties=[xp],
        text=LocalizedText({"en": "We read qzbody so"}), by=chair,
    )  # fmt: skip
    owed = followup.undertake(
        decision=decision, task=LocalizedText({"en": "Do qzbody"}), addressee="parties:qo", by=officer
    )
    charter = settings.CHARTER
    ends = working_days_after(charter.today(now()), 5, charter.working_days, charter.holidays)
    noon = dt.datetime.combine(ends, dt.time(12), charter.zone)
    running = [
        quiet.opened(chair, version, at=now(), expires=noon, basis=basis)
        for version, basis in ((silent, "Article qzbody"), (paper("open-5", "known", "public"), "An article"))
    ]
    for one in running:
        silence.reply(silence=one, party=xa, kind=ReplyKind.COMMENT, words="We note qzreply", by=other)
        silence.reply(silence=one, party=xa, kind=ReplyKind.ACKNOWLEDGEMENT, by=other)
        notes.keep_note(party="xp", subject=f"silences:{one.ref}", words="A qzunsent", draft=True, by=mine)
    candidature.declare(party=xp, term=Term.NEXT, declared=today, letter="No. qzletter", by=mine)
    checkpoint()
    refs = {
        "documents": ["open-1", "open-5", "closed-1", "closed-2", "closed-3", "inside-4"],
        "decisions": [decision.ref], "silences": [one.ref for one in running], "undertakings": [owed.ref],
        "meetings": [session.ref], "proposals": [f"{one.document_id}/proposals/{one.ref}" for one in tabled],
    }  # fmt: skip
    return World({name: client_of(one) for name, one in who.items()}, list(_addresses(refs)), refs)


PATHS: dict[str, list[str]] = {
    "documents": [
        "documents/{}/", "documents/{}/versions/1/", "documents/{}/comparison/", "documents/{}/versions/1/en.pdf",
        "documents/{}/enclosures/{}.file1/", "negotiations/{}/", "negotiations/{}/paragraphs/b3/",
        "negotiations/{}/paragraphs/b3/position/", "negotiations/{}/paragraphs/b3/note/", "negotiations/{}/sounding/",
        "negotiations/{}/on-behalf/", "negotiations/{}/agreement/", "negotiations/{}/call/",
        "negotiations/{}/paragraphs/b3/capital/", "negotiations/{}/paragraphs/b3/reopening/",
        "negotiations/{}/paragraphs/b3/proposal/", "negotiations/{}/paragraphs/b3/proposal/?what=move",
        "negotiations/{}/paragraphs/b3/merger/", "negotiations/{}/settlement/", "negotiations/{}/reading/?of=xp",
        "negotiations/{}/proposals/", "negotiations/{}/word/", "negotiations/{}/en.docx",
        "documents/{}/versions/1/en.docx", "negotiations/{}/paragraphs/b5/", "negotiations/{}/paragraphs/b5/proposal/",
        "secretariat/documents/{}/draft/", "secretariat/documents/{}/circulation/", "secretariat/documents/{}/import/",
        "secretariat/documents/{}/classification/", "secretariat/documents/{}/translation/ru/",
    ],
    "decisions": [
        "decisions/{}/", "decisions/{}/proof/", "decisions/{}/bundle.zip", "decisions/{}/sheet/",
        "decisions/{}/code.svg", "secretariat/decisions/{}/noting/", "secretariat/decisions/{}/links/",
    ],
    "silences": [
        "silence/{}/", "silence/{}/bundle.zip", "silence/{}/clock/", "silence/{}/service/", "silence/{}/reply/",
        "silence/{}/reply-by-note/", "silence/{}/extension/", "silence/{}/withdrawal/", "silence/{}/restart/",
    ],
    "proposals": ["negotiations/{}/", "negotiations/{}/withdrawal/", "negotiations/{}/translation/ru/"],
    "undertakings": ["undertakings/{}/progress/", "undertakings/{}/lapse/"],
    "meetings": [
        "meetings/{}/", "room/{}/", "secretariat/meetings/{}/agenda/", "meetings/{}/calendar.ics",
        "room/{}/open-1/adoption/", "room/{}/closed-1/adoption/", "room/{}/inside-4/adoption/",
    ],
}  # fmt: skip
MORE = [
    "parties/xp/", "parties/qo/", "bodies/soc/", "documents/?q=qzbody", "documents/?q=qzinside", "decisions/?q=qzbody",
    "documents/?session={meeting}", "decisions/follow-up/?addressee=parties:qo&status=all", "notices/settings/",
    "desk/?for=secretariat", "desk/?for=chair",
]


def _addresses(refs: dict[str, list[str]]) -> Iterator[str]:
    from chancery.journal import queries

    with translation.override("en"):
        for name in NAMES:
            try:
                yield reverse(name)
            except NoReverseMatch:
                continue
        for seq in range(1, queries.size() + 1):
            yield reverse("journal-entry", args=[seq])
            yield reverse("check", args=[seq])
        yield from (reverse("data-table", args=[name]) for name in TABLES)
    for kind, paths in PATHS.items():
        for ref in refs[kind]:
            yield from (f"/en/{path.replace('{}', ref)}" for path in paths)
    yield from (f"/en/{path.format(meeting=refs['meetings'][0])}" for path in MORE)


TABLES = (
    "documents", "versions", "translations", "enclosures", "papers", "document_relations", "agenda", "decisions",
    "decision_links", "statements", "undertakings",
)  # fmt: skip
PASSED_BY = ("/account/",)  # signing in and out is no business of texts


@pytest.mark.parametrize("reader", READERS)
def test_nobody_is_told_what_is_not_theirs(world: World, reader: str):
    forbidden = [word for word, known in KNOWN_TO.items() if reader not in known]
    found, seen = [], set()
    for address in world.addresses:
        if any(part in address for part in PASSED_BY):
            continue
        with transaction.atomic():
            answer = world.clients[reader].get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"{address}: {answer.status_code}"
        told = _unpacked(content) + str(dict(answer.headers)).encode()
        asked = address.rpartition("q=")[2].encode()
        told = told.replace(asked, b"") if "q=" in address else told
        found += [f"{word}: {address}" for word in forbidden if word.encode() in told.lower()]
        seen |= {word for word in KNOWN_TO if word.encode() in told.lower()}
    assert not found
    missed = {word for word, known in KNOWN_TO.items() if reader in known} - seen
    assert not missed, "those who may know of it find it"


def _unpacked(content: bytes) -> bytes:
    """What a packed file holds, so that nothing hides in it."""
    import io
    import zipfile

    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_no_letter_and_no_feed_tells_it(world: World):
    from chancery.duties.models import Letter
    from chancery.notices import feeds
    from chancery.notices.rules import FeedKind
    from chancery.people.models import Account

    told = [f"{one.subject}\n{one.body}" for one in Letter.objects.all()]
    assert told
    for account in Account.objects.all():
        told += [feeds.made(kind, account)[0].decode() for kind in FeedKind if kind in feeds.kinds()]
    assert not [word for word in KNOWN_TO for one in told if word in one.lower()]


def test_the_public_record_does_not_hold_it(world: World, tmp_path: Path):
    from chancery.exchange.dump import dump

    dump(folder=tmp_path / "record")
    held = b"".join(one.read_bytes() for one in (tmp_path / "record").rglob("*") if one.is_file()).lower()
    assert b"about known" in held
    assert not [word for word in KNOWN_TO if word.encode() in held]
