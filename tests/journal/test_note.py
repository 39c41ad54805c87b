"""Notes and checkpoints, held against the vectors of Go's sumdb/note and the example of C2SP."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.journal.note import (
    BadSignature,
    Checkpoint,
    MalformedKey,
    MalformedNote,
    NoteError,
    Signer,
    UnknownKey,
    Verifier,
    open_note,
    sign_note,
)

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
BY_PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
BY_ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

peter, enoch = Verifier.parse(PETER), Verifier.parse(ENOCH)
ROOT = bytes(range(32))
OLD, NEW = (Signer.from_seed("record.example/journal", bytes([n]) * 32) for n in (1, 2))


def test_a_note_is_signed_as_go_signs_it():
    signer = Signer.parse(PETER_SECRET)
    assert signer.verifier == peter
    assert signer.skey == PETER_SECRET
    assert peter.vkey == PETER
    assert sign_note(TEXT, [signer]) == f"{TEXT}\n{BY_PETER}"


def test_one_trusted_signature_opens_a_note_and_unknown_ones_are_passed_over():
    assert open_note(f"{TEXT}\n{BY_PETER}{BY_ENOCH}", [peter]) == TEXT
    assert open_note(f"{TEXT}\n{BY_PETER}{BY_ENOCH}", [enoch]) == TEXT
    assert open_note(f"{TEXT}\n{BY_PETER}{BY_ENOCH}", [peter, enoch]) == TEXT


def test_a_note_nobody_known_signed_is_refused():
    with pytest.raises(UnknownKey, match=r"PeterNeumann\+c74f20a3"):
        open_note(f"{TEXT}\n{BY_PETER}", [enoch])
    with pytest.raises(UnknownKey):
        open_note(f"{TEXT}\n{BY_PETER}", [])


@pytest.mark.parametrize(
    "line",
    [BY_PETER.replace("PeterNeumann", "CarmenSandiego"), BY_PETER.replace("x08g", "xxxx")],
    ids=["another name", "another id"],
)
def test_a_key_is_known_by_its_name_and_its_id_together(line):
    with pytest.raises(UnknownKey):
        open_note(f"{TEXT}\n{line}", [peter])


def test_a_wrong_signature_is_refused_even_beside_a_right_one():
    wrong = BY_PETER[:60] + "ABCD" + BY_PETER[60:]
    with pytest.raises(BadSignature):
        open_note(f"{TEXT}\n{wrong}", [peter])
    with pytest.raises(BadSignature):
        open_note(f"{TEXT}\n{BY_ENOCH}{wrong}", [peter, enoch])
    with pytest.raises(BadSignature):
        open_note(f"{TEXT}\n{BY_PETER}{wrong}", [peter])


def test_another_text_is_refused():
    with pytest.raises(BadSignature):
        open_note(f"{TEXT.replace('know', 'know,')}\n{BY_PETER}", [peter])


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        TEXT + "\n",
        f"{TEXT}\n{BY_PETER}"[:-1],
        f"{TEXT}{BY_PETER}",
        f"\x01{TEXT}\n{BY_PETER}",
        f"{TEXT}\n{BY_PETER}".replace("\n", "\r\n"),
        f"\udcff{TEXT}\n{BY_PETER}",
        f"{TEXT}\n{BY_PETER}Unexpected line.\n",
        f"{TEXT}\n{BY_PETER.replace('PeterNeumann', 'Peter Neumann')}",
        f"{TEXT}\n{BY_PETER.replace('PeterNeumann', 'Peter+Neumann')}",
        f"{TEXT}\n{BY_PETER.replace('— ', '- ')}",
        f"{TEXT}\n{BY_PETER.replace('nAM=', 'nAN=')}",
        f"{TEXT}\n{BY_PETER.replace('nAM=', 'nAM')}",
        f"{TEXT}\n— PeterNeumann x08gow==\n",
        f"{TEXT}\n{BY_PETER * 101}",
    ],
)
def test_malformed_notes(note):
    with pytest.raises(MalformedNote):
        open_note(note, [peter])


def test_a_hundred_signatures_are_read():
    assert open_note(f"{TEXT}\n{BY_PETER * 100}", [peter]) == TEXT


@pytest.mark.parametrize("text", ["abc", "", "a\tb\n", "a\r\n", "\udc00\n"])
def test_what_could_not_be_opened_is_not_signed(text):
    with pytest.raises(MalformedNote):
        sign_note(text, [OLD])


def test_a_note_needs_a_signature():
    with pytest.raises(MalformedNote):
        sign_note(TEXT, [])


def test_a_text_may_hold_blank_lines_and_signature_lines_of_its_own():
    text = f"{TEXT}\n{BY_ENOCH}\n\n"
    assert open_note(sign_note(text, [OLD]), [OLD.verifier]) == text


def test_a_text_with_other_separators_of_lines_is_kept_as_it_is():
    text = "Астана\u2028first\x85second\n"
    assert open_note(sign_note(text, [OLD]), [OLD.verifier]) == text


def test_while_a_key_is_replaced_the_old_and_the_new_one_open_the_note():
    note = sign_note(TEXT, [OLD, NEW])
    assert OLD.verifier.name == NEW.verifier.name
    assert open_note(note, [OLD.verifier]) == open_note(note, [NEW.verifier]) == TEXT
    with pytest.raises(UnknownKey):
        open_note(sign_note(TEXT, [NEW]), [OLD.verifier])


def test_a_key_made_to_share_name_and_id_with_the_trusted_one_opens_nothing():
    class Colliding(Verifier):
        key_id = OLD.verifier.key_id

    forger = Signer(Colliding(OLD.verifier.name, NEW.verifier.public), NEW.seed)
    with pytest.raises(BadSignature):
        open_note(sign_note(TEXT, [forger]), [OLD.verifier])


def test_a_new_key_is_read_back_and_hides_its_secret():
    signer = Signer.generate("record.example/journal")
    assert Signer.parse(signer.skey) == signer
    assert Verifier.parse(signer.verifier.vkey) == signer.verifier
    assert Signer.generate("record.example/journal") != signer
    assert repr(signer.seed) not in repr(signer)


@pytest.mark.parametrize("at", range(len(PETER)))
def test_a_mangled_verifier_key_is_refused(at):
    for mangled in (PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :], PETER[:at], PETER[at + 1 :]):
        with pytest.raises(MalformedKey):
            Verifier.parse(mangled)


@pytest.mark.parametrize("at", range(len(PETER_SECRET)))
def test_a_mangled_signer_key_is_refused_without_showing_it(at):
    key = PETER_SECRET
    for mangled in (key[:at] + chr(ord(key[at]) + 1) + key[at + 1 :], key[:at], key[at + 1 :]):
        with pytest.raises(MalformedKey) as refusal:
            Signer.parse(mangled)
        assert key[50:70] not in str(refusal.value)


@pytest.mark.parametrize(
    "vkey",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        PETER.replace("c74f20a3", "C74F20A3"),
    ],
    ids=["length", "algorithm", "capitals"],
)
def test_a_key_of_another_kind_is_refused(vkey):
    with pytest.raises(MalformedKey):
        Verifier.parse(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\x01b", "\udc00"])
def test_a_key_name_has_no_blank_and_no_plus(name):
    with pytest.raises(MalformedKey):
        Verifier(name, peter.public)
    with pytest.raises(MalformedKey):
        Signer.generate(name)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_has_32_bytes(length):
    with pytest.raises(MalformedKey):
        Signer.from_seed("name", bytes(length))


def test_the_checkpoint_of_the_specification():
    checkpoint = Checkpoint.parse(SOFA)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e1d90c808")
    assert checkpoint.text() == SOFA


def test_a_checkpoint_travels_in_a_note():
    checkpoint = Checkpoint("record.example/journal", 0, ROOT)
    note = sign_note(checkpoint.text(), [OLD])
    assert Checkpoint.parse(open_note(note, [OLD.verifier])) == checkpoint


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)


@given(LINES, st.integers(0, 2**64), st.binary(min_size=32, max_size=32), st.lists(LINES).map(tuple))
def test_a_checkpoint_is_read_as_it_is_written(origin, size, root, extensions):
    checkpoint = Checkpoint(origin, size, root, extensions)
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        SOFA[:-1],
        SOFA + "\n",
        SOFA + "extension",
        SOFA.replace("example.com/behind-the-sofa", ""),
        SOFA.replace("20852163", "020852163"),
        SOFA.replace("20852163", "-1"),
        SOFA.replace("20852163", "+1"),
        SOFA.replace("20852163", "20_852_163"),
        SOFA.replace("20852163", "٢"),
        SOFA.replace("20852163", "9" * 5000),
        SOFA.replace("CsUY", ""),
        SOFA.replace("q2I=", "q2J="),
        SOFA.replace("q2I=", "q2I"),
    ],
)
def test_malformed_checkpoints(text):
    with pytest.raises(MalformedNote):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "fields",
    [("", 1, ROOT), ("a\nb", 1, ROOT), ("a", -1, ROOT), ("a", 1, ROOT[1:]), ("a", 1, ROOT, ("",))],
)
def test_a_checkpoint_that_could_not_be_read_back_is_not_made(fields):
    with pytest.raises(MalformedNote):
        Checkpoint(*fields)


@given(st.text())
def test_any_text_is_opened_or_refused_by_name(text):
    for read in (Verifier.parse, Signer.parse, Checkpoint.parse, lambda note: open_note(note, [peter])):
        with pytest.raises(NoteError):
            read(text)


def test_a_process_that_never_signs_does_not_load_the_cryptography():
    code = "import sys, chancery.journal.note; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
