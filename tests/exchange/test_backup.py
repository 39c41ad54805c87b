"""The whole installation in one file and back, whatever happens meanwhile."""

import io
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from chancery.exchange import acts, verification
from chancery.exchange.backup import FileExists, HomeInUse, NotABackup, ToolFailed, backup, restore
from chancery.journal.acts import checkpoint
from chancery.journal.models import Entry
from chancery.parties.models import Party
from chancery.people.policy import COMPILERS
from tests.exchange.records import small, write_table

ROOT = Path(__file__).resolve().parents[2]
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def home(fresh_database, settings, tmp_path, folder):
    """A home with a loaded record, a signed head and a scan that is nobody's business."""
    place = tmp_path / "own"
    place.mkdir()
    settings.HOME, settings.MEDIA_ROOT = place, place / "files"
    settings.KEY_FILE = place / "journal.key"
    if ON_SQLITE:
        connection.close()
        os.rename(fresh_database.home / "test.sqlite3", place / "chancery.sqlite3")
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(place / "chancery.sqlite3")
    acts.load(folder=folder, by=COMPILERS)
    checkpoint()
    (place / "files" / "notes-verbales").mkdir()
    (place / "files" / "notes-verbales" / "scan.pdf").write_bytes(b"%PDF")
    return place


@pytest.fixture(autouse=True)
def _database_name(settings):
    kept = dict(settings.DATABASES["default"])
    settings.DATABASES["default"] |= connection.settings_dict if not ON_SQLITE else {}
    yield
    settings.DATABASES["default"].clear()
    settings.DATABASES["default"].update(kept)


def change(folder) -> None:
    """Another act after the backup."""
    write_table(folder, "parties", [{**row, "note": "Later"} for row in small()["parties"]])
    with pytest.raises(Exception) as refused:  # noqa: B017, PT011
        acts.load(folder=folder, by=COMPILERS)
    acts.load(folder=folder, by=COMPILERS, accept=refused.value.difference.digest)


def test_a_backup_brings_back_what_was(home, folder, tmp_path):
    backup(tmp_path / "kept.tar.gz")
    change(folder)
    (home / "files" / "hall.png").unlink()
    (home / "files" / "notes-verbales" / "scan.pdf").unlink()
    assert restore(tmp_path / "kept.tar.gz", replace=True)["entries"] == 2
    assert Entry.objects.count() == 2
    assert Party.objects.get(ref="xa").note == ""
    assert (home / "files" / "notes-verbales" / "scan.pdf").read_bytes() == b"%PDF"
    assert verification.here(verification.own_key()).sound
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_a_backup_can_be_read_by_its_owner_alone(home, tmp_path):
    backup(tmp_path / "kept.tar.gz")
    assert (tmp_path / "kept.tar.gz").stat().st_mode & 0o077 == 0


def test_the_key_goes_along_only_when_asked(home, tmp_path):
    backup(tmp_path / "without.tar.gz")
    backup(tmp_path / "with.tar.gz", with_key=True)
    with tarfile.open(tmp_path / "without.tar.gz") as archive:
        assert "journal.key" not in archive.getnames()
    with tarfile.open(tmp_path / "with.tar.gz") as archive:
        assert "journal.key" in archive.getnames()


def test_the_command_warns_of_the_key(home, tmp_path):
    told, warned = io.StringIO(), io.StringIO()
    call_command("backup", tmp_path / "kept.tar.gz", with_key=True, stdout=told, stderr=warned)
    assert "whoever has this file can sign" in warned.getvalue()


def test_a_backup_is_not_written_over_another_file(home, tmp_path):
    (tmp_path / "kept.tar.gz").touch()
    with pytest.raises(FileExists):
        backup(tmp_path / "kept.tar.gz")


def test_a_home_in_use_is_not_replaced_unasked(home, folder, tmp_path):
    backup(tmp_path / "kept.tar.gz")
    change(folder)
    with pytest.raises(HomeInUse):
        restore(tmp_path / "kept.tar.gz")
    assert Party.objects.get(ref="xa").note == "Later"


def test_what_is_no_backup_changes_nothing(home, tmp_path):
    (tmp_path / "noise").write_bytes(b"noise")
    with pytest.raises(NotABackup):
        restore(tmp_path / "noise", replace=True)
    backup(tmp_path / "kept.tar.gz")
    data = (tmp_path / "kept.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(data[: len(data) // 2])
    with pytest.raises(NotABackup):
        restore(tmp_path / "cut.tar.gz", replace=True)
    assert Party.objects.count() == 2


def test_a_backup_of_another_organisation_is_refused(home, tmp_path, settings):
    backup(tmp_path / "kept.tar.gz")
    from chancery.core import charter

    settings.CHARTER = charter.read(ROOT / "records" / "cica" / "charter.toml")
    with pytest.raises(NotABackup, match="it is of practice, and cica is kept here"):
        restore(tmp_path / "kept.tar.gz", replace=True)


@pytest.mark.skipif(ON_SQLITE, reason="PostgreSQL's programs")
def test_without_the_programs_of_postgresql(home, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolFailed, match="it is not installed"):
        backup(tmp_path / "kept.tar.gz")
    assert not (tmp_path / "kept.tar.gz").exists()


@pytest.mark.kill
def test_a_restoration_that_is_killed_leaves_the_old_or_the_new(home, folder, tmp_path, fresh_database):
    backup(tmp_path / "kept.tar.gz")
    change(folder)
    notes = set()
    for step in range(8):
        process = _start(home, "restore", str(tmp_path / "kept.tar.gz"), "--replace")
        time.sleep(0.5 + step * 0.12)
        process.send_signal(signal.SIGKILL)
        process.wait()
        connection.close()
        notes.add(Party.objects.get(ref="xa").note)
        assert verification.here(verification.own_key()).sound
    assert notes <= {"", "Later"}
    assert _start(home, "restore", str(tmp_path / "kept.tar.gz"), "--replace").wait() == 0
    connection.close()
    assert Party.objects.get(ref="xa").note == ""


@pytest.mark.kill
def test_a_backup_that_is_killed_leaves_no_half_file(home, tmp_path):
    for step in range(6):
        process = _start(home, "backup", str(tmp_path / "kept.tar.gz"))
        time.sleep(0.5 + step * 0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / "kept.tar.gz").exists():
            with tarfile.open(tmp_path / "kept.tar.gz") as archive:
                assert "files/hall.png" in archive.getnames()
            (tmp_path / "kept.tar.gz").unlink()


def _start(home: Path, *words: str) -> subprocess.Popen:
    database = connection.settings_dict
    url = (
        f"sqlite://{database['NAME']}" if ON_SQLITE else
        f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )  # fmt: skip
    environment = {
        **os.environ, "CHANCERY_HOME": str(home), "CHANCERY_DATABASE": url, "CHANCERY_TEST_DATABASE": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }  # fmt: skip
    program = "import sys; from chancery.cli import main; sys.argv = ['chancery', *sys.argv[1:]]; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], env=environment, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_command_verifies_what_it_put_back(home, tmp_path, folder):
    backup(tmp_path / "kept.tar.gz")
    told = io.StringIO()
    call_command("restore", tmp_path / "kept.tar.gz", replace=True, stdout=told)
    assert "Sound: the journal is whole" in told.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE parties_party SET note = 'forged' WHERE ref = 'xa'")
    backup(tmp_path / "forged.tar.gz")
    with pytest.raises(CommandError, match="Not sound"):
        call_command("restore", tmp_path / "forged.tar.gz", replace=True, stdout=told)
