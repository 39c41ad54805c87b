"""Verification: every way in which a journal may be wrong is named, and where."""

import json
import zlib
from hashlib import sha256

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.core import tables
from chancery.core.canonical import canonical
from chancery.journal import acts, append_only, keys, leaf, note, queries, rows, tree, verify
from chancery.journal.models import Entry
from chancery.parties.models import Party

ORIGIN = "test/journal"
KEY = note.Signer.from_seed(ORIGIN, b"k" * 32)
NEXT = note.Signer.from_seed(ORIGIN, b"n" * 32)
STRANGER = note.Signer.from_seed(ORIGIN, b"s" * 32)


class Journal:
    """A small journal in memory, as a copy holds it: entries, some private, with a checkpoint after some."""

    def __init__(self):
        self.entries, self.notes, self.frontier = [], [], tree.Frontier()
        self.say({"act": "journal.announce-key", "said": {"new": KEY.verifier.vkey}})

    def say(self, content, *, public=True, at=None):
        seq = len(self.entries) + 1
        shown = leaf.Part(content if public else {}, bytes([seq % 256]) * 16)
        hidden = leaf.Part({} if public else content, b"q" * 16)
        commitment = leaf.commit(shown, hidden)
        at = at or f"2026-03-01T12:00:{seq % 60:02}.000000Z"
        self.entries.append(
            verify.Told(
                seq, at, commitment.digest, canonical(shown.content) if public else None,
                shown.salt if public else b"", commitment.private if public else b"",
            )
        )  # fmt: skip
        self.frontier.append(tree.leaf_hash(leaf_bytes(self.entries[-1])))
        return self

    def sign(self, *signers, size=None, root=None):
        head = note.Checkpoint(ORIGIN, size or self.frontier.size, root or self.frontier.root())
        self.notes.append(note.sign_note(head.text(), signers or [KEY]))
        return self

    def fill(self, number):
        for count in range(number):
            self.say({"act": "practice.try", "facts": [], "number": count}, public=count % 3 != 1)
        return self

    def verify(self, *vkeys):
        return verify.verify_log(self.entries, self.notes, vkeys or [KEY.verifier.vkey])

    def faults(self, *vkeys):
        return [(fault.entry, fault.problem) for fault in self.verify(*vkeys).faults]


def leaf_bytes(told):
    return f'{{"at":"{told.at}","commitment":"{told.commitment.hex()}","seq":{told.seq}}}'.encode()


@pytest.fixture
def copy():
    """Entries 1 to 12; heads of 4, 8 and 12 entries are signed."""
    journal = Journal().fill(3).sign().fill(4).sign().fill(4).sign()
    assert journal.verify().sound
    return journal


def test_a_sound_journal(copy):
    report = copy.verify()
    assert (report.sound, report.size, report.signed) == (True, 12, 12)
    assert report.root == copy.frontier.root()
    copy.fill(2)  # nobody has signed these yet
    report = copy.verify()
    assert (report.sound, report.size, report.signed) == (True, 14, 12)


def test_an_edited_payload_is_named(copy):
    told = copy.entries[6]
    copy.entries[6] = told._replace(public=told.public.replace(b"try", b"lie"))
    assert copy.faults()[0] == (7, "what it says is not what its commitment was made of")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 11), st.sampled_from(["commitment", "public", "salt", "private"]), st.integers(0, 2**20))
def test_one_flipped_bit_is_found(number, part, bit):
    journal = Journal().fill(11).sign()
    told = journal.entries[number]
    value = getattr(told, part)
    if not value:
        return
    bit %= len(value) * 8
    flipped = bytearray(value)
    flipped[bit // 8] ^= 1 << bit % 8
    journal.entries[number] = told._replace(**{part: bytes(flipped)})
    entry, _ = journal.faults()[0]
    # Of a private entry nothing but the commitment is there: only the signed tree knows better.
    assert entry == (number + 1 if told.public else 1)


def test_an_edit_with_its_commitment_made_new_is_found_at_the_next_head(copy):
    told = copy.entries[6]
    public = told.public.replace(b"try", b"lie")
    digest = sha256(leaf.public_hash(told.salt, public) + told.private).digest()
    copy.entries[6] = told._replace(public=public, commitment=digest)
    assert copy.faults()[0] == (
        5, "the entries 5 to 8 are not those over which the checkpoint of 8 entries was signed",
    )  # fmt: skip


def test_a_missing_entry_is_named(copy):
    del copy.entries[6]
    assert copy.faults()[0] == (7, "missing, repeated or out of order: entry 8 stands in its place")


def test_a_journal_cut_short_is_named(copy):
    del copy.entries[9:]
    assert copy.faults()[0] == (10, "missing: a checkpoint was signed over 12 entries")
    remembered = copy.notes.pop()
    assert copy.verify().sound  # the copy alone cannot tell that its end was cut off together with the head
    copy.notes.append(remembered)
    assert not copy.verify().sound


def test_a_swapped_pair_is_named(copy):
    copy.entries[5], copy.entries[6] = copy.entries[6], copy.entries[5]
    assert copy.faults()[0][0] == 6
    one, other = copy.entries[5], copy.entries[6]
    copy.entries[5], copy.entries[6] = one._replace(seq=6, at=other.at), other._replace(seq=7, at=one.at)
    assert copy.faults()[0][0] == 5
    assert "5 to 8" in copy.faults()[0][1]


def test_an_instant_that_runs_backwards_is_named(copy):
    copy.say({"act": "practice.try"}, at="2026-03-01T11:00:00.000000Z").sign()
    assert copy.faults()[0][0] == 13
    assert "before that of the entry before it" in copy.faults()[0][1]


def test_a_forged_checkpoint_is_named(copy):
    text, _, signature = copy.notes[1].rpartition("\n\n")
    head = note.Checkpoint.parse(text + "\n")
    copy.notes[1] = note.sign_note(head.text(), [STRANGER])
    assert copy.faults()[0][0] == 8
    assert "none of the journal's keys" in copy.faults()[0][1]
    copy.notes[1] = f"{text}\n\n{signature[:-6]}{'A' if signature[-6] != 'A' else 'B'}{signature[-5:]}"
    assert copy.faults()[0][0] == 8
    assert "does not fit the text" in copy.faults()[0][1]
    forged = note.Checkpoint(ORIGIN, 8, sha256(b"another tree").digest())
    copy.notes[1] = note.sign_note(forged.text(), [KEY])
    assert copy.faults()[0] == (
        5, "the entries 5 to 8 are not those over which the checkpoint of 8 entries was signed",
    )  # fmt: skip
    copy.notes[1] = "nonsense"
    assert "cannot be read" in copy.faults()[0][1]
    copy.notes[1] = note.sign_note(note.Checkpoint("other/journal", 8, head.root).text(), [KEY])
    assert "another journal" in copy.faults()[0][1]


def test_a_whole_journal_made_by_somebody_else_is_refused():
    journal = Journal()
    journal.entries.clear()
    journal.frontier = tree.Frontier()
    journal.say({"act": "journal.announce-key", "said": {"new": STRANGER.verifier.vkey}}).fill(3).sign(STRANGER)
    assert "signed by a key that is not trusted" in journal.faults()[0][1]
    assert journal.verify(STRANGER.verifier.vkey).sound


def test_a_journal_without_a_checkpoint_has_nobody_to_vouch_for_it():
    assert "nobody vouches" in Journal().fill(3).faults()[0][1]


def rotate(journal, old, new, *signers, lost=False):
    said = {"old": old.verifier.vkey, "new": new.verifier.vkey, **({"lost": True} if lost else {})}
    return journal.say({"act": "journal.rotate-key", "said": said}).sign(*signers)


def test_trust_passes_to_the_key_the_old_one_vouched_for(copy):
    rotate(copy, KEY, NEXT, KEY, NEXT).fill(3).sign(NEXT)
    for vkey in (KEY.verifier.vkey, NEXT.verifier.vkey):
        report = copy.verify(vkey)
        assert (report.sound, report.signed) == (True, 16), report.faults
    assert copy.verify().trusted == [KEY.verifier.vkey, NEXT.verifier.vkey]


def test_trust_does_not_pass_without_the_old_key(copy):
    rotate(copy, KEY, STRANGER, STRANGER).fill(3).sign(STRANGER)
    report = copy.verify()
    assert report.signed == 12
    assert "what follows entry 12 is signed by a key that is not trusted" in report.faults[0].problem


def test_after_a_loss_the_new_key_has_to_be_trusted_anew(copy):
    rotate(copy, KEY, NEXT, NEXT, lost=True).fill(3).sign(NEXT)
    assert copy.verify().signed == 12
    assert not copy.verify().sound
    assert copy.verify(NEXT.verifier.vkey).sound


def test_a_stolen_old_key_signs_nothing_after_the_rotation(copy):
    rotate(copy, KEY, NEXT, KEY, NEXT).fill(3).sign(KEY)
    assert copy.faults()[0][0] == 16
    assert "forged" in copy.faults()[0][1]


def test_a_rotation_from_a_key_that_was_not_the_journals_is_named(copy):
    rotate(copy, STRANGER, NEXT, KEY, NEXT)
    assert copy.faults()[0] == (13, "it replaces a key that was not the journal's")
    broken = Journal().say({"act": "journal.rotate-key", "said": {"new": "no key"}}).sign()
    assert broken.faults()[0] == (2, "it names a key that cannot be read")


# ---------------------------------------------------------------- in the database
@pytest.fixture
def record(db):
    """Twelve entries in the database: facts, a private act, a load; signed in the middle and at the end."""
    for number in range(5):
        with acts.recording():
            party = Party.objects.create(ref=f"z{number}", kind="state", source="s")
            acts.seal("parties.enter", by="secretariat", facts=[party], private={"account": "x"})
        with acts.recording():
            who = {"account": "x"}
            acts.seal("practice.try", by="chair", said={"number": number}, private=who, public=number != 3)
        if number == 2:
            acts.checkpoint()
    acts.checkpoint()
    with connection.cursor() as cursor:  # an intruder who owns the database is not stopped by triggers
        for table in append_only.TABLES:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                for verb in ("update", "delete", "insert"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{verb}")


def faults():
    report = verify.verify_log(queries.log(), queries.checkpoints(), [queries.vkeys()[0].vkey])
    return [(fault.entry, fault.problem) for fault in report.faults]


def test_the_database_as_it_was_sealed_is_sound(record):
    report = verify.verify_log(queries.log(), queries.checkpoints(), [queries.vkeys()[0].vkey])
    assert (report.faults, report.size, report.signed) == ([], 11, 11)
    assert verify.verify_log(queries.log(), queries.checkpoints(), []).faults


@pytest.mark.parametrize(
    ("seq", "change", "problem"),
    [
        (3, {"public": '{"act":"lie"}'}, "what it says is not what was sealed"),
        (3, {"public_salt": b"0" * 16}, "what it says is not what was sealed"),
        (9, {"private": '{"act":"lie"}'}, "what it says is not what was sealed"),
        (3, {"at": "2026-01-01 00:00:00+00:00"}, "before that of the entry before it"),
        (3, {"is_public": False}, "hidden though it tells something"),
        (9, {"is_public": True}, "shown though it tells nothing"),
        (9, {"public": '{"account":"y"}'}, "what it says is not what was sealed"),
        (6, {"nodes": b"0" * 64}, "what it says is not what was sealed"),
    ],
)
def test_a_changed_entry_is_named(record, seq, change, problem):
    Entry.objects.filter(seq=seq).update(**change)
    (found, says), *_ = faults()
    assert found == seq
    assert problem in says


def test_a_changed_node_above_the_leaf_is_named(record):
    nodes = bytes(Entry.objects.get(seq=4).nodes)
    Entry.objects.filter(seq=4).update(nodes=nodes[:32] + b"0" * 32 + nodes[64:])
    assert faults()[0] == (4, "the tree does not continue that of the entries before it")


def test_an_entry_that_was_deleted_is_named(record):
    from chancery.journal.models import Mention

    Mention.objects.filter(entry=5).delete()
    Entry.objects.filter(seq=5).delete()
    assert faults()[0] == (5, "missing, repeated or out of order: entry 6 stands in its place")


def test_a_journal_written_anew_from_an_entry_on_is_named(record):
    """The intruder makes everything fit again but cannot sign."""
    told = '{"act":"practice.try","by":"chair","facts":[],"said":{"number":99},"subjects":[]}'
    Entry.objects.filter(seq=4).update(public=told)
    frontier = tree.Frontier.at(3, queries.nodes)
    for entry in Entry.objects.filter(seq__gte=4).order_by("seq"):
        digest = bytes.fromhex(queries.disclosure(entry)["commitment"])
        nodes = frontier.append(tree.leaf_hash(leaf.leaf(entry.seq, entry.at, digest)))
        Entry.objects.filter(seq=entry.seq).update(nodes=nodes)
    (found, says), *_ = faults()
    assert found == 1
    assert "the checkpoint of 7 entries" in says


def test_a_copy_read_from_the_pages_is_verified_like_the_database(record, client):
    vkey = client.get("/journal/keys").content.decode().split()[1]
    told = json.loads(client.get("/journal/entries.json").content)
    entries = [verify.read(one) for one in told["entries"]]
    notes = [client.get(f"/journal/checkpoints/{size}").content.decode() for size in (7, 11)]
    report = verify.verify_log(entries, notes, [vkey], origin=keys.origin())
    assert (report.faults, report.size, report.signed) == ([], 11, 11)
    with pytest.raises(ValueError, match="not an entry"):
        verify.read({"seq": 1, "at": "x"})


# ---------------------------------------------------------------- rows
def test_the_rows_the_entries_decided(db):
    languages = ("en", "ru", "ar")
    with acts.recording():
        kept = Party.objects.create(ref="z1", kind="state", source="s")
        gone = Party.objects.create(ref="z2", kind="state", source="s")
        acts.seal("parties.enter", by="chair", facts=[kept, gone])
    loaded = [("parties", "z1", b"1" * 32), ("parties", "z3", b"3" * 32), ("parties", "z4", b"4" * 32)]
    with acts.recording():
        acts.seal_load(digest="d", counts={}, written=loaded, by="compilers")
        acts.seal("parties.leave", by="chair", removed=[gone])
        kept.iso2 = "ZZ"
        acts.seal("parties.correct", by="chair", facts=[kept])
        acts.seal_load(digest="e", counts={}, written=[("parties", "z4", None)], by="compilers")
    table = tables.table_of(Party)
    assert verify.expected_rows(queries.log(), queries.manifests()) == {
        ("parties", "z1"): rows.row_hash("parties", "z1", table.row(kept, languages)),
        ("parties", "z2"): None,
        ("parties", "z3"): b"3" * 32,
        ("parties", "z4"): None,
    }


def test_a_manifest_that_is_not_the_one_its_entry_names_is_refused(db):
    with acts.recording():
        entry = acts.seal_load(digest="d", counts={}, written=[("parties", "z1", b"1" * 32)], by="compilers")
    other = rows.pack([("parties", "z1", b"2" * 32)])
    for manifests in ({}, {entry.seq: other}, {entry.seq: b"not compressed"}):
        with pytest.raises(rows.BadManifest):
            verify.expected_rows(queries.log(), manifests)


def test_an_entry_that_is_not_canonical_decides_nothing():
    text = '{"act": "x","facts":[{"ref":"z1","row":null,"table":"parties"}]}'
    told = verify.Told(1, "", None, text.encode())
    with pytest.raises(ValueError, match="canonical"):
        verify.expected_rows([told], {})
    row = {"\uffee": "1", "\U0001f600": "2"}  # RFC 8785 sorts these the other way round than Python does
    astral = {"act": "x", "facts": [{"table": "t", "ref": "z1", "row": row}], "said": {"manifest": "of people"}}
    expected = verify.expected_rows([verify.Told(1, "", None, canonical(astral))], {})
    assert expected == {("t", "z1"): rows.row_hash("t", "z1", row)}


REF = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


@given(st.dictionaries(st.tuples(REF, REF), st.none() | st.binary(min_size=32, max_size=32)))
def test_a_manifest_is_read_as_it_was_packed(hashes):
    packed = rows.pack((table, ref, digest) for (table, ref), digest in hashes.items())
    assert {(table, ref): digest for table, ref, digest in rows.unpack(packed)} == hashes


def test_what_is_no_manifest_is_refused():
    with pytest.raises(rows.BadManifest):
        rows.pack([("a b", "c", b"1" * 32)])

    for blob in (
        zlib.compress(b"parties z1\n"),
        zlib.compress(b"parties z1 xyz\n"),
        b"",
        zlib.compress(b"\xff"),
    ):
        with pytest.raises(rows.BadManifest):
            list(rows.unpack(blob))


def test_the_hash_of_a_row_is_that_of_its_canonical_form():
    form = '{"ref":"kz","row":{"kind":"state","ref":"kz"},"table":"parties"}'
    assert rows.row_hash("parties", "kz", {"ref": "kz", "kind": "state"}) == sha256(form.encode()).digest()
