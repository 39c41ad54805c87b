"""The doors of formal copies: what is offered, to whom, and what is signed."""

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from pyhanko.pdf_utils.reader import PdfFileReader

from chancery.core.signing import identity, pades
from chancery.decisions.models import Decision
from chancery.documents import printing
from chancery.documents.acts import drafting as acts
from chancery.documents.formal import signed
from chancery.documents.models import Document, Version
from chancery.documents.queries import copies
from chancery.documents.rules.symbols import VersionKind
from chancery.documents.rules.translation import Standing
from tests.people.cast import client_of

from .papers import blocks, paper
from .test_akoma import SCHEMA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("states")]


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT, settings.KEY_FILE = tmp_path / "files", tmp_path / "journal.key"
    settings.MEDIA_ROOT.mkdir()
    settings.SIGNING_KEY = settings.SIGNING_CERTIFICATE = None
    return tmp_path


@pytest.fixture
def document(documents) -> Document:
    """A text in two versions, the second with an official translation into Russian and a working one into Arabic."""
    made = paper(symbol="PRA/MC/7/DOC.3")
    acts.circulate(document=made, blocks=blocks("Statement", "They affirm."), by=documents)
    text = blocks("Statement", "They reaffirm.")
    second = acts.circulate(document=made, blocks=text, by=documents)
    acts.translate(
        version=second, language="ru", texts={"b1": "Заявление", "b2": "Подтверждают."}, standing=Standing.OFFICIAL,
        by=documents,
    )  # fmt: skip
    acts.translate(version=second, language="ar", texts={"b1": "بيان"}, by=documents)
    return made


def version(position: int = 2) -> Version:
    return Version.objects.select_related("document__body").get(position=position)


def decide(verb: str = "adopt", **more: Any) -> Decision:
    of = version()
    values = {
        "body": of.document.body, "manner": "session", "verb": verb, "taken": "2024-12-17", "title": of.document.title,
        "document": of.document, "version": of, "classification": "public", "source": "practice", **more,
    }  # fmt: skip
    return Decision.objects.create(ref="mc-7-dec-1", **values)


def address(name: str, language: str = "en", position: int = 2) -> str:
    return reverse(f"document-{name}", args=["pra-mc-7-doc-3", position, language])


def got(client: Client, page: str) -> Any:
    answer = client.get(page)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


# ---------------------------------------------------------------- Akoma Ntoso
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_every_version_is_there_in_every_language_and_valid(document, language):
    answer = got(Client(), address("akoma", language))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/akn+xml")
    assert answer["Cache-Control"] == "public, no-cache"  # kept with the pages, under the head of the journal
    root = etree.fromstring(answer.body)
    SCHEMA.assertValid(root)
    assert root.xpath("string(//*[local-name()='FRBRversionNumber']/@value)") == "Rev.1"
    words = {"en": "They reaffirm.", "ru": "Подтверждают.", "ar": ""}[language]  # one language alone
    assert root.xpath("string(//*[@wId='b2']//*[local-name()='content'])") == words
    assert bool(root.xpath("//*[@wId='b2'][@status='incomplete']")) is (language == "ar")


@pytest.mark.parametrize("language", ["fr", "kk", "en-ru", "EN", "x"])
def test_what_it_was_not_put_into_is_not_there(document, language):
    assert Client().get(address("akoma", language)).status_code == 404
    decide()
    assert Client().get(address("signed", language)).status_code == 404


# ---------------------------------------------------------------- the signed PDF
def test_an_adopted_text_is_signed_once_and_archival(document, monkeypatch):
    decide()
    answer = got(Client(), address("signed"))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-cache")
    assert 'filename="pra-mc-7-doc-3.2-en.signed.pdf"' in answer["Content-Disposition"]
    (found,) = PdfFileReader(io.BytesIO(answer.body)).embedded_signatures
    assert found.sig_object["/Name"] == identity.TEST_NAME
    assert found.sig_object["/Reason"] == "Adopted text: PRA/MC/7/DOC.3/Rev.1 A paper"
    with pikepdf.open(io.BytesIO(answer.body)) as opened:
        assert opened.open_metadata()["pdfaid:part"] == "2"
        assert "/StructTreeRoot" in opened.Root

    monkeypatch.setattr(signed, "sign_apart", None)  # made once
    assert got(Client(), address("signed")).body == answer.body


def test_another_certificate_makes_another_copy(document, files, monkeypatch):
    decide()
    names = []
    monkeypatch.setattr(signed, "sign_apart", lambda pdf, by, **said: names.append(by.fingerprint) or pdf)
    got(Client(), address("signed"))
    (files / "signing-test.pem").unlink()
    got(Client(), address("signed"))
    assert len(set(names)) == len(names) == 2


def test_a_long_text_is_signed_once_the_clock_has_printed_it(document, monkeypatch):
    decide()
    monkeypatch.setattr(printing, "SHORT", 10)
    monkeypatch.setattr(printing, "typeset", lambda of: b"%PDF-")
    monkeypatch.setattr(signed, "sign_apart", lambda pdf, by, **said: pdf + b"signed")
    assert Client().get(address("signed")).status_code == 202
    for name in printing.due(None):
        printing.make(name)
    assert got(Client(), address("signed")).body == b"%PDF-signed"


def test_it_is_signed_in_the_language_adopted_and_in_official_translations_only(document):
    decide()
    assert copies.signed_in(version(), None) == ["en", "ru"]
    assert Client().get(address("signed", "ar")).status_code == 404


@pytest.mark.parametrize("verb", ["consider", "support-in-principle"])
def test_what_was_not_adopted_for_good_is_not_signed(document, verb):
    decide(verb)
    assert not copies.of(version(), None).signed
    assert Client().get(address("signed")).status_code == 404


def test_an_earlier_version_of_an_adopted_text_is_not_signed_and_its_corrigendum_is(document):
    decide()
    assert not copies.is_adopted(version(1), None)
    Version.objects.create(
        ref="corr", document=document, position=3, kind=VersionKind.CORRIGENDUM, number=1, circulated="2024-12-18",
        language="en", blocks=version().blocks, digest="0" * 64,
    )  # fmt: skip
    assert copies.is_adopted(version(3), None)


def test_a_decision_that_one_may_not_read_is_not_told_by_a_copy(document, documents):
    decide(classification="secretariat")
    assert Client().get(address("signed")).status_code == 404
    assert "PDF/A" not in Client().get(reverse("document-version", args=[document.ref, 2])).content.decode()
    assert copies.is_adopted(version(), documents)


# ---------------------------------------------------------------- what the pages say
def pages(document: Document) -> list[str]:
    return [reverse("document-version", args=[document.ref, 2]), reverse("decision", args=["mc-7-dec-1"])]


def test_the_pages_offer_each_copy_and_say_what_a_test_key_is_worth(document):
    decide()
    for page in pages(document):
        said = Client().get(page).content.decode()
        assert "signed with a test key: proves nothing to others" in said
        for name, languages in {"signed": ["en", "ru"], "akoma": ["en", "ru", "ar"]}.items():
            assert all(f'href="{address(name, one)}"' in said for one in languages)
        assert address("signed", "ar") not in said


def test_a_key_that_cannot_be_used_is_said_and_is_no_failure(document, files, settings):
    decide()
    before = {page: Client().get(page)["ETag"] for page in pages(document)}
    settings.SIGNING_KEY = files / "nowhere.pem"
    for page in pages(document):
        answer = Client().get(page)
        said = answer.content.decode()
        assert answer["ETag"] != before[page]  # who kept the page asks again
        assert "Cannot be made now" in said
        assert "Check CHANCERY_SIGNING_KEY" in said
        assert address("signed") not in said
    answer = Client().get(address("signed"))
    assert answer.status_code == 503
    assert "Check CHANCERY_SIGNING_KEY" in answer.content.decode()


def test_a_service_that_does_not_answer_is_told_and_not_tried_at_each_click(document, documents, monkeypatch):
    decide()
    tried = []

    def refuse(*given: Any, **said: Any) -> bytes:
        tried.append(said)
        raise pades.Unsignable("no answer")

    monkeypatch.setattr(signed, "sign_apart", refuse)
    for _again in range(2):
        assert client_of(documents).get(address("signed")).status_code == 503
    assert len(tried) == 1
