"""A bundle proves what it says to whoever trusts the key; whatever is changed in it is found and said."""

import io
import json
import zipfile
import zlib

import pytest

from chancery.core.canonical import canonical
from chancery.journal import acts, bundle, queries, verify, witnesses
from chancery.journal.bundle import BadBundle
from chancery.journal.note import Signer
from chancery.journal.rows import row_hash
from tests.cast import state

pytestmark = pytest.mark.django_db
TEXT = {"language": "en", "blocks": [{"id": "b1", "kind": "title", "text": "On wells"}]}


@pytest.fixture(autouse=True)
def _key(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "journal.key"


def sealed(**said) -> int:
    with acts.recording():
        return acts.seal("practice.adopt", by="chair", subjects=["versions:wells-1"], said=said).seq


def digest(text=TEXT) -> str:
    from hashlib import sha256

    return sha256(canonical(text)).hexdigest()


@pytest.fixture
def adopted() -> int:
    """An entry that names a text, among others, under a signed head."""
    for _each in range(3):
        sealed()
    seq = sealed(version="wells-1", digest=digest(), language="en")
    sealed()
    acts.checkpoint()
    return seq


def key() -> str:
    return queries.vkeys()[-1].vkey


def packed(seq: int, **how) -> bytes:
    return witnesses.bundle(seq, **how).pack()


def faults(data: bytes, *vkeys: str) -> list[str]:
    return bundle.verify(bundle.read(data), vkeys or [key()]).faults


def changed(data: bytes, name: str, change) -> bytes:
    """The same file with another content under a name; None takes it away."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    files[name] = change(files.get(name, b""))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one, content in files.items():
            if content is not None:
                archive.writestr(one, content)
    return made.getvalue()


def edited(**cells):
    return lambda content: json.dumps({**json.loads(content), **cells}).encode()


def test_a_bundle_proves_the_entry_and_the_text_it_names(adopted):
    report = bundle.verify(bundle.read(packed(adopted, text=TEXT)), [key()])
    assert report.sound
    assert (report.entry, report.decided["act"], report.version) == (adopted, "practice.adopt", "wells-1")
    assert report.digest == digest()


def test_the_same_entry_gives_the_same_bytes_for_ever(adopted):
    before = packed(adopted, text=TEXT)
    sealed()
    acts.checkpoint()
    acts.rotate()
    assert packed(adopted, text=TEXT) == changed_key(before)


def changed_key(data: bytes) -> bytes:
    """The same, naming the key of now: all else stays."""
    one = bundle.read(data)
    return bundle.Bundle(one.entry, key(), one.witnesses, one.heads, one.manifests, one.rows, one.text).pack()


def test_the_text_is_there_to_read(adopted):
    with zipfile.ZipFile(io.BytesIO(packed(adopted, text=TEXT))) as archive:
        assert archive.read("text.txt").decode() == "(en)\n\n[b1] On wells\n"
        assert archive.read("text.json") == canonical(TEXT)


def test_nothing_is_proven_before_a_head_is_signed(adopted):
    with pytest.raises(witnesses.NotSignedYet):
        packed(sealed())


def test_another_text_is_not_the_one_that_was_adopted(adopted):
    other = {**TEXT, "blocks": [{**TEXT["blocks"][0], "text": "On walls"}]}
    assert faults(packed(adopted, text=other)) == [
        f"The text is not the one that entry {adopted} is about: it was changed."
    ]


def test_a_text_that_an_unrelated_entry_names_is_not_the_one(adopted):
    other = {**TEXT, "language": "ru"}
    with acts.recording():
        said = {"version": "walls-1", "digest": digest(other), "language": "ru"}
        unrelated = acts.seal("practice.adopt", by="chair", subjects=["versions:walls-1"], said=said).seq
    acts.checkpoint()
    assert "it was changed" in faults(packed(adopted, others=[unrelated], text=other))[0]


def test_a_text_may_be_named_by_an_entry_that_goes_with_it(adopted):
    with acts.recording():
        broken = acts.seal("practice.break", by="delegation", subjects=["versions:wells-1"], public=False).seq
    acts.checkpoint()
    assert faults(packed(broken, others=[adopted], private=[broken], text=TEXT)) == []


def test_another_key_is_not_enough(adopted):
    stranger = Signer.generate("practice/journal").verifier.vkey
    assert f"not signed by a key that is trusted; the bundle names {key()}" in faults(packed(adopted), stranger)[0]


def test_whoever_trusts_the_old_key_trusts_its_successor(adopted):
    old = key()
    acts.rotate()
    seq = sealed()
    acts.checkpoint()
    assert key() != old
    assert faults(packed(seq), old) == []


def test_a_key_that_was_lost_vouches_for_nothing(adopted):
    old = key()
    acts.rotate(lost=True)
    seq = sealed()
    acts.checkpoint()
    assert faults(packed(seq), old)


@pytest.mark.parametrize("part", ["public", "private"])
@pytest.mark.parametrize("cells", [{"at": "2026-01-01T00:00:00.000000Z"}, {"salt": "00" * 16}, {"other": "00" * 32}])
def test_whatever_is_changed_of_an_entry_is_found(adopted, part, cells):
    data = packed(adopted, private=[adopted] if part == "private" else [])
    told = faults(changed(data, f"entries/{adopted}.json", edited(**cells)))
    changed_or_forged = "it is not in the journal as it stands here: what it says was changed, or its proof"
    assert told == [f"Entry {adopted}: {changed_or_forged}."]


def test_a_private_part_does_not_pass_for_a_public_one(adopted):
    data = packed(adopted, private=[adopted])
    assert faults(changed(data, f"entries/{adopted}.json", edited(part="public")))


def test_a_private_act_is_proven_to_those_who_may_read_it(adopted):
    with acts.recording():
        seq = acts.seal(
            "practice.reply", by="delegation of xa", said={"words": "No."}, private={"account": "x"}, public=False
        ).seq
    acts.checkpoint()
    report = bundle.verify(bundle.read(packed(seq, private=[seq])), [key()])
    assert report.sound
    assert report.decided["said"] == {"words": "No."}


def test_who_acted_in_private_stays_out_of_the_bundle_and_is_sealed_all_the_same(adopted):
    with acts.recording():
        how = {"by": "delegation of xa", "said": {"words": "No."}, "public": False}
        entry = acts.seal("practice.reply", private={"account": "qzaccount", "note": "n1"}, **how)
    acts.checkpoint()
    data = packed(entry.seq, private=[entry.seq])
    report = bundle.verify(bundle.read(data), [key()])
    assert (report.sound, report.decided["note"]) == (True, "n1")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"qzaccount" in archive.read(name) for name in archive.namelist())
    assert json.loads(entry.public) == {"account": "qzaccount"}
    assert verify.verify_log(queries.log(), queries.checkpoints(), [key()]).faults == []


def test_an_entry_that_holds_who_acted_with_what_was_done_verifies_as_before(adopted):
    told = {"act": "practice.reply", "by": "chair", "facts": [], "subjects": [], "account": "x"}
    with acts.recording():
        seq = acts.append("practice.reply", {}, told, is_public=False).seq
    acts.checkpoint()
    assert bundle.verify(bundle.read(packed(seq, private=[seq])), [key()]).sound
    assert verify.verify_log(queries.log(), queries.checkpoints(), [key()]).faults == []


def test_the_words_of_an_entry_are_found_changed(adopted):
    data = packed(adopted)
    said = json.loads(zipfile.ZipFile(io.BytesIO(data)).read(f"entries/{adopted}.json"))["text"]
    assert faults(changed(data, f"entries/{adopted}.json", edited(text=said.replace("chair", "chief"))))


def head_name(data: bytes) -> str:
    return next(name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.startswith("heads/"))


def test_a_forged_head_is_found(adopted):
    data = packed(adopted)
    name = head_name(data)
    forged = changed(data, name, lambda note: note.replace(b"\n\n", b"\nmore\n\n"))
    assert "is forged" in faults(forged)[0]
    assert "is not in the bundle" in faults(changed(data, name, lambda note: None))[0]


def test_the_head_of_another_size_does_not_pass(adopted):
    data = packed(adopted)
    size = int(head_name(data).removeprefix("heads/").removesuffix(".txt"))
    moved = changed(changed(data, head_name(data), lambda note: None), f"heads/{size + 1}.txt",
                    lambda _: zipfile.ZipFile(io.BytesIO(data)).read(head_name(data)))  # fmt: skip
    assert "is another one" in faults(changed(moved, f"entries/{adopted}.json", edited(size=size + 1)))[0]


# ---------------------------------------------------------------- rows that a load wrote
ROW = {"table": "versions", "ref": "wells-1", "row": {"blocks": json.dumps(TEXT["blocks"]), "language": "en"}}


@pytest.fixture
def loaded() -> int:
    decision = {"table": "decisions", "ref": "wells", "row": {"version": "wells-1", "title.en": "Wells"}}
    written = [(one["table"], one["ref"], row_hash(**one)) for one in (ROW, decision)]
    with acts.recording():
        seq = acts.seal_load(digest="d", counts={}, written=written, by="compilers").seq
    acts.checkpoint()
    return seq


def of_load(seq: int, *rows, **how) -> bytes:
    decision = {"table": "decisions", "ref": "wells", "row": {"version": "wells-1", "title.en": "Wells"}}
    return packed(seq, shown={seq: [decision, *rows]}, **how)


def test_the_rows_of_a_load_are_proven_and_the_text_with_them(loaded):
    report = bundle.verify(bundle.read(of_load(loaded, ROW, text=TEXT)), [key()])
    assert report.faults == []
    assert [one["ref"] for one in report.rows] == ["wells", "wells-1"]
    assert report.version == "wells-1"


def test_a_row_that_the_load_did_not_write_is_found(loaded):
    other = {**ROW, "row": {**ROW["row"], "language": "ru"}}
    assert faults(of_load(loaded, other)) == [
        f"Entry {loaded}: it did not write versions:wells-1 as the bundle shows it."
    ]


def test_another_list_of_rows_is_found(loaded):
    data = changed(of_load(loaded, ROW), f"manifests/{loaded}", lambda _: zlib.compress(b""))
    assert "is missing, or not the one that it names" in faults(data)[0]


def test_which_entry_tells_a_row(loaded, source):
    assert witnesses.telling("versions", "wells-1") == loaded
    assert witnesses.telling("versions", "wells-9") is None
    party = state("xa", "Aldora")
    with acts.recording():
        seq = acts.seal("parties.admit", by="secretariat", facts=[party]).seq
    assert witnesses.telling("parties", "xa") == seq


# ---------------------------------------------------------------- what is no bundle
def zip_of(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def bad(data: bytes) -> str:
    with pytest.raises(BadBundle) as refused:
        bundle.read(data)
    return str(refused.value)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_no_zip_file(data):
    assert "cannot be read: it is not a bundle, or was cut off" in bad(data)


def test_a_bundle_that_was_cut_off(adopted):
    data = packed(adopted, text=TEXT)
    for kept in (len(data) - 1, len(data) // 2, 40):
        assert "cut off" in bad(data[:kept])


def test_every_byte_that_is_turned_is_found(adopted):
    data = packed(adopted, text=TEXT)
    ends = data.rindex(b"PK\x01\x02")  # what follows is the list of the files: their dates are nobody's business
    for at in range(0, ends, 7):
        turned = bytearray(data)
        turned[at] ^= 4
        try:
            same = bundle.read(bytes(turned)) == bundle.read(data)
            assert same or faults(bytes(turned)), at
        except BadBundle:
            pass


def test_a_bomb_is_not_unpacked(monkeypatch):
    assert "it was not unpacked" in bad(zip_of(**{"text.json": b"0" * (bundle.LARGEST + 1)}))
    honest = zip_of(**{"bundle.json": b"0" * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    bad(lying)


def test_a_bomb_inside_a_list_of_rows(loaded):
    bomb = zlib.compress(b"0" * (bundle.LARGEST + 1))
    assert "it was not unpacked" in bad(changed(of_load(loaded), f"manifests/{loaded}", lambda _: bomb))


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "entries/0.json", "README", "entries/1.json/x", "text.exe"])
def test_a_name_that_no_bundle_has(adopted, name):
    assert "which a bundle does not have" in bad(changed(packed(adopted), name, lambda _: b"x"))


def test_a_name_that_stands_there_twice(adopted):
    data = io.BytesIO(packed(adopted))
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("bundle.json", b"{}")
    assert "or has once" in bad(data.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bundle.json", b"[]", "bundle.json cannot be read"),
        ("bundle.json", b"{}", "of another format"),
        ("bundle.json", b'{"format":1}', "is not a bundle: 'entry'"),
        ("bundle.json", b'{"format":1,"entry":99,"key":""}', "entry 99, which it is about, is not in it"),
        ("entries/1.json", b"{}", "entries/1.json is not an entry"),
        ("entries/1.json", b"[" * 100_000, "entries/1.json cannot be read"),
        ("text.json", b'{"blocks":[7],"language":"en"}', "text.json is not a text"),
        ("text.json", b'{"blocks":[],"language":"en"}', "text.txt does not say what text.json says"),
        ("text.txt", b"Other words", "text.txt does not say what text.json says"),
        ("rows/1.json", b"[7]", "it shows a row that is none"),
        ("rows/1.json", b'[{"table":"parties","ref":1.5,"row":{}}]', "it shows a row whose cells are no text"),
        ("rows/1.json", b'[{"table":"parties","ref":"xa","row":{"a":1.5}}]', "it shows a row whose cells are no text"),
        ("bundle.json", b'{"format":1,"entry":1e999,"key":""}', "is not a bundle"),
        ("heads/1.txt", b"\xff", "is not a bundle"),
        ("manifests/1", b"\xff\xff", "is not a bundle"),
    ],
)
def test_what_is_wrong_inside(adopted, name, content, told):
    assert told in bad(changed(packed(adopted, text=TEXT), name, lambda _: content))
