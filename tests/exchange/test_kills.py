"""A load that is killed at any instant leaves the database and its files as before, or complete."""

import os
import signal
import time

import pytest
from django.conf import settings
from django.db import connection

from chancery.exchange import acts, files, verification
from chancery.journal.acts import checkpoint
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.people.policy import COMPILERS
from tests.exchange.records import small, write_table

MANY, KILLS = 1500, 20
LOAD = """
import sys
from pathlib import Path
from django.conf import settings
settings.MEDIA_ROOT = Path(sys.argv[2])
from chancery.exchange import acts
from chancery.people.policy import COMPILERS
print("begun", flush=True)
acts.load(folder=Path(sys.argv[1]), by=COMPILERS)
"""


@pytest.fixture
def large(folder):
    """The small record with many meetings and some files more."""
    rows = small()
    meetings = [{**rows["meetings"][1], "ref": f"meeting-{number:05}"} for number in range(MANY)]
    write_table(folder, "meetings", [*rows["meetings"], *meetings])
    picture = (folder / "files" / "hall.png").read_bytes()
    more = [{**rows["pictures"][0], "ref": f"more-{number}", "file": f"more-{number}.png"} for number in range(20)]
    for row in more:
        (folder / "files" / row["file"]).write_bytes(picture)
    write_table(folder, "pictures", [*rows["pictures"], *more])
    return folder


@pytest.mark.kill
def test_a_killed_load_leaves_the_old_or_the_new(fresh_database, large):
    begun = time.monotonic()
    whole = _start(fresh_database, large, begin=False)
    assert whole.wait() == 0
    _forget(fresh_database)
    takes = time.monotonic() - begun
    outcomes = set()
    for kill in range(KILLS):
        process = _start(fresh_database, large)
        time.sleep(takes * 0.8 * kill / KILLS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        connection.close()
        outcomes.add(_state(large))
        if Entry.objects.exists():
            _forget(fresh_database)
    assert "empty" in outcomes
    acts.load(folder=large, by=COMPILERS)
    checkpoint()
    assert _state(large) == "complete"
    assert sorted(os.listdir(settings.MEDIA_ROOT)) == sorted(os.listdir(large / "files"))
    assert verification.here(verification.own_key()).sound


def _state(folder) -> str:
    """What the database holds; fails for anything between nothing and all."""
    named = files.named()
    assert all((settings.MEDIA_ROOT / name).exists() for name in named)
    if not Entry.objects.exists():
        assert not named
        assert not Meeting.objects.exists()
        return "empty"
    assert Meeting.objects.count() == MANY + 2
    assert named == set(os.listdir(folder / "files"))
    assert acts.load(folder=folder, by=COMPILERS) is None
    return "complete"


def _start(database, folder, *, begin: bool = True):
    process = database.start(LOAD, str(folder), str(settings.MEDIA_ROOT))
    if begin:
        assert process.stdout.readline() == "begun\n"
    return process


def _forget(database) -> None:
    """Empties the database, as only its owner can."""
    from chancery.core import tables
    from chancery.journal import append_only

    append_only.disarm(connection)
    with connection.cursor() as cursor:
        models = [*append_only.TABLES, *reversed([one.model._meta.db_table for one in tables.all_tables()])]
        for table in ["journal_mention", "journal_manifest", *models]:
            cursor.execute(f"DELETE FROM {table}")
    append_only.arm(connection)
