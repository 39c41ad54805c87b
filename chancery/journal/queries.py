"""Reading the journal."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from . import tree
from .leaf import Commitment, instant, private_hash, public_hash
from .models import Checkpoint, Entry, Manifest, Mention
from .verify import Told

KEY = "journal:key"
"""The subject of the entries that name the signing key."""

_CHUNK = 2_000


_HEAD = "SELECT seq, public_salt FROM journal_entry WHERE is_public ORDER BY seq DESC LIMIT 1"


def head() -> int:
    """The number of the last public entry; 0 before the first."""
    return marked_head()[0]


def marked_head() -> tuple[int, bytes]:
    """The same with a mark: after a backup was put back, another entry may bear a number that was known before.

    Every public page depends on it, so it costs one statement, asked of the driver itself; where that cannot answer
    (no connection yet, or a broken one), Django asks and mends."""
    try:
        row = connection.connection.execute(_HEAD).fetchone()
    except Exception:
        with connection.cursor() as cursor:
            cursor.execute(_HEAD)
            row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else (0, b"")


def size() -> int:
    """The number of entries, public and private."""
    with connection.cursor() as cursor:  # past the ORM, as in `nodes`
        cursor.execute("SELECT max(seq) FROM journal_entry")
        return cursor.fetchone()[0] or 0


def public() -> QuerySet[Entry]:
    """The entries that tell something, latest first."""
    return Entry.objects.filter(is_public=True).order_by("-seq")


def history(subjects: Iterable[str]) -> QuerySet[Entry]:
    """The public entries about any of the subjects (`table:ref`), and the loads, latest first."""
    about = Mention.objects.filter(subject__in=list(subjects)).values("entry")
    loads = Manifest.objects.values("entry")
    return public().filter(seq__in=about.union(loads))


def decided(entry: Entry) -> dict[str, Any]:
    """What an entry tells the public; an empty object if it tells nothing."""
    return json.loads(entry.public) if entry.is_public else {}


# ---------------------------------------------------------------- pages
@dataclass(frozen=True, slots=True)
class Line:
    """A public entry in a list, and how many private ones lie between it and the public one before it."""

    entry: Entry
    private: int


def page(before: int | None = None, *, limit: int = 50) -> tuple[list[Line], int | None]:
    """The latest public entries below a number, and the number below which the earlier ones are, if there
    are."""
    found = public() if before is None else public().filter(seq__lt=before)
    entries = list(found[: limit + 1])
    ends = [*(entry.seq for entry in entries[1:]), *([0] if len(entries) <= limit else [])]
    lines = [Line(entry, entry.seq - end - 1) for entry, end in zip(entries, ends, strict=False)]
    return lines, lines[-1].entry.seq if len(entries) > limit else None


def later(than: int, *, limit: int = 50) -> int | None:
    """The number below which the page of entries later than `than` lies; None where there are none."""
    seqs = list(public().reverse().filter(seq__gte=than).values_list("seq", flat=True)[:limit])
    return seqs[-1] + 1 if seqs else None


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry decided of one row: its cells before and after. `after` is None where the row was taken
    away, `before` where no earlier entry told of it; `since` is the entry that told it before."""

    table: str
    ref: str
    before: dict[str, str] | None
    after: dict[str, str] | None
    since: int | None

    @property
    def subject(self) -> str:
        return f"{self.table}:{self.ref}"

    @property
    def cells(self) -> list[tuple[str, str, str, bool]]:
        """Name, text before, text after, and whether they differ, in the order of the names."""
        before, after = self.before or {}, self.after or {}
        names = sorted({*before, *after})
        return [
            (name, before.get(name, ""), after.get(name, ""), before.get(name) != after.get(name)) for name in names
        ]


def changes(entry: Entry) -> list[Change]:
    """What a public entry decided of each row, beside what an earlier entry had."""
    facts = decided(entry).get("facts", [])
    earlier = _told_before(entry.seq, [f"{fact['table']}:{fact['ref']}" for fact in facts])
    return [
        Change(fact["table"], fact["ref"], before, fact["row"], since)
        for fact in facts
        for since, before in [earlier.get(f"{fact['table']}:{fact['ref']}", (None, None))]
    ]


def _told_before(seq: int, subjects: list[str]) -> dict[str, tuple[int, dict[str, str] | None]]:
    """The subjects' rows as they were last told before an entry, with the number of the entry that told."""
    latest = dict(
        Mention.objects.filter(subject__in=subjects, tells=True, entry__lt=seq, entry__is_public=True)
        .values_list("subject")
        .annotate(Max("entry"))
    )
    entries = public().in_bulk(set(latest.values()))
    return {
        f"{fact['table']}:{fact['ref']}": (number, fact["row"])
        for number, entry in entries.items()
        for fact in decided(entry)["facts"]
        if latest.get(f"{fact['table']}:{fact['ref']}") == number
    }


# ---------------------------------------------------------------- disclosure
def disclosure(entry: Entry) -> dict[str, Any]:
    """What anybody may have of an entry: of a private one no more than that it was made.

    `public` is text, and hashed as it stands; a program that parses it must not write it anew to verify."""
    salt, hidden_salt = bytes(entry.public_salt), bytes(entry.private_salt)
    commitment = Commitment(public_hash(salt, entry.public.encode()), private_hash(hidden_salt, entry.private.encode()))
    told: dict[str, Any] = {
        "seq": entry.seq,
        "at": instant(entry.at),
        "commitment": commitment.digest.hex(),
    }
    if entry.is_public:
        told |= {"public": entry.public, "salt": salt.hex(), "private": commitment.private.hex()}
    return told


def after(seq: int, *, limit: int = 1_000) -> list[Entry]:
    """The entries after a number, in order."""
    return list(Entry.objects.filter(seq__gt=seq).order_by("seq")[:limit])


_AT = {
    "sqlite": "CAST(at AS TEXT)",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}


def log(seq: int = 0) -> Iterator[Told]:
    """All entries after a number as `verify.verify_log` takes them, read in portions."""
    # Past the ORM and its instants, since a million of them are read when a journal is verified.
    statement = (
        f"SELECT seq, {_AT[connection.vendor]}, is_public, public, public_salt, private, private_salt, nodes"
        " FROM journal_entry WHERE seq > %s ORDER BY seq LIMIT %s"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [seq, _CHUNK])
            rows = cursor.fetchall()
        for seq, at, is_public, public, salt, private, private_salt, nodes in rows:
            at = f"{at[:10]}T{at[11:]}Z" if len(at) == 26 else f"{at[:10]}T{at[11:]}.000000Z"
            hidden = private_hash(private_salt, private.encode())
            yield Told(seq, at, None, public.encode(), salt, hidden, nodes, bool(is_public))
        if len(rows) < _CHUNK:
            return


def manifests() -> dict[int, bytes]:
    """The manifests of all loads, by the number of their entry."""
    return {seq: bytes(rows) for seq, rows in Manifest.objects.values_list("entry", "rows")}


def manifest(seq: int) -> bytes | None:
    """The manifest of one load, if the entry is one."""
    rows = Manifest.objects.filter(entry=seq).values_list("rows", flat=True).first()
    return None if rows is None else bytes(rows)


# ---------------------------------------------------------------- signed heads and proofs
def checkpoint(size: int | None = None) -> Checkpoint | None:
    """The checkpoint of a size, or the latest."""
    found = Checkpoint.objects.all() if size is None else Checkpoint.objects.filter(size=size)
    return found.first()


def unsigned_head() -> int | None:
    """The size of a journal whose head is not signed yet; None where it is."""
    now, signed = size(), checkpoint()
    return now if now != (signed.size if signed else 0) else None


def checkpoints() -> list[str]:
    """The notes of all checkpoints, smallest size first."""
    return list(Checkpoint.objects.order_by("size").values_list("note", flat=True))


def nodes(numbers: Sequence[int]) -> dict[int, bytes]:
    """The stored hashes of the entries asked for, in one query."""
    if not numbers:
        return {}
    # Past the ORM: every act waits for this while it holds the write lock.
    places = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT seq, nodes FROM journal_entry WHERE seq IN ({places})", list(numbers))
        return {seq: bytes(stored) for seq, stored in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof that an entry is in the tree of a size."""

    seq: int
    size: int
    leaf: bytes
    root: bytes
    path: Sequence[bytes]


def inclusion(seq: int, size: int) -> Inclusion:
    """Proves that entry `seq` is in the tree of the first `size` entries.

    Raises LookupError unless 1 <= seq <= size and the journal has that many entries."""
    _check(seq, size)
    path = tree.inclusion(seq - 1, size, nodes)
    return Inclusion(seq, size, nodes([seq])[seq][: tree.SIZE], tree.root(size, nodes), path)


@dataclass(frozen=True, slots=True)
class Consistency:
    """The proof that the tree of one size begins with that of another."""

    old: int
    new: int
    old_root: bytes
    new_root: bytes
    path: Sequence[bytes]


def consistency(old: int, new: int) -> Consistency:
    """Proves that nothing in the first `old` entries changed while the journal grew to `new`.

    Raises LookupError unless 1 <= old <= new and the journal has that many entries."""
    _check(old, new)
    return Consistency(old, new, tree.root(old, nodes), tree.root(new, nodes), tree.consistency(old, new, nodes))


def _check(first: int, last: int) -> None:
    if not (1 <= first <= last and Entry.objects.filter(seq=last).exists()):
        raise LookupError(f"the journal has no entries {first} to {last}")


# ---------------------------------------------------------------- the signing key
@dataclass(frozen=True, slots=True)
class Key:
    """A public key and the entry that named it; `lost` when its forerunner was lost and so did not vouch for
    it."""

    vkey: str
    since: int
    at: Any
    lost: bool


def vkeys() -> list[Key]:
    """The keys with which checkpoints were signed, first to last."""
    named = Entry.objects.filter(mentions__subject=KEY).order_by("seq")
    return [
        Key(said["new"], entry.seq, entry.at, said.get("lost", False))
        for entry in named
        for said in [decided(entry)["said"]]
    ]
