"""What is not public never leaves: neither in a dump nor a copy, on no data page, in no entry that is told."""

import pytest
from django.conf import settings

from chancery.bodies.models import Body
from chancery.core import tables
from chancery.core.text import LocalizedText
from chancery.decisions.acts import register, room
from chancery.decisions.models import Decision
from chancery.decisions.rules import Verb
from chancery.documents.acts import drafting
from chancery.documents.acts import register as documents
from chancery.documents.models import Document, Enclosure, Translation, Version
from chancery.documents.rules import blocks
from chancery.documents.rules.access import Classification
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.symbols import DocumentKind, Series
from chancery.exchange import acts, verification
from chancery.exchange.copies import copy
from chancery.exchange.dump import dump
from chancery.exchange.rules import FaultyRecord
from chancery.journal.acts import checkpoint, recording, seal
from chancery.meetings.models import Meeting
from chancery.people.policy import COMPILERS
from tests.cast import account
from tests.exchange.records import agreed, build, bytes_of

pytestmark = pytest.mark.django_db
SECRET = "Of-hidden-springs"
KINDS = ("parties", "body", "secretariat")
OF_DOCUMENTS = ("documents", "document_relations", "versions", "translations", "enclosures", "papers", "decisions",
                "decision_links", "statements", "undertakings")  # fmt: skip


@pytest.fixture
def secret(tmp_path):
    """A record with a text that was agreed."""
    folder = build(tmp_path / "agreed", agreed)
    acts.load(folder=folder, by=COMPILERS)
    return folder


def hide(classification: str) -> None:
    """From now on all of it is of another classification, with notes and a file that nobody ever told of."""
    Document.objects.update(classification=classification)
    Decision.objects.filter(pk="wells").update(classification=classification)
    Version.objects.filter(pk="wells-1").update(note=SECRET)
    Translation.objects.update(note=SECRET)
    (settings.MEDIA_ROOT / "springs.pdf").write_bytes(SECRET.encode())
    Enclosure.objects.create(ref="springs", document_id="wells", file="springs.pdf", source="invented")


def leaks(files: dict[str, bytes]) -> list[str]:
    told = {name: content for name, content in files.items() if not name.startswith("journal/manifests")}
    return [name for name, content in told.items() if b"wells" in content or SECRET.encode() in content]


@pytest.mark.parametrize("classification", KINDS)
def test_nothing_of_it_is_dumped_or_copied(secret, tmp_path, classification):
    hide(classification)
    dump(tmp_path / "dumped")
    assert leaks(bytes_of(tmp_path / "dumped")) == []
    assert not (tmp_path / "dumped" / "versions").exists()
    checkpoint()
    copy(tmp_path / "copied")
    assert leaks(bytes_of(tmp_path / "copied")) == []
    acts.checked(tmp_path / "dumped")  # what is left is a record


@pytest.mark.parametrize("classification", KINDS)
@pytest.mark.parametrize("table", OF_DOCUMENTS)
def test_nothing_of_it_is_on_a_data_page(secret, client, classification, table):
    hide(classification)
    assert b"wells" not in client.get(f"/data/{table}.csv").content


def test_nothing_of_it_is_told_by_an_entry(secret):
    hide("parties")
    with recording():
        facts = [fact for name in OF_DOCUMENTS for fact in tables.table(name).model.objects.all()]
        entry = seal("practice.try", by="clock", facts=facts)
    assert [one for one in entry.public.split('"') if "wells" in one] == []
    assert "founded" in entry.public  # a public decision is told


def test_a_decision_is_public_once_its_text_is(secret):
    Document.objects.update(classification="body")
    assert not Decision.objects.get(pk="wells").is_public
    Document.objects.update(classification="public")
    assert Decision.objects.get(pk="wells").is_public


def test_a_decision_is_public_once_the_recommendation_is(secret):
    Decision.objects.filter(pk="wells").update(recommendation="founded")
    Decision.objects.filter(pk="founded").update(classification="parties")
    assert not Decision.objects.get(pk="wells").is_public


def test_a_folder_does_not_take_a_reference_that_is_not_public(secret):
    hide("body")
    with pytest.raises(FaultyRecord) as refused:
        acts.load(folder=secret, by=COMPILERS)
    assert any("is taken here, by something not public" in str(fault) for fault in refused.value.faults)


def test_a_text_never_changes_under_its_reference(secret):
    path = secret / "versions" / "wells-2.json"
    path.write_text(path.read_text().replace("3 wells", "4 wells"))
    with pytest.raises(FaultyRecord) as refused:
        acts.load(folder=secret, by=COMPILERS)
    assert [str(fault) for fault in refused.value.faults] == [
        "versions/wells-2.json: differs from what was circulated; a text never changes: add a version"
    ]


def test_what_was_agreed_is_verified(secret):
    checkpoint()
    assert verification.here(verification.own_key()).faults == []
    Version.objects.filter(pk="wells-2").update(blocks=[])
    told = [fault.problem for fault in verification.here(verification.own_key()).faults]
    assert told == ["versions:wells-2 is not what was decided"]


def test_the_digest_of_a_text_is_worked_out(secret):
    version = Version.objects.get(pk="wells-2")
    assert version.digest == blocks.digest(version.text, "en")


def test_what_becomes_public_is_in_the_record_and_verified(folder, tmp_path):
    """A text goes from hand to hand, is adopted, and published: at each step the record is what was told of it."""
    acts.load(folder=folder, by=COMPILERS)
    officer = account("Olga Documents", ("officer", "documents"))
    council = Body.objects.get(pk="council")
    document = documents.table(
        title=LocalizedText({"en": "On springs"}), kind=DocumentKind.DECISION, body=council, series=Series.DOC,
        language="en", classification=Classification.BODY, source="invented", by=officer,
    )  # fmt: skip
    text = [Block("b1", BlockKind.TITLE, "On springs"), Block("b2", BlockKind.OPERATIVE, "Decides to dig.")]
    version = drafting.circulate(
        document=document, blocks=text, translations={"ru": {"b1": "О родниках"}}, by=officer
    )  # fmt: skip
    session = Meeting.objects.get(pk="council-1")
    decision = room.adopt(
        version=version, body=council, session=session, verb=Verb.ADOPT, present=["xa"], by=officer
    )  # fmt: skip
    checkpoint()
    assert verification.here(verification.own_key()).faults == []
    dump(tmp_path / "before")
    assert not any(b"springs" in content for content in bytes_of(tmp_path / "before").values())

    register.publish(decision=decision, by=officer)
    checkpoint()
    assert verification.here(verification.own_key()).faults == []
    dump(tmp_path / "after")
    assert (tmp_path / "after" / "versions" / f"{version.ref}.json").exists()
    assert acts.load(folder=tmp_path / "after", by=COMPILERS) is None
