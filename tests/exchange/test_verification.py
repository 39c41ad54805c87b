"""Whoever changes a row, a file or a line behind the record's back is found, and the row is named."""

import io
import json
import shutil
import threading
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

from chancery.core.text import LocalizedText
from chancery.exchange import acts, verification
from chancery.journal.acts import checkpoint, rotate
from chancery.journal.note import Signer
from chancery.meetings import acts as meetings
from chancery.meetings.models import Meeting
from chancery.people.policy import COMPILERS
from tests.cast import account
from tests.exchange.records import small, write_table


@pytest.fixture
def loaded(folder, db):
    acts.load(folder=folder, by=COMPILERS)
    checkpoint()
    return folder


def verify(*words, **options) -> tuple[int, str]:
    """What the command says and ends with."""
    told = io.StringIO()
    try:
        call_command("verify", *words, stdout=told, **options)
    except CommandError as problem:
        return problem.returncode, told.getvalue() + str(problem)
    return 0, told.getvalue()


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_loaded_record_is_sound(loaded):
    assert verify()[0] == 0


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE parties_party SET note = 'x' WHERE ref = 'xa'", "parties:xa is not what was decided"),
        ("UPDATE meetings_meeting SET opens = '11:00' WHERE ref = 'council-1'", "meetings:council-1 is not what"),
        ("UPDATE parties_membership SET since_as = 'day' WHERE ref = 'xb-member'", "memberships:xb-member is not"),
        ("DELETE FROM newsroom_picture", "pictures:1999-09-15-begun-1 is missing"),
        (
            "INSERT INTO core_source (ref, title, address, quality, note) VALUES ('forged', 'F', '', 'press', '')",
            "sources:forged is there, but no entry tells of it",
        ),
        ("UPDATE newsroom_news SET published = NULL", "news:1999-09-15-begun is missing"),
    ],
)
def test_a_row_changed_by_sql_is_named(loaded, statement, told):
    sql(statement)
    code, said = verify()
    assert code == 1
    assert told in said


def test_a_row_put_back_after_it_was_struck_is_named(loaded):
    officer = account("Petra Protocol", ("officer", "protocol"))
    acts.strike(table="meetings", ref="workshop", reason="R", by=officer)
    acts.correct(table="parties", ref="xa", column="note", value=["N"], reason="R", by=officer)
    checkpoint()
    assert verify()[0] == 0
    sql("INSERT INTO core_source (ref, title, address, quality, note) VALUES ('workshop', 'F', '', 'press', '')")
    sql("UPDATE meetings_meeting SET ref = 'workshop' WHERE ref = 'nothing'")
    assert "sources:workshop is there" in verify()[1]


def test_a_changed_file_is_named(loaded):
    (settings.MEDIA_ROOT / "hall.png").write_bytes(b"another picture")
    code, said = verify()
    assert (code, "files:hall.png is not what was decided" in said) == (1, True)


def test_a_file_that_an_act_brought_is_compared_with_its_name(loaded):
    officer = account("Pavel Programme", ("officer", "programme"))
    title = LocalizedText({"en": "Minutes"})
    made = meetings.attach(
        meeting=Meeting.objects.get(ref="workshop"), content=b"%PDF-1.7 agreed %%EOF", title=title,
        source="invented", by=officer,
    )
    checkpoint()
    assert verify()[0] == 0
    (settings.MEDIA_ROOT / made.file).write_bytes(b"%PDF-1.7 altered %%EOF")
    assert f"files/{made.file} is not the file that its name tells of" in verify()[1]


def test_without_a_key_nothing_is_verified(loaded, tmp_path):
    call_command("copy", tmp_path / "copy", stdout=io.StringIO())
    settings.KEY_FILE.unlink()
    assert verify()[0] == 2
    assert verify(tmp_path / "nowhere", key=[Signer.generate("a").verifier.vkey])[0] == 2


def test_another_key_is_not_enough(loaded):
    code, said = verify(key=[Signer.generate("practice/journal").verifier.vkey])
    assert code == 1
    assert "forged" in said or "not trusted" in said


# ---------------------------------------------------------------- copies
@pytest.fixture
def copied(loaded, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    call_command("copy", tmp_path / "copy", stdout=io.StringIO())
    return tmp_path / "copy"


def key() -> list[str]:
    return verification.own_key()


def test_a_copy_is_verified_with_the_key_alone(copied):
    shutil.rmtree(settings.MEDIA_ROOT)  # nothing but the copy is looked at
    sql("UPDATE parties_party SET note = 'x' WHERE ref = 'xa'")
    assert verify(copied, key=key())[0] == 0


def test_a_copy_after_the_key_was_replaced(loaded, tmp_path):
    before = key()
    rotate()
    call_command("copy", tmp_path / "copy", stdout=io.StringIO())
    assert verify(tmp_path / "copy", key=before)[0] == 0


def edit(path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


EDITS = {
    "a cell": (
        lambda c: edit(c / "record/party_names.csv", b"Aldora", b"Aldorb"),
        "party_names:xa-en-short is not what",
    ),
    "a text": (
        lambda c: edit(c / "record/news/1999-09-15-begun.en.md", b"Two states", b"Ten states"),
        "news_texts:1999-09-15-begun.en is not what",
    ),
    "a file": (lambda c: edit(c / "record/files/hall.png", b"PNG", b"PNX"), "files:hall.png is not what"),
    "a row less": (
        lambda c: write_table(c / "record", "chair_terms", small()["chair_terms"][:1]),
        "chair_terms:xb-2004 is missing",
    ),
    "a row more": (
        lambda c: write_table(
            c / "record", "sources", [*small()["sources"], {"ref": "z", "title": "Z", "quality": "press"}]
        ),
        "sources:z is there, but no entry tells of it",
    ),
    "a bit of an entry": (
        lambda c: edit(c / "journal/entries-1.jsonl", b"compilers", b"compilerz"),
        "entry 1: what it says",
    ),
    "an entry less": (
        lambda c: (c / "journal/entries-1.jsonl").write_bytes(
            b"".join((c / "journal/entries-1.jsonl").read_bytes().splitlines(keepends=True)[:1])
        ),
        "entry 2: missing",
    ),
    "the manifest": (
        lambda c: (c / "journal/manifests/1").write_bytes(b"nothing"),
        "the manifest cannot be read",
    ),
    "no manifest": (lambda c: (c / "journal/manifests/1").unlink(), "the manifest of entry 1 is missing"),
    "a signature": (
        lambda c: edit(c / "journal/checkpoints.txt", b"\xe2\x80\x94 ", b"\xe2\x80\x94 x"),
        "no checkpoint fits",
    ),
    "a line that is none": (lambda c: edit(c / "journal/entries-1.jsonl", b'{"', b'"'), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_copy_is_found(copied, name):
    change, told = EDITS[name]
    change(copied)
    code, said = verify(copied, key=key())
    assert code == 1
    assert told in said


def test_every_flipped_bit_of_the_journal_is_found(copied):
    path = copied / "journal" / "entries-1.jsonl"
    data = path.read_bytes()
    for at in range(0, len(data) - 1, max(1, len(data) // 60)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert verify(copied, key=key())[0] == 1, data[at : at + 20]


def test_a_copy_is_trusted_only_after_it_was_shown(copied):
    assert verify(copied)[0] == 2
    code, said = verify(copied, trust=True)
    assert code == 0
    assert key()[0] in said
    assert verify(copied)[0] == 0


def test_another_key_of_a_trusted_journal_is_refused(copied):
    from chancery.exchange import trust

    trust.add(Signer.generate("practice/journal").verifier.vkey)
    code, said = verify(copied, trust=True)
    assert code == 2
    assert "Another key of practice/journal is trusted already" in said


def test_a_copy_is_not_written_over_something_else(loaded, tmp_path):
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").touch()
    with pytest.raises(CommandError):
        call_command("copy", tmp_path / "foreign")
    assert (tmp_path / "foreign" / "thesis.txt").exists()


# ---------------------------------------------------------------- at an address
class _Quiet(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def address(fresh_database, folder):
    """A Chancery that answers at an address."""
    acts.load(folder=folder, by=COMPILERS)
    checkpoint()
    server: WSGIServer = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)

    def serve() -> None:
        server.serve_forever()
        connections.close_all()  # each thread has its own

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_chancery_at_an_address(address):
    assert verify(address, key=key()) == (0, verify(address, key=key())[1])
    rotate()
    acts.correct(
        table="parties", ref="xa", column="note", value=["N"], reason="R",
        by=account("Petra Protocol", ("officer", "protocol")),
    )  # fmt: skip
    checkpoint()
    assert verify(address, key=key())[0] == 0
    sql("UPDATE parties_party SET note = 'x' WHERE ref = 'xb'")
    shutil.rmtree(settings.HOME / "packed")
    assert "parties:xb is not what was decided" in verify(address, key=key())[1]


def test_an_address_where_nobody_is():
    code, said = verify("http://127.0.0.1:9/", key=[Signer.generate("a").verifier.vkey])
    assert code == 2
    assert "does not answer as a Chancery does" in said


def test_an_entry_is_one_line_of_json(copied):
    lines = (copied / "journal" / "entries-1.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["seq"] for line in lines] == [1, 2]
