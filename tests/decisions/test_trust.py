"""Whoever holds a paper or a file can verify what was decided; whoever may not read it learns nothing."""

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from chancery.core.text import LocalizedText
from chancery.decisions import qr
from chancery.decisions.acts import register, room, silence, statements
from chancery.decisions.models import Decision
from chancery.decisions.queries import trust
from chancery.decisions.queries.silence import Followed
from chancery.decisions.rules import Verb
from chancery.decisions.rules.register import StatementKind
from chancery.decisions.rules.silence import ReplyKind, Shape
from chancery.documents.models import Document
from chancery.exchange import acts as exchange
from chancery.journal import bundle, queries
from chancery.journal.models import Checkpoint
from chancery.journal.note import Signer
from chancery.parties.models import Party
from chancery.people import policy
from tests.cast import STATES, account
from tests.decisions import texts
from tests.exchange.records import agreed, build

pytestmark = pytest.mark.django_db
IN_SESSION = dt.datetime(2024, 12, 4, 7, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "journal.key"
    settings.HOME = settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(IN_SESSION, tick=False):
        yield


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


def adopted(chair, classification: str = "public") -> Decision:
    version = texts.version(texts.document(classification=classification))
    return room.adopt(
        version=version, body=texts.body("soc"), session=texts.session(), verb=Verb.APPROVE, present=tuple(STATES),
        by=chair,
    )  # fmt: skip


def file_of(client, decision) -> bytes:
    answer = client.get(f"/en/decisions/{decision.ref}/bundle.zip")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return answer.content


def verified(data: bytes) -> bundle.Report:
    report = bundle.verify(bundle.read(data), [queries.vkeys()[-1].vkey])
    assert report.faults == []
    return report


def command(path: Path, *words: str, **options) -> tuple[int, str]:
    """What `chancery verify` says of a file, and ends with."""
    told = io.StringIO()
    try:
        call_command("verify", str(path), *words, stdout=told, **options)
    except CommandError as problem:
        return problem.returncode, told.getvalue() + str(problem)
    return 0, told.getvalue()


# ---------------------------------------------------------------- bundles
def test_what_a_session_adopted_is_proven_by_a_file(client, chair):
    decision = adopted(chair)
    report = verified(file_of(client, decision))
    assert report.decided["act"] == "decisions.adopt"
    assert (report.version, report.digest) == (decision.version_id, decision.version.digest)


def test_the_head_is_signed_when_the_file_is_asked_for(client, chair):
    decision = adopted(chair)
    assert not Checkpoint.objects.exists()
    file_of(client, decision)
    assert Checkpoint.objects.count() == 1


def test_the_file_is_the_same_for_ever(client, chair):
    decision = adopted(chair)
    before = file_of(client, decision)
    adopted_again(chair)
    assert file_of(client, decision) == before


def adopted_again(chair):
    from chancery.journal.acts import checkpoint

    version = texts.version(texts.document("pra-soc-2024-l.2", classification="public"))
    room.adopt(
        version=version, body=texts.body("soc"), session=texts.session(day=dt.date(2024, 12, 3), ordinal=4),
        verb=Verb.APPROVE, present=tuple(STATES), by=chair,
    )  # fmt: skip
    checkpoint()


def test_without_a_key_to_sign_it_is_said(client, chair):
    decision = adopted(chair)
    file_of(client, decision)
    adopted_again(chair)
    second = Decision.objects.exclude(ref=decision.ref).get()
    Path(settings.KEY_FILE).unlink()
    answer = client.get(f"/en/decisions/{second.ref}/bundle.zip")
    assert answer.status_code == 200  # the clock had signed before the key was lost
    with time_machine.travel(IN_SESSION + dt.timedelta(hours=1), tick=False):
        document = texts.document("pra-soc-2024-l.3", classification="public")
        third = room.adopt(
            version=texts.version(document), body=texts.body("soc"),
            session=texts.session(ordinal=5, day=dt.date(2024, 12, 2)),
            verb=Verb.APPROVE, present=tuple(STATES), by=chair,
        )  # fmt: skip
    answer = client.get(f"/en/decisions/{third.ref}/bundle.zip")
    assert answer.status_code == 503
    assert "is not under a signed head yet" in answer.content.decode()


def test_the_command_verifies_it_offline(client, chair, tmp_path, django_assert_num_queries):
    decision = adopted(chair)
    path = tmp_path / "decision.zip"
    path.write_bytes(file_of(client, decision))
    key = queries.vkeys()[-1].vkey
    with django_assert_num_queries(0):
        status, told = command(path, "--key", key)
    assert status == 0
    assert decision.number in told
    assert "Statement on confidence" in told
    assert f"SHA-256 {decision.version.digest}" in told
    assert "Sound: the journal holds this entry, and a key that you trust vouches for it." in told


def test_the_command_names_what_is_wrong(client, chair, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    decision = adopted(chair)
    data = file_of(client, decision)
    path, key = tmp_path / "decision.zip", queries.vkeys()[-1].vkey
    path.write_bytes(data)
    assert command(path) == (2, "No key is trusted for decision.zip. Give it with --key, from where the organisation"
                                " published it.")  # fmt: skip
    assert "A bundle is no source of trust" in command(path, trust=True)[1]
    stranger = Signer.generate("practice/journal").verifier.vkey
    assert f"is not signed by a key that is trusted; the bundle names {key}" in command(path, "--key", stranger)[1]
    path.write_bytes(data[: len(data) // 2])
    assert command(path, "--key", key)[0] == 1
    assert "was cut off" in command(path, "--key", key)[1]
    path.write_bytes(with_other_words(data))
    status, told = command(path, "--key", key)
    assert status == 1
    assert "The text is not the one that entry" in told


def with_other_words(data: bytes) -> bytes:
    one = bundle.read(data)
    blocks = [{**block, "text": block["text"].replace("equality", "inequality")} for block in one.text["blocks"]]
    return bundle.Bundle(
        one.entry, one.key, one.witnesses, one.heads, one.manifests, one.rows, {**one.text, "blocks": blocks}
    ).pack()


def test_a_trusted_key_need_not_be_given(client, chair, tmp_path, monkeypatch):
    from chancery.exchange import trust as keys

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "decision.zip"
    path.write_bytes(file_of(client, adopted(chair)))
    keys.add(queries.vkeys()[-1].vkey)
    assert command(path)[0] == 0


def test_statements_go_with_the_decision(client, chair):
    decision = adopted(chair)
    statements.attach(
        decision=decision, kind=StatementKind.RESERVATION, parties=[Party.objects.get(pk="xa")],
        text=LocalizedText({"en": "Not on Sundays."}), by=chair,
    )  # fmt: skip
    one = bundle.read(file_of(client, decision))
    verified(one.pack())
    assert any("Not on Sundays." in witness.text for witness in one.witnesses)


def test_what_is_not_public_is_proven_to_those_who_may_read_it(client, chair):
    decision = adopted(chair, "body")
    assert client.get(f"/en/decisions/{decision.ref}/bundle.zip").status_code == 404
    client.force_login(texts.voice("xa"))
    report = verified(file_of(client, decision))
    assert report.decided["said"]["verb"] == "approve"
    assert report.digest == decision.version.digest


def test_what_became_public_is_proven_by_what_was_told_then(client, chair, documents):
    decision = adopted(chair, "body")
    register.publish(decision=decision, by=documents)
    one = bundle.read(file_of(client, decision))
    report = verified(one.pack())
    assert report.decided["act"] == "decisions.publish"
    assert report.version == decision.version_id
    assert all(witness.is_public for witness in one.witnesses)


def test_a_decision_that_was_loaded_is_proven_by_its_load(client, tmp_path):
    exchange.load(folder=build(tmp_path / "record", agreed), by=policy.COMPILERS)
    report = verified(file_of(client, Decision.objects.get(pk="wells")))
    assert report.decided["act"] == "exchange.load"
    assert [one["ref"] for one in report.rows] == ["wells", "wells-2", "wells-1"]
    assert report.version == "wells-2"
    assert verified(file_of(client, Decision.objects.get(pk="founded"))).version == ""


def test_a_decision_amended_by_another_is_proven_by_its_own_entry(chair):
    first = adopted(chair)
    entry = trust.deciding(first)
    adopted_again(chair)
    assert trust.deciding(first) == entry


# ---------------------------------------------------------------- silence
def proposed(chair, classification="body"):
    return silence.propose(
        version=texts.version(texts.document(classification=classification)), body=texts.body("soc"),
        shape=Shape.REGULATION, verb=Verb.APPROVE, expires=dt.datetime(2024, 12, 13, 12, tzinfo=dt.UTC),
        basis="Regulations, article 4", by=chair,
    )  # fmt: skip


def test_a_break_is_proven_to_the_parties(client, chair):
    one = proposed(chair)
    party = Party.objects.get(pk="xa")
    silence.reply(silence=one, party=party, kind=ReplyKind.OBJECTION, words="It binds us.", by=texts.voice("xa"))
    client.force_login(texts.voice("xb"))
    answer = client.get(f"/en/silence/{one.ref}/bundle.zip")
    report = verified(answer.content)
    assert report.decided["act"] == "decisions.break-silence"
    assert report.decided["said"]["words"] == "It binds us."
    assert report.digest == one.version.digest


def test_what_others_acknowledged_is_in_the_file_only_of_those_who_see_it(client, chair, monkeypatch):
    one = proposed(chair)
    for party in ("xa", "xb"):
        silence.reply(
            silence=one, party=Party.objects.get(pk=party), kind=ReplyKind.ACKNOWLEDGEMENT, by=texts.voice(party)
        )
    client.force_login(chair)
    for sees_all, acts in ((True, ["propose-silence", "reply", "reply"]), (False, ["propose-silence"])):
        monkeypatch.setattr(Followed, "sees_all", sees_all)
        found = bundle.read(client.get(f"/en/silence/{one.ref}/bundle.zip").content)
        assert [witness.content["act"] for witness in found.witnesses] == [f"decisions.{act}" for act in acts]


def test_a_silence_is_hidden_from_everybody_else(client, chair):
    one = proposed(chair)
    Document.objects.update(classification="secretariat")
    assert client.get(f"/en/silence/{one.ref}/bundle.zip").status_code in (302, 403, 404)
    client.force_login(texts.voice("xa"))
    assert client.get(f"/en/silence/{one.ref}/bundle.zip").status_code == 404


def test_the_closing_is_proven(client, chair):
    one = proposed(chair, "public")
    with time_machine.travel(one.expires, tick=False):
        decision = silence.close(ref=one.ref, by=policy.CLOCK)
        report = verified(file_of(client, decision))
        assert report.decided["act"] == "decisions.close-silence"
        assert report.digest == decision.version.digest


def test_the_closing_of_a_silence_on_what_is_not_public(client, chair):
    one = proposed(chair)
    with time_machine.travel(one.expires, tick=False):
        decision = silence.close(ref=one.ref, by=policy.CLOCK)
        client.force_login(texts.voice("xa"))
        assert verified(file_of(client, decision)).digest == decision.version.digest


# ---------------------------------------------------------------- pages
def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize("name", ["proof", "sheet"])
def test_the_pages_of_a_decision(client, chair, language, name):
    decision = adopted(chair)
    file_of(client, decision)
    told = page(client, f"/{language}/decisions/{decision.ref}/{name}/")
    assert trust.grouped(decision.version.digest) in told
    assert str(trust.deciding(decision).seq) in told


def test_the_sheet_holds_the_text_and_leads_to_the_check_page(client, chair):
    decision = adopted(chair)
    told = page(client, f"/en/decisions/{decision.ref}/sheet/")
    assert "Reaffirm the equality of States;" in told
    seq = trust.deciding(decision).seq
    assert f"{settings.ORIGIN}/en/check/{seq}/{decision.ref}/" in told


def test_a_page_before_a_head_was_signed_says_so(client, chair):
    decision = adopted(chair)
    assert "The clock signs one shortly" in page(client, f"/en/decisions/{decision.ref}/proof/")


def test_the_code_is_a_picture_of_the_address(client, chair):
    decision = adopted(chair)
    answer = client.get(f"/en/decisions/{decision.ref}/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    seq = trust.deciding(decision).seq
    assert answer.content.decode() == qr.svg(f"{settings.ORIGIN}/en/check/{seq}/{decision.ref}/")


def test_the_picture_has_the_finders_of_a_code():
    drawn = qr.svg("https://record.example/en/check/17/")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    row = "".join(f"M{x} 4h1v1h-1z" for x in range(4, 11))  # the upper edge of the first finder
    assert row in drawn
    assert "style" not in drawn


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_the_check_page_tells_what_the_code_vouches_for(client, chair, language):
    decision = adopted(chair)
    file_of(client, decision)
    seq = trust.deciding(decision).seq
    for address in (f"/{language}/check/{seq}/", f"/{language}/check/{seq}/{decision.ref}/"):
        told = page(client, address)
        assert decision.number in told
        assert trust.grouped(decision.version.digest) in told
        assert "box--ok" in told


def test_an_entry_behind_the_page_that_was_changed_is_seen(client, chair, monkeypatch):
    decision = adopted(chair)
    file_of(client, decision)
    monkeypatch.setattr(trust.Seal, "included", False)
    assert "tell the Secretariat" in page(client, f"/en/check/{trust.deciding(decision).seq}/")


def test_the_check_page_tells_nothing_of_what_is_not_public(client, chair):
    decision = adopted(chair, "body")
    client.force_login(texts.voice("xa"))
    seq = trust.deciding(decision).seq
    sheet = page(client, f"/en/decisions/{decision.ref}/sheet/")
    assert f"{settings.ORIGIN}/en/check/{seq}/<" in sheet.replace("</dd>", "<")
    client.logout()
    told = page(client, f"/en/check/{seq}/")
    assert "An entry that is not public" in told
    for secret in (decision.number, "Statement on confidence", trust.grouped(decision.version.digest), "SOC", "Senior"):
        assert secret not in told
    page(client, f"/en/check/{seq}/{decision.ref}/", 404)


def test_the_check_page_of_nothing(client, chair):
    decision = adopted(chair)
    seq = trust.deciding(decision).seq
    adopted_again(chair)
    other = trust.deciding(Decision.objects.exclude(ref=decision.ref).get())
    page(client, "/en/check/99/", 404)
    page(client, f"/en/check/{seq}/nothing/", 404)
    page(client, f"/en/check/{other.seq}/{decision.ref}/", 404)


@pytest.mark.parametrize("name", ["proof/", "sheet/", "bundle.zip", "code.svg"])
def test_what_one_may_not_read_does_not_exist(client, chair, name):
    decision = adopted(chair, "body")
    page(client, f"/en/decisions/{decision.ref}/{name}", 404)
    page(client, f"/en/decisions/nothing/{name}", 404)


@pytest.mark.parametrize("name", ["proof", "sheet"])
def test_the_cost_of_a_page(client, chair, name, django_assert_max_num_queries):
    decision = adopted(chair)
    file_of(client, decision)
    with django_assert_max_num_queries(15):
        page(client, f"/en/decisions/{decision.ref}/{name}/")


def test_the_loaded_record_offers_its_proofs(client, tmp_path):
    exchange.load(folder=build(tmp_path / "record", agreed), by=policy.COMPILERS)
    told = page(client, "/en/decisions/wells/sheet/")
    assert "Decides to dig 3 wells." in told
    assert "Deep wells." in told
    page(client, "/en/check/1/wells/")
    page(client, "/en/check/1/founded/")


def test_a_bundle_is_a_plain_zip_file(client, chair, tmp_path):
    path = tmp_path / "decision.zip"
    path.write_bytes(file_of(client, adopted(chair)))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    assert "[b3] Reaffirm the equality of States;" in (tmp_path / "out" / "text.txt").read_text()
    shutil.rmtree(tmp_path / "out")
