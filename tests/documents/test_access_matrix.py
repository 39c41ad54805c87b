"""Who reads what: a document of each classification, one tabled by a State and one under embargo, with a text, a
translation, a file and a place on an agenda; every page of documents is asked for as everybody."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from chancery.core.asof import now
from chancery.documents.acts import agenda
from chancery.documents.acts import register as acts
from chancery.documents.models import Document
from chancery.documents.rules.symbols import RelationKind
from chancery.people.models import Account
from chancery.people.rules import Role, Unit
from tests.cast import state
from tests.documents.stage import body, circulated, session, tabled, text, translated
from tests.people.cast import client_of, person
from tests.people.test_acts import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]

READERS: dict[str, list[tuple[Role, str]] | None] = {
    "public": None,
    "guest": [],
    "sponsor": [(Role.DELEGATE, "xp")],
    "focal": [(Role.FOCAL_POINT, "xp")],
    "member": [(Role.DELEGATE, "xu")],
    "observer": [(Role.DELEGATE, "qo")],
    "former": [(Role.DELEGATE, "xl")],
    "chair": [(Role.PRESIDENCY, "")],
    "documents": [(Role.OFFICER, Unit.DOCUMENTS.value)],
    "press": [(Role.OFFICER, Unit.PRESS.value)],
    "auditor": [(Role.AUDITOR, "")],
}
TABLE = """
              public guest sponsor focal member observer former chair documents press auditor
public        yes    yes   yes     yes   yes    yes      yes    yes   yes       yes   yes
parties       -      -     yes     yes   yes    yes      -      yes   yes       yes   yes
body          -      -     yes     yes   yes    -        -      yes   yes       yes   yes
secretariat   -      -     -       -     -      -        -      -     yes       yes   yes
sponsored     -      -     yes     yes   -      -        -      -     yes       yes   yes
embargoed     -      -     yes     yes   yes    -        -      yes   yes       yes   yes
"""
"""`sponsored` is for the Secretariat alone and was tabled by xp; `embargoed` is for members until the embargo ends,
then for everybody. `former` is the delegate of a State that withdrew."""


def table() -> dict[tuple[str, str], bool]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return {(row[0], reader): cell == "yes" for row in rows for reader, cell in zip(head, row[1:], strict=True)}


@dataclass
class World:
    documents: dict[str, Document]
    readers: dict[str, Account | None]
    meeting: str

    def client(self, reader: str) -> Client:
        return client_of(self.readers[reader])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once; the tests only look."""
    from django.db import transaction

    place = tmp_path_factory.mktemp("files")
    own = override_settings(KEY_FILE=place / "journal.key", MEDIA_ROOT=place)
    with django_db_blocker.unblock(), own, transaction.atomic():
        yield made()
        transaction.set_rollback(True)


def made() -> World:
    from chancery.core.models import Source

    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    parties = {ref: state(ref, ref.upper()) for ref in ("xp", "xu")}
    state("qo", "QO", capacity="observer")
    state("xl", "XL").memberships.update(until=dt.date(2020, 1, 1))
    accounts = {
        name: None if rights is None else person(name.capitalize(), *rights) for name, rights in READERS.items()
    }
    officer, mc = accounts["documents"], body("mc")
    ministers = session(mc, 7, "2024-12-17")
    closed = {"secretariat": "secretariat", "sponsored": "secretariat", "embargoed": "body"}
    documents = {}
    item = agenda.add_item(meeting=ministers, number="1", title=text("Texts"), source="practice", by=officer)
    for kind in ("public", "parties", "body", "secretariat", "sponsored", "embargoed"):
        sponsors = [parties["xp"]] if kind == "sponsored" else []
        document = tabled(
            officer, mc, f"Title-of-{kind}", classification=closed.get(kind, kind), sponsors=sponsors,
            session=session(mc, 30 + len(documents), f"2024-11-0{len(documents) + 1}", title=text(f"For-{kind}")),
        )  # fmt: skip
        first = circulated(document, on="2024-12-03")
        circulated(document, on="2024-12-09")
        translated(first, {"b1": "Заявление"})
        acts.enclose(document=document, file=PDF + kind.encode() + b"%%EOF", title=text("Scan"), by=officer)
        agenda.put_paper(item=item, document=document, by=officer)
        Document.objects.filter(ref=document.ref).update(tabled=dt.date(2024, 11, 1))
        documents[kind] = document
    for kind in ("parties", "body", "secretariat", "sponsored", "embargoed"):
        acts.relate(
            document=documents[kind], kind=RelationKind.IMPLEMENTS, other=documents["public"], by=officer
        )
    acts.put_under_embargo(
        document=documents["embargoed"], until=now() + dt.timedelta(days=3), released_as="public", by=officer
    )
    return World(documents, accounts, ministers.ref)


@dataclass
class Got:
    status: int
    content: bytes
    kept: str


def got(client: Client, address: str) -> Got:
    """What an address answers, read to its end."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Got(answer.status_code, content, answer.headers.get("Cache-Control", ""))


def pages(document: Document) -> dict[str, str]:
    """Every address with which a document, or a part of it, is read."""
    ref, file = document.ref, document.enclosures.get().ref
    with translation.override("en"):
        return {
            "document": reverse("document", args=[ref]),
            "in two languages": reverse("document", args=[ref]) + "?language=en.ru",
            "on a day": reverse("document", args=[ref]) + "?on=2025-01-01",
            "version": reverse("document-version", args=[ref, 1]),
            "comparison": reverse("document-comparison", args=[ref]),
            "comparison of translations": reverse("document-comparison", args=[ref]) + "?from=1&to=2&language=ru",
            "Akoma Ntoso": reverse("document-akoma", args=[ref, 1, "en"]),
            "Akoma Ntoso of a translation": reverse("document-akoma", args=[ref, 1, "ru"]),
            "enclosure": reverse("document-enclosure", args=[ref, file]),
        }


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["public", "parties", "body", "secretariat", "sponsored", "embargoed"])
def test_each_page_is_there_for_whom_the_table_names_and_for_nobody_else(world, kind, reader):
    client, expected = world.client(reader), 200 if table()[kind, reader] else 404
    found = {name: got(client, address).status for name, address in pages(world.documents[kind]).items()}
    assert found == dict.fromkeys(found, expected)


@pytest.mark.parametrize("reader", READERS)
def test_lists_and_filters_and_pages_of_others_do_not_leak(world, reader):
    client = world.client(reader)
    symbols = [one.symbol for one in world.documents.values()]
    addresses = [
        "/en/documents/",
        "/ru/documents/",
        "/en/documents/?q=title-of",
        *(f"/en/documents/?q={symbol}" for symbol in symbols),
        *(f"/en/documents/?session={one.session_id}" for one in world.documents.values()),
        "/en/documents/?language=ru&series=DOC&kind=statement&body=mc",
        "/en/documents/?kind=budget&q=title",  # nothing answers: the page counts what a wider filter would find
        "/en/bodies/mc/",
        f"/en/meetings/{world.meeting}/",
        f"/en/documents/{world.documents['public'].ref}/",
        "/en/journal/",
        "/en/",
        "/sitemap.xml",
        "/data/record.zip",
    ]
    told = {address: got(client, address).content for address in addresses}
    for (kind, who), may in table().items():
        if who != reader or may:
            continue
        document = world.documents[kind]
        for address, content in told.items():
            asked = document.symbol in address or document.session_id in address
            assert f"Title-of-{kind}".encode() not in content, f"{address} tells a title"
            assert asked or document.symbol.encode() not in content, f"{address} tells a symbol"
            assert asked or f"/documents/{document.ref}/".encode() not in content, f"{address} links to it"


@pytest.mark.parametrize("reader", READERS)
def test_the_list_holds_exactly_what_one_may_read(world, reader):
    page = world.client(reader).get("/en/documents/").content.decode()
    found = {kind for kind in world.documents if f"Title-of-{kind}" in page}
    assert found == {kind for kind in world.documents if table()[kind, reader]}


@pytest.mark.parametrize("kind", ["secretariat", "sponsored"])
@pytest.mark.parametrize("reader", ["public", "observer"])
def test_a_filter_offers_no_session_of_a_closed_paper(world, reader, kind):
    page = world.client(reader).get("/en/documents/").content.decode()
    assert f"For-{kind}" not in page
    assert "For-public" in page


def test_a_public_file_door_does_not_know_a_closed_file(world):
    for kind in ("parties", "body", "secretariat"):
        name = world.documents[kind].enclosures.get().file
        for reader in ("public", "press"):
            assert world.client(reader).get(f"/files/{name}").status_code == 404


@pytest.mark.parametrize("kind", ["public", "body"])
def test_only_a_public_page_may_be_kept(world, kind):
    addresses = pages(world.documents[kind])
    answers = {name: got(world.client("member"), address).kept for name, address in addresses.items()}
    if kind == "body":
        assert answers == dict.fromkeys(answers, "private, no-store")
    else:
        assert answers.pop("enclosure") == "public, no-cache"
        assert answers == dict.fromkeys(answers, "private, no-store")  # whoever is signed in gets a page of their own
        assert "public" in got(world.client("public"), addresses["document"]).kept


@pytest.mark.parametrize(
    "name", ["addendum", "classification", "embargo", "withdrawal", "relation", "enclosing"]
)
def test_acts_tell_no_difference_between_a_closed_paper_and_none(world, name):
    route = f"document-{name}"
    with translation.override("en"):
        there, nowhere = (reverse(route, args=[ref]) for ref in (world.documents["secretariat"].ref, "never-was"))
    for reader in ("sponsor", "press", "auditor"):
        client = world.client(reader)
        assert (client.get(there).status_code, client.get(nowhere).status_code) == (403, 403)
    assert world.client("documents").get(nowhere).status_code == 404
