"""Signed heads of the journal: C2SP tlog-checkpoint in a C2SP signed-note, with Ed25519 keys.

A note is a text followed by a blank line and by signature lines; a checkpoint is the text that names a
journal, its size and the root of its tree. The formats are those of public transparency logs, so that a
journal can be watched and countersigned with tools that know nothing of this software:
https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint.

While a key is being replaced, the old and the new one both sign; whoever trusts either can open the note.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# `cryptography` is imported where it is used: it costs 9 MB that a process which never signs need not hold.

MOST_SIGNATURES = 100

_DASH = "\N{EM DASH}"
_ED25519 = b"\x01"
_SECRET = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
_TEXT = re.compile(r"[^\x00-\x09\x0b-\x1f\ud800-\udfff]*\n")


class NoteError(ValueError):
    """A note or a key that cannot be trusted."""


class MalformedKey(NoteError):
    """Text that is not a signer's or a verifier's key."""


class MalformedNote(NoteError):
    """Text that is not a signed note, or not a checkpoint."""


class UnknownKey(NoteError):
    """A note that none of the trusted keys has signed."""


class BadSignature(NoteError):
    """A note with a trusted key's signature that does not fit its text."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under the name of its holder. Raises MalformedKey for a name with a blank or a plus."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise MalformedKey(f"not a key name: {self.name!r}")
        if len(self.public) != 32:
            raise MalformedKey("an Ed25519 public key has 32 bytes")

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read `<name>+<id>+<key>`. Raises MalformedKey, also when the id is not that of the key."""
        verifier = cls(*_parse_key(vkey))
        if verifier.vkey != vkey:
            raise MalformedKey(f"the parts of the key do not fit together: {vkey!r}")
        return verifier

    @property
    def vkey(self) -> str:
        return _format_key(self.name, self.key_id, self.public)

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature names, but does not prove, its key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def verify(self, text: str, signature: bytes) -> bool:
        """Say whether the signature (64 bytes) is by this key over this text."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A secret key under the name of its holder; its verifier is what the world is told."""

    verifier: Verifier
    seed: bytes = field(repr=False)

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> "Signer":
        """Make the signer of a 32-byte Ed25519 seed. Raises MalformedKey for a bad name or another length."""
        if len(seed) != 32:
            raise MalformedKey("an Ed25519 seed has 32 bytes")
        return cls(Verifier(name, _private_key(seed).public_key().public_bytes_raw()), seed)

    @classmethod
    def generate(cls, name: str) -> "Signer":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls.from_seed(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, skey: str) -> "Signer":
        """Read `PRIVATE+KEY+<name>+<id>+<seed>`. Raises MalformedKey, without telling the secret."""
        if not skey.startswith(_SECRET):
            raise MalformedKey("not a signer's key")
        signer = cls.from_seed(*_parse_key(skey.removeprefix(_SECRET)))
        if signer.skey != skey:
            raise MalformedKey("the parts of the signer's key do not fit together")
        return signer

    @property
    def skey(self) -> str:
        return _SECRET + _format_key(self.verifier.name, self.verifier.key_id, self.seed)

    def sign(self, text: str) -> str:
        """Return this key's signature line for the text."""
        signature = _private_key(self.seed).sign(text.encode())
        return f"{_DASH} {self.verifier.name} {_base64(self.verifier.key_id + signature)}\n"


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """Return the text as a note with a signature line of each signer, in their order.

    Raises MalformedNote for a text without final line feed or with control characters, and for no signer.
    """
    _check_text(text)
    lines = "".join(signer.sign(text) for signer in signers)
    if not lines:
        raise MalformedNote("a note needs a signature")
    return f"{text}\n{lines}"


def open_note(note: str, verifiers: Collection[Verifier]) -> str:
    """Return the text of a note which at least one of the verifiers has signed.

    Signatures of other keys are passed over. Raises MalformedNote, UnknownKey when no verifier has signed,
    BadSignature when the signature of any verifier is wrong, even beside a right one.
    """
    text, signatures = _parse_note(note)
    known = [
        (verifier, signature)
        for name, key_id, signature in signatures
        for verifier in verifiers
        if (verifier.name, verifier.key_id) == (name, key_id)
    ]
    if not known:
        raise UnknownKey(f"none of the trusted keys has signed; signed by {_names(signatures)}")
    for verifier, signature in known:
        if not verifier.verify(text, signature):
            raise BadSignature(f"the signature of {verifier.name} does not fit the text")
    return text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a journal: which journal (origin), how many entries (size), the root hash of its tree.

    Raises MalformedNote for an empty origin or one of several lines, a negative size, or a root that has not
    32 bytes. Extension lines of other journals are kept; ours has none, since nothing audits them.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if self.size < 0 or len(self.root) != 32 or not all(line and "\n" not in line for line in lines):
            raise MalformedNote("not a checkpoint: it needs an origin, a size and a root of 32 bytes")

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a checkpoint. Raises MalformedNote unless `text()` would write the very same."""
        try:
            origin, size, root, *extensions = text.removesuffix("\n").split("\n")
            checkpoint = cls(origin, int(size), _bytes(root), tuple(extensions))
        except ValueError:
            raise MalformedNote(f"not a checkpoint: {text!r}") from None
        if checkpoint.text() != text:
            raise MalformedNote(f"not a checkpoint: {text!r}")
        return checkpoint

    def text(self) -> str:
        return "".join(f"{line}\n" for line in (self.origin, self.size, _base64(self.root), *self.extensions))


def _parse_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    text, blank, lines = note.rpartition("\n\n")
    if not (blank and lines):
        raise MalformedNote("a note is a text, a blank line and signature lines")
    _check_text(note)
    signatures = lines.removesuffix("\n").split("\n")
    if len(signatures) > MOST_SIGNATURES:
        raise MalformedNote(f"more than {MOST_SIGNATURES} signatures")
    return text + "\n", [_parse_signature(line) for line in signatures]


def _parse_signature(line: str) -> tuple[str, bytes, bytes]:
    try:
        dash, name, encoded = line.split(" ")
        signature = _bytes(encoded)
    except ValueError:
        raise MalformedNote(f"not a signature line: {line!r}") from None
    if dash != _DASH or not _NAME.fullmatch(name) or len(signature) < 5:
        raise MalformedNote(f"not a signature line: {line!r}")
    return name, signature[:4], signature[4:]


def _check_text(text: str) -> None:
    if not _TEXT.fullmatch(text):
        raise MalformedNote("a note ends with a line feed and has no other control characters")


def _names(signatures: list[tuple[str, bytes, bytes]]) -> str:
    return ", ".join(f"{name}+{key_id.hex()}" for name, key_id, _ in signatures)


def _parse_key(key: str) -> tuple[str, bytes]:
    try:
        name, _, encoded = key.split("+", 2)
        material = _bytes(encoded)
    except ValueError:
        raise MalformedKey("a key is <name>+<id>+<base64>") from None
    if not material.startswith(_ED25519):
        raise MalformedKey("not an Ed25519 key")
    return name, material[1:]


def _format_key(name: str, key_id: bytes, material: bytes) -> str:
    return f"{name}+{key_id.hex()}+{_base64(_ED25519 + material)}"


def _private_key(seed: bytes) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes(encoded: str) -> bytes:
    """Decode standard base64. Raises ValueError unless it is written in the one canonical way."""
    value = b64decode(encoded, validate=True)
    if _base64(value) != encoded:
        raise ValueError("not canonical base64")
    return value
