"""What a journal entry puts into the tree: its number, its instant, and a commitment to what was decided.

What was decided has two parts, a public and a private one, and both always exist (an empty object where there
is nothing to say), so that a leaf tells nothing of which is which. Each is hashed with a salt of its own. The
public part is disclosed with its salt beside the hash of the private part; either may be disclosed later,
withheld or redacted without touching the tree.

    commitment = SHA-256(H(public) || H(private))
    H(part)    = SHA-256(domain || salt || canonical JSON of the content)

with the domain byte 0x02 for the public and 0x03 for the private part.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from chancery.core.canonical import Json, canonical

SALT_SIZE = 16

# RFC 9162 has 0x00 for leaves and 0x01 for nodes; two more, so that a private part cannot pass for a public.
_PUBLIC, _PRIVATE = b"\x02", b"\x03"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what an entry decided, with the salt (16 random bytes) that keeps it from being guessed.

    Raises TypeError for a content that is not an object, ValueError for a salt of another length.
    """

    content: dict[str, Json]
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT_SIZE))

    def __post_init__(self) -> None:
        if not isinstance(self.content, dict):
            raise TypeError(f"what an entry decided is an object, not {self.content!r}")
        if len(self.salt) != SALT_SIZE:
            raise ValueError(f"a salt has {SALT_SIZE} bytes, not {len(self.salt)}")


@dataclass(frozen=True, slots=True)
class Commitment:
    """The hashes of both parts; its digest is what the leaf holds."""

    public: bytes
    private: bytes

    @property
    def digest(self) -> bytes:
        return sha256(self.public + self.private).digest()


def commit(public: Part, private: Part) -> Commitment:
    """Commit to both parts. Raises what `canonical` raises for a content that has no canonical form."""
    return Commitment(_hash(_PUBLIC, public), _hash(_PRIVATE, private))


def leaf(seq: int, at: datetime, digest: bytes) -> bytes:
    """Return the bytes of entry `seq` that are hashed into the tree, as canonical JSON.

    `digest` is that of the entry's commitment. Raises ValueError for a number below 1, an instant without
    zone or a digest that is not a SHA-256.
    """
    if seq < 1:
        raise ValueError(f"entries are numbered from 1: {seq}")
    if len(digest) != sha256().digest_size:
        raise ValueError(f"a commitment's digest has 32 bytes, not {len(digest)}")
    # Written out, because a million of them are made when a journal is verified.
    return b'{"at":"%s","commitment":"%s","seq":%d}' % (instant(at).encode(), digest.hex().encode(), seq)


def instant(at: datetime) -> str:
    """Write an instant as the journal does: ISO 8601 in UTC, always six digits of a second, `Z`.

    Raises ValueError for a time without zone, which is not an instant.
    """
    if at.tzinfo is None:
        raise ValueError(f"a time without zone is not an instant: {at}")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def public_hash(salt: bytes, text: bytes) -> bytes:
    """The hash of a public part that is there as canonical JSON."""
    return sha256(_PUBLIC + salt + text).digest()


def private_hash(salt: bytes, text: bytes) -> bytes:
    """The hash of a private part that is there as canonical JSON."""
    return sha256(_PRIVATE + salt + text).digest()


def verify_disclosure(digest: bytes, *, public: Part | bytes, private: Part | bytes) -> bool:
    """Say whether the parts are what the commitment with this digest was made of.

    A part that is disclosed is given as `Part`, one that is withheld as its hash.
    """
    try:
        hashes = Commitment(_hash(_PUBLIC, public), _hash(_PRIVATE, private))
    except (TypeError, ValueError):
        return False  # what has no canonical form was never committed to
    return hashes.digest == digest


def _hash(domain: bytes, part: Part | bytes) -> bytes:
    if isinstance(part, Part):
        return sha256(domain + part.salt + canonical(part.content)).digest()
    if len(part) != sha256().digest_size:
        raise ValueError("a part that is withheld is given as the 32 bytes of its hash")
    return part
