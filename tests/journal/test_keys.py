"""The signing key: made once, kept outside the database, replaced, lost."""

import stat

import pytest
from django.core.management import CommandError, call_command

from chancery.journal import acts, keys, note, queries, verify
from chancery.journal.models import Checkpoint, Entry


@pytest.fixture(autouse=True)
def key_file(tmp_path, settings):
    settings.KEY_FILE = tmp_path / "journal.key"
    return settings.KEY_FILE


def seal():
    with acts.recording():
        return acts.seal("practice.try", by="secretariat")


def vkey(key_file):
    return note.Signer.parse(key_file.read_text().strip()).verifier.vkey


def report(*vkeys):
    return verify.verify_log(queries.log(), queries.checkpoints(), vkeys)


def test_the_key_is_made_and_announced_with_the_first_head(db, key_file):
    assert acts.checkpoint() is None  # there is nothing to sign yet, and no key is needed
    assert not key_file.exists()
    seal()
    signed = acts.checkpoint()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    announced = queries.decided(Entry.objects.get(seq=2))
    assert (announced["act"], announced["said"]) == ("journal.announce-key", {"new": vkey(key_file)})
    assert signed.size == 2
    assert note.open_note(signed.note, [note.Verifier.parse(vkey(key_file))]).startswith("practice/journal\n2\n")


def test_the_secret_is_nowhere_in_the_database(db, key_file):
    seal()
    acts.checkpoint()
    acts.rotate()
    secret = key_file.read_text().strip().split("+", 4)[-1]  # which may have a + itself
    assert not any(secret in str(row) for table in (Entry, Checkpoint) for row in table.objects.values())
    assert secret not in repr(keys.ensure())


def test_a_head_is_signed_once(db):
    seal()
    first = acts.checkpoint()
    assert acts.checkpoint() is None
    seal()
    assert acts.checkpoint().size == first.size + 1
    assert Checkpoint.objects.count() == 2


START = """
from chancery.journal import acts
print("ready", flush=True)
input()
signed = acts.checkpoint()
print(signed.size if signed else 0)
"""


def test_two_processes_that_start_together_make_one_key_and_one_head(fresh_database, key_file):
    seal()
    clocks = [fresh_database.start(START) for _ in range(3)]
    for clock in clocks:
        assert clock.stdout.readline() == "ready\n"
    for clock in clocks:
        clock.stdin.write("go\n")
        clock.stdin.flush()
    for clock in clocks:
        _, problems = clock.communicate(timeout=60)
        assert clock.returncode == 0, problems
    assert [key.vkey for key in queries.vkeys()] == [vkey(key_file)]
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [2]


def test_rotation_is_vouched_for_by_the_old_key(db, key_file):
    seal()
    acts.checkpoint()
    old = vkey(key_file)
    signed = acts.rotate()
    new = vkey(key_file)
    assert new != old
    assert queries.decided(Entry.objects.last())["said"] == {"old": old, "new": new}
    for one in (old, new):
        assert note.open_note(signed.note, [note.Verifier.parse(one)])
    seal()
    acts.checkpoint()
    assert [key.vkey for key in queries.vkeys()] == [old, new]
    assert report(old).sound
    assert report(new).sound


def test_a_lost_key_is_replaced_and_the_entry_says_so(db, key_file):
    seal()
    acts.checkpoint()
    old = vkey(key_file)
    key_file.unlink()
    seal()
    with pytest.raises(keys.KeyMissing, match="lost-signing-key"):
        acts.checkpoint()
    with pytest.raises(keys.KeyMissing):
        acts.rotate()
    assert not key_file.exists()  # never a new key in silence
    acts.rotate(lost=True)
    assert queries.vkeys()[-1].lost
    assert not report(old).sound
    assert report(vkey(key_file)).sound


def test_another_journals_key_does_not_sign(db, key_file):
    seal()
    acts.checkpoint()
    key_file.write_text(note.Signer.generate(keys.origin()).skey)
    seal()
    with pytest.raises(keys.KeyMissing):
        acts.checkpoint()


def test_a_rotation_that_was_not_committed_leaves_the_old_key(db, key_file, monkeypatch):
    seal()
    acts.checkpoint()
    old = vkey(key_file)

    def crash(*args):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(acts, "_sign", crash)
        with pytest.raises(OSError, match="full"):
            acts.rotate()
    assert len(queries.vkeys()) == 1
    seal()
    assert acts.checkpoint()
    assert vkey(key_file) == old
    acts.rotate()
    assert report(old).sound


def test_a_rotation_that_crashed_after_the_commit_is_completed(db, key_file, monkeypatch):
    seal()
    acts.checkpoint()
    old = key_file.read_text()
    acts.rotate()
    key_file.with_name("journal.key.next").write_text(key_file.read_text())
    key_file.write_text(old)  # as if the power had gone before the new file took the place of the old
    seal()
    assert acts.checkpoint()
    assert vkey(key_file) == queries.vkeys()[-1].vkey
    assert not key_file.with_name("journal.key.next").exists()


def test_there_is_nothing_to_rotate_before_the_first_key(db):
    with pytest.raises(acts.NoKeyYet):
        acts.rotate()


def test_the_command(db, key_file, capsys):
    with pytest.raises(CommandError, match="No signing key"):
        call_command("rotate-key")
    seal()
    acts.checkpoint()
    call_command("rotate-key")
    assert vkey(key_file) in capsys.readouterr().out
    key_file.write_text("nonsense")
    with pytest.raises(CommandError, match="does not hold the key"):
        call_command("rotate-key")
    call_command("rotate-key", "--lost")
    assert vkey(key_file) in capsys.readouterr().out


def test_a_file_that_holds_no_key_is_not_overwritten(db, key_file):
    key_file.write_text("something of somebody")
    seal()
    with pytest.raises(keys.KeyMissing):
        acts.checkpoint()
    assert key_file.read_text() == "something of somebody"
    assert queries.size() == 1
