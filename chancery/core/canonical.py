"""Canonical JSON: the one sequence of bytes a value is hashed and signed as.

This is RFC 8785 (JCS) for the values the record is made of: text, whole numbers, yes and no, nothing, lists
and objects. There are no fractions here (money is counted in its smallest unit), so the part of RFC 8785 that
is hard to get right in another language, the writing of floating-point numbers, is never needed. Beyond
RFC 8785, text is brought into Unicode NFC, so that two keyboards cannot write one name as two values.
"""

import json
import unicodedata

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

# What a browser or a spreadsheet still holds exactly (RFC 7493, section 2.2).
LARGEST_INTEGER = 2**53 - 1

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Json) -> bytes:
    """Return `value` as canonical JSON: keys in UTF-16 order, no blanks, UTF-8, text in NFC.

    Raises TypeError for anything that is not text, an integer, a boolean, None, a list or a dict with text
    keys; ValueError for an integer beyond ±(2⁵³ − 1), a lone surrogate, or two keys that NFC makes one.
    """
    return _encode(_normal(value)).encode()


def _normal(value: Json) -> Json:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"an integer beyond 2^53 - 1 has no canonical form: {value}")
        return value
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, dict):
        return _object(value)
    raise TypeError(f"a {type(value).__name__} has no canonical form: {value!r}")


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"text with a lone surrogate has no canonical form: {value!r}") from None
    return unicodedata.normalize("NFC", value)


def _object(value: dict[str, Json]) -> dict[str, Json]:
    members = {}
    for key, member in value.items():
        if not isinstance(key, str):
            raise TypeError(f"the keys of an object are text, not {type(key).__name__}: {key!r}")
        name = _text(key)
        if name in members:
            raise ValueError(f"two keys of an object are the same in NFC: {name!r}")
        members[name] = _normal(member)
    return dict(sorted(members.items(), key=_utf16))


def _utf16(member: tuple[str, Json]) -> bytes:
    # RFC 8785 sorts as JavaScript does: by UTF-16 code unit, which is not code point order past U+FFFF.
    return member[0].encode("utf-16-be")
