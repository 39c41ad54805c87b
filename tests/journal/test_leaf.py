"""Canonical JSON, the leaf of an entry, and the disclosure of its parts."""

import json
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.core.canonical import LARGEST_INTEGER, canonical
from chancery.journal.leaf import Commitment, Part, commit, instant, leaf, verify_disclosure

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
DIGEST = bytes(range(32))
PUBLIC = Part({"act": "adopt", "subject": "CICA/2026/1"}, b"p" * 16)
PRIVATE = Part({"by": "Айгуль"}, b"q" * 16)
NOTHING = Part({}, b"r" * 16)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
INTEGERS = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
KEYS = st.text("abcé😀\ufb33", max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


class Capacity(StrEnum):
    MEMBER = "member"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, "{}"),
        ({"b": [1, True, None, -3], "a": "x"}, '{"a":"x","b":[1,true,null,-3]}'),
        ({"capacity": Capacity.MEMBER}, '{"capacity":"member"}'),
        ('\x00\x08\t\n\f\r\x1f"\\/\x7f\u2028', '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\x7f\u2028"'),
        ("Cafe\u0301", '"Caf\u00e9"'),
        ({"e\u0301": 1}, '{"\u00e9":1}'),
        (LARGEST_INTEGER, "9007199254740991"),
    ],
)
def test_canonical_form(value, written):
    assert canonical(value) == written.encode()


def test_keys_are_sorted_as_rfc_8785_shows():
    # The example of section 3.2.3, without the key that NFC turns into two letters: see below.
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600"]
    assert list(json.loads(canonical(dict.fromkeys(reversed(ordered))))) == ordered


def test_keys_are_sorted_by_utf16_and_not_by_code_point():
    assert list(json.loads(canonical({"\uffee": 1, "\U0001f600": 2}))) == ["\U0001f600", "\uffee"]


def test_keys_are_sorted_in_the_form_in_which_they_are_written():
    # U+FB33 is U+05D3 U+05BC in NFC and so comes before U+20AC.
    assert list(json.loads(canonical({"\u20ac": 1, "\ufb33": 2}))) == ["\u05d3\u05bc", "\u20ac"]


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", (1,), {1: 2}, {None: 1}, [{"a": 0.5}], AT, {1}])
def test_what_json_of_the_record_does_not_know_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize(
    "value",
    ["\ud800", {"\udfff": 1}, {"\u00e9": 1, "e\u0301": 2}, LARGEST_INTEGER + 1, [-LARGEST_INTEGER - 1]],
)
def test_what_has_more_or_less_than_one_form_is_refused(value):
    with pytest.raises(ValueError, match="canonical form|same in NFC"):
        canonical(value)


@given(VALUES)
def test_canonical_form_is_stable(value):
    try:
        written = canonical(value)
    except ValueError:
        return  # two drawn keys may be one in NFC
    assert canonical(json.loads(written)) == written


@given(st.integers(1, 2**50), st.datetimes(timezones=st.just(UTC)), st.binary(min_size=32, max_size=32))
def test_a_leaf_is_canonical_json(seq, at, digest):
    written = leaf(seq, at, digest)
    assert written == canonical({"seq": seq, "at": instant(at), "commitment": digest.hex()})


def test_a_leaf_byte_for_byte():
    assert leaf(7, AT, DIGEST) == (
        b'{"at":"2026-03-01T09:30:00.000000Z",'
        b'"commitment":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","seq":7}'
    )


def test_an_instant_is_written_the_same_from_every_zone():
    astana = AT.astimezone(timezone(timedelta(hours=5)))
    assert instant(astana) == instant(AT) == "2026-03-01T09:30:00.000000Z"


@pytest.mark.parametrize(
    ("seq", "at", "digest"),
    [(0, AT, DIGEST), (1, AT.replace(tzinfo=None), DIGEST), (1, AT, DIGEST[1:])],
)
def test_a_leaf_needs_a_number_an_instant_and_a_digest(seq, at, digest):
    with pytest.raises(ValueError):
        leaf(seq, at, digest)


def test_a_commitment_is_made_as_documented():
    public = sha256(b"\x02" + b"p" * 16 + b'{"act":"adopt","subject":"CICA/2026/1"}').digest()
    private = sha256(b"\x03" + b"q" * 16 + '{"by":"Айгуль"}'.encode()).digest()
    assert commit(PUBLIC, PRIVATE) == Commitment(public, private)
    assert commit(PUBLIC, PRIVATE).digest == sha256(public + private).digest()


@pytest.mark.parametrize("public", [PUBLIC, NOTHING])
@pytest.mark.parametrize("private", [PRIVATE, NOTHING])
def test_either_part_may_be_disclosed_or_withheld(public, private):
    made = commit(public, private)
    for shown in (public, made.public):
        for told in (private, made.private):
            assert verify_disclosure(made.digest, public=shown, private=told)


@pytest.mark.parametrize(
    "false",
    [
        Part({"act": "adopt", "subject": "CICA/2026/2"}, PUBLIC.salt),
        Part(PUBLIC.content, b"s" * 16),
        Part({}, PUBLIC.salt),
        Part({"act": 0.5}, PUBLIC.salt),
        PRIVATE,
        b"\x00" * 32,
    ],
)
def test_another_content_or_salt_is_not_what_was_committed_to(false):
    made = commit(PUBLIC, PRIVATE)
    assert not verify_disclosure(made.digest, public=false, private=made.private)


def test_the_parts_cannot_change_places():
    made = commit(PUBLIC, PRIVATE)
    assert not verify_disclosure(made.digest, public=PRIVATE, private=PUBLIC)
    assert commit(NOTHING, NOTHING).public != commit(NOTHING, NOTHING).private


def test_the_boundary_between_the_hashes_is_fixed():
    made = commit(PUBLIC, PRIVATE)
    both = made.public + made.private
    assert not verify_disclosure(made.digest, public=both[:31], private=both[31:])


def test_equal_contents_are_hidden_by_fresh_salts():
    assert commit(Part({}), Part({})).public != commit(Part({}), Part({})).public


@pytest.mark.parametrize(("content", "salt", "refusal"), [
    ([], b"p" * 16, TypeError), (None, b"p" * 16, TypeError), ({}, b"p" * 15, ValueError),
])  # fmt: skip
def test_a_part_is_an_object_with_a_salt(content, salt, refusal):
    with pytest.raises(refusal):
        Part(content, salt)


def test_a_content_without_canonical_form_is_not_committed_to():
    with pytest.raises(TypeError):
        commit(Part({"share": 0.5}), PRIVATE)
