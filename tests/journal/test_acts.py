"""Sealing: what an entry tells, in which order entries stand, and what the database refuses."""

import datetime as dt
import json
import os
import signal

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from chancery.journal import acts, append_only, queries
from chancery.journal.models import Entry, Manifest, Mention
from chancery.journal.rows import BadManifest, row_hash
from chancery.parties.models import Party

SECRET = "qwertyuiop"


def seal(act="practice.try", **more):
    with acts.recording():
        return acts.seal(act, **{"by": "secretariat", **more})


@pytest.fixture
def journal(db):
    """A journal of which every table has a row."""
    with acts.recording():
        party = Party.objects.create(ref="zz", kind="state", source="s")
        acts.seal("parties.enter", by="secretariat", facts=[party])
        acts.seal_load(digest="d", counts={"parties": 1}, written=[], by="compilers")
    acts.checkpoint()
    connection.check_constraints()  # what waits for the end of the transaction would be refused first


def test_an_act_outside_recording_is_not_sealed(db):
    with pytest.raises(RuntimeError):
        acts.seal("practice.try", by="secretariat")
    assert queries.size() == 0


def test_an_act_inside_another_is_the_same_transaction(db):
    def broken():
        with acts.recording():
            seal()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert queries.size() == 0
    with acts.recording():
        seal()
        acts.seal("practice.second", by="chair")  # still inside, though the inner act has ended
    assert queries.size() == 2


def test_an_entry_tells_the_fact_as_the_act_left_it(db):
    with acts.recording():
        party = Party.objects.create(ref="zz", kind="state", iso2="ZZ", source="treaty")
        entry = acts.seal("parties.enter", by="secretariat", facts=[party], said={"reason": "asked"})
    assert queries.decided(entry) == {
        "act": "parties.enter",
        "by": "secretariat",
        "facts": [
            {
                "table": "parties",
                "ref": "zz",
                "row": {"ref": "zz", "kind": "state", "iso2": "ZZ", "source": "treaty"},
            }
        ],
        "subjects": ["parties:zz"],
        "said": {"reason": "asked"},
    }
    assert list(queries.history(["parties:zz"])) == [entry]
    assert not queries.history(["parties:yy"])


def test_a_fact_that_was_taken_away_is_told_without_its_cells(db):
    entry = seal(removed=[Party(ref="zz", kind="state")])
    assert queries.decided(entry)["facts"] == [{"table": "parties", "ref": "zz", "row": None}]


def test_a_private_act_tells_the_world_nothing(db, client):
    seal("practice.first")
    with acts.recording():
        party = Party.objects.create(ref=SECRET, kind="state", source="s")
        entry = acts.seal(
            f"practice.{SECRET}", by=SECRET, facts=[party], subjects=[f"meetings:{SECRET}"],
            said={SECRET: SECRET}, private={"account": SECRET}, public=False,
        )  # fmt: skip
    acts.checkpoint()
    assert queries.head() == 3  # the announcement of the key; the private entry did not move the public head
    assert json.loads(client.get(f"/journal/entry/{entry.seq}.json").content).keys() == {
        "seq", "at", "commitment",
    }  # fmt: skip
    for page in (
        "/en/journal/", f"/en/journal/{entry.seq}/", "/en/journal/checkpoint/", "/journal/entries.json",
        f"/journal/entry/{entry.seq}.json", f"/journal/proof/{entry.seq}.json", "/journal/checkpoint",
        "/journal/keys",
    ):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()
        assert entry.private_salt.hex() not in answer.content.decode()
    assert not queries.history([f"parties:{SECRET}"])


def test_the_private_part_of_a_public_act_stays_private(db, client):
    entry = seal(private={"account": SECRET})
    for page in (f"/en/journal/{entry.seq}/", f"/journal/entry/{entry.seq}.json"):
        assert SECRET not in client.get(page).content.decode()
    assert SECRET in Entry.objects.get().private


def test_equal_acts_have_different_commitments(db):
    one, other = (queries.disclosure(seal(public=False))["commitment"] for _ in range(2))
    assert one != other


def test_a_clock_set_back_never_reorders_the_record(db):
    noon = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel(noon, tick=False):
        seal()
    with time_machine.travel(noon - dt.timedelta(days=1), tick=False):
        assert seal().at == noon
    with time_machine.travel(noon + dt.timedelta(seconds=1), tick=False):
        assert seal().at == noon + dt.timedelta(seconds=1)


def test_a_load_is_one_entry_that_names_its_rows(db):
    rows = [("parties", "zz", row_hash("parties", "zz", {"ref": "zz"})), ("parties", "yy", None)]
    with acts.recording():
        entry = acts.seal_load(digest="d" * 64, counts={"parties": 1}, written=rows, by="compilers")
    said = queries.decided(entry)["said"]
    assert (said["digest"], said["counts"]) == ("d" * 64, {"parties": 1})
    assert list(queries.history(["parties:zz"])) == [entry]
    with pytest.raises(BadManifest), acts.recording():
        acts.seal_load(digest="d", counts={}, written=[*rows, *rows], by="compilers")
    assert queries.size() == 1


# ---------------------------------------------------------------- the database refuses
@pytest.mark.parametrize("table", append_only.TABLES)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE", "REPLACE", "REPLACE rowid", "UPSERT"])
def test_the_database_refuses_to_change_or_remove(journal, table, verb):
    key = append_only.TABLES[table][0][0]
    sqlite = connection.vendor == "sqlite"
    columns = ", ".join(field.column for field in _model(table)._meta.fields)
    replace = f"INSERT OR REPLACE INTO {table} (rowid, {columns}) SELECT rowid, {columns} FROM {table}"
    statement = {
        "UPDATE": f"UPDATE {table} SET {key} = {key}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": None if sqlite else f"TRUNCATE {table} CASCADE",
        "REPLACE": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" if sqlite else None,
        "REPLACE rowid": replace if sqlite else None,
        "UPSERT": f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true"
        f" ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
    }[verb]
    if statement is None:
        pytest.skip(f"{connection.vendor} has no {verb}")
    before = list(_model(table).objects.values())
    assert before
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(_model(table).objects.values()) == before


def test_a_row_cannot_be_replaced_by_its_number_under_another_key(journal):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite numbers rows beside their key")
    statement = (
        "INSERT OR REPLACE INTO journal_entry (rowid, seq, at, act, is_public, public, public_salt, private,"
        " private_salt, nodes) SELECT rowid, seq + 1000, at, act, is_public, public, public_salt, private,"
        " private_salt, nodes FROM journal_entry LIMIT 1"
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_orm_cannot_change_an_entry_either(journal):
    entry = Entry.objects.first()
    for change in (entry.save, Mention.objects.all().delete, Manifest.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_no_trigger_is_missing(db):
    assert append_only.missing_triggers() == []


def test_a_trigger_that_was_dropped_is_named_and_set_again(db):
    name = "journal_entry_append_only" if connection.vendor == "postgresql" else "journal_entry_no_update"
    drop = f"DROP TRIGGER {name}" + (" ON journal_entry" if connection.vendor == "postgresql" else "")
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert append_only.missing_triggers() == [name]
    assert [message.id for message in append_only.check(None, databases=["default"])] == ["journal.E001"]
    append_only.arm(connection)
    assert append_only.missing_triggers() == []
    assert append_only.check(None, databases=["default"]) == []


def test_a_trigger_out_of_force_is_named(db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = "journal_entry_append_only"
            cursor.execute(f"ALTER TABLE journal_entry DISABLE TRIGGER {name}")
        else:
            name = "journal_entry_no_delete"
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON journal_entry WHEN 0 BEGIN SELECT 1; END")
    assert append_only.missing_triggers() == [name]


def _model(table):
    from django.apps import apps

    return next(model for model in apps.get_models() if model._meta.db_table == table)


# ---------------------------------------------------------------- several processes
SEAL_MANY = """
import sys
from chancery.journal import acts
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    with acts.recording():
        acts.seal("practice.try", by=sys.argv[1])
"""


def test_processes_that_seal_at_once_number_without_gap(fresh_database):
    processes = [fresh_database.start(SEAL_MANY, name) for name in ("secretariat", "chair", "clock")]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, problems = process.communicate(timeout=60)
        assert process.returncode == 0, problems
    entries = list(Entry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, 121))
    assert all(one.at <= other.at for one, other in zip(entries, entries[1:], strict=False))
    acts.checkpoint()
    assert _verified().sound


SEAL_HALF = """
import sys, time
from chancery.journal import acts
from chancery.parties.models import Party
with acts.recording():
    Party.objects.create(ref="half", kind="state", source="s")
    acts.seal("practice.try", by="clock", subjects=["parties:half"])
    print("written", flush=True)
    time.sleep(600)
"""


@pytest.mark.kill
def test_an_act_that_is_killed_leaves_nothing_half_done(fresh_database):
    seal()
    process = fresh_database.start(SEAL_HALF)
    assert process.stdout.readline() == "written\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=60)
    assert seal().seq == 2
    assert not Party.objects.filter(ref="half").exists()
    assert not Mention.objects.filter(subject="parties:half").exists()
    acts.checkpoint()
    assert _verified().sound


def _verified():
    from chancery.journal.verify import verify_log

    return verify_log(queries.log(), queries.checkpoints(), [queries.vkeys()[0].vkey])


def test_the_migration_can_be_undone_and_done_again(fresh_database):
    call_command("migrate", "journal", "0001", verbosity=0)
    assert append_only.missing_triggers()
    call_command("migrate", "journal", verbosity=0)
    assert append_only.missing_triggers() == []


KILLED_AT_ANY_MOMENT = """
import os, random, signal, time
from itertools import count
from django.db import connection
from chancery.journal import acts
from chancery.parties.models import Party

def work(begun):
    for number in count():
        with acts.recording():
            party = Party.objects.create(ref=f"k{os.getpid()}-{number}", kind="state", source="s")
            acts.seal("parties.enter", by="clock", facts=[party])
        os.write(begun, b"!")

connection.close()
for _ in range(20):
    ready, begun = os.pipe()
    child = os.fork()
    if not child:
        work(begun)
    os.read(ready, 1)  # the first act is done, however long that took on a busy machine
    time.sleep(random.uniform(0.0, 0.06))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


@pytest.mark.kill
def test_whatever_moment_it_is_killed_at_rows_and_entries_agree(fresh_database):
    process = fresh_database.start(KILLED_AT_ANY_MOMENT)
    _, problems = process.communicate(timeout=120)
    assert process.returncode == 0, problems
    done = Party.objects.count()
    assert done >= 20
    told = Mention.objects.filter(tells=True).values_list("subject", flat=True)
    assert sorted(told) == sorted(f"parties:{ref}" for ref in Party.objects.values_list("ref", flat=True))
    assert (Entry.objects.count(), queries.size()) == (done, done)
    acts.checkpoint()
    assert _verified().sound
