"""Verification of a journal by anybody, offline: nothing here knows Django or the database.

What is trusted is a public key that whoever verifies already has. Everything else is recomputed: from what
the entries tell, the commitments, the leaves and the tree; at each checkpoint the root, and who signed it.
"""

import json
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from chancery.core.canonical import canonical

from . import rows
from .leaf import SALT_SIZE, public_hash
from .note import Checkpoint, NoteError, UnknownKey, Verifier, open_note
from .tree import SIZE, Frontier, leaf_hash

_INSTANT = len("2026-01-01T00:00:00.000000Z")
_KEY_ACTS = (b'{"act":"journal.announce-key"', b'{"act":"journal.rotate-key"')
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Told(NamedTuple):
    """What is known of an entry. `public` is its canonical JSON with its salt, None where it is withheld;
    `private` is the hash of the private part. A copy gives the commitment, the database the nodes and the
    visibility it keeps; where something is given twice, both must agree."""

    seq: int
    at: str
    commitment: bytes | None
    public: bytes | None = None
    salt: bytes = b""
    private: bytes = b""
    nodes: bytes | None = None
    is_public: bool | None = None


def read(told: Mapping[str, object]) -> Told:
    """An entry as a copy keeps it (`/journal/entry/<seq>.json`). Raises ValueError for another shape."""
    try:
        public = told.get("public")
        return Told(
            int(str(told["seq"])),
            str(told["at"]),
            bytes.fromhex(str(told["commitment"])),
            None if public is None else str(public).encode(),
            bytes.fromhex(str(told.get("salt", ""))),
            bytes.fromhex(str(told.get("private", ""))),
        )
    except (KeyError, ValueError) as problem:
        raise ValueError(f"not an entry of a journal: {problem}") from None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed, and at which entry (0: no single one) it shows."""

    entry: int
    problem: str

    def __str__(self) -> str:
        return f"entry {self.entry}: {self.problem}" if self.entry else self.problem


@dataclass(slots=True)
class Report:
    """What verification found. `signed` is the size of the largest head that a trusted key signed: entries
    beyond it are in order among themselves, but nobody vouches for them yet. `trusted` are the keys that
    were given and those to which they passed on."""

    size: int = 0
    root: bytes = b""
    signed: int = 0
    at: str = ""
    trusted: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def verify_log(
    entries: Iterable[Told], checkpoints: Iterable[str], vkeys: Collection[str], *, origin: str = ""
) -> Report:
    """Verifies a whole journal: numbers without gap, instants that never decrease, commitments, stored
    nodes, the root and the signatures of every checkpoint (signed notes in any order), the succession of
    keys.

    `vkeys` are the public keys that are trusted beforehand, never taken from the copy itself. A checkpoint
    that was kept from earlier may be given among the others: it shows whether the journal was cut or written
    anew. `origin` is the name the journal must have; without it, that of the first key. The first entry that
    is wrong ends it."""
    return _Verification(checkpoints, vkeys, origin).run(entries)


class _Wrong(Exception):
    """What is wrong with the entry at hand, or with another one."""

    def __init__(self, problem: str, entry: int = 0) -> None:
        super().__init__(problem)
        self.entry = entry


@dataclass(frozen=True, slots=True)
class _Head:
    note: str
    size: int
    root: bytes


class _Verification:
    def __init__(self, checkpoints: Iterable[str], vkeys: Collection[str], origin: str) -> None:
        self.report = Report(trusted=sorted(vkeys))
        self.trusted = [Verifier.parse(vkey) for vkey in self.report.trusted]
        self.origin = origin or (self.trusted[0].name if self.trusted else "")
        self.heads = self._heads(checkpoints)
        self.named: list[Verifier] = []  # the keys the journal names, first to last
        self.rotated: tuple[int, Verifier, bool] | None = None  # at which entry, from which, which was lost
        self.frontier = Frontier()
        self.vouched = 0  # the last checkpoint that fitted

    def run(self, entries: Iterable[Told]) -> Report:
        report, seq, at = self.report, 0, ""
        try:
            self._judge_heads(0)
            for told in entries:
                self._append(told, seq + 1, at)
                seq, at = told.seq, told.at
                self._judge_heads(seq)
            if self.heads:
                raise _Wrong(f"missing: a checkpoint was signed over {self.heads[0].size} entries")
        except _Wrong as problem:
            report.faults.append(Fault(problem.entry or seq + 1, str(problem)))
        if self.vouched > report.signed or not self.vouched:
            report.faults.append(Fault(0, self._untrusted()))
        report.size, report.at, report.root = seq, at, self.frontier.root()
        report.trusted = [one.vkey for one in self.trusted]
        return report

    def _untrusted(self) -> str:
        if not self.vouched:
            return "no checkpoint fits: nobody vouches for what the journal says"
        key = self.named[-1].vkey if self.named else "an unknown key"
        return f"what follows entry {self.report.signed} is signed by a key that is not trusted: {key}"

    def _judge_heads(self, size: int) -> None:
        while self.heads and self.heads[0].size == size:
            self._judge(self.heads.popleft())

    def _append(self, told: Told, seq: int, at: str) -> None:
        if told.seq != seq:
            raise _Wrong(f"missing, repeated or out of order: entry {told.seq} stands in its place")
        if told.at < at or len(told.at) != _INSTANT:
            raise _Wrong(f"its instant {told.at} is before that of the entry before it, or not an instant")
        leaf = leaf_hash(b'{"at":"%s","commitment":"%s","seq":%d}' % (told.at.encode(), _digest(told), seq))
        if told.nodes is not None and leaf != told.nodes[:SIZE]:
            raise _Wrong("what it says is not what was sealed")
        completed = self.frontier.append(leaf)
        if told.nodes is not None and completed != told.nodes:
            raise _Wrong("the tree does not continue that of the entries before it")
        if told.public is not None and told.public.startswith(_KEY_ACTS):
            self._name_key(told)

    def _name_key(self, told: Told) -> None:
        try:
            said = json.loads(told.public or b"")["said"]
            new = Verifier.parse(said["new"])
        except (KeyError, TypeError, ValueError):
            raise _Wrong("it names a key that cannot be read") from None
        if self.named and said.get("old") != self.named[-1].vkey:
            raise _Wrong("it replaces a key that was not the journal's")
        if self.named:
            self.rotated = (told.seq, self.named[-1], bool(said.get("lost")))
        self.named.append(new)

    def _judge(self, head: _Head) -> None:
        """A checkpoint against the tree of its size, and the keys that may sign there."""
        if self.frontier.root() != head.root:
            raise _Wrong(
                f"the entries {self.vouched + 1} to {head.size} are not those over which the checkpoint of"
                f" {head.size} entries was signed",
                self.vouched + 1,
            )
        keys = self._keys_at(head.size)
        signers = [key for key in keys if _signed(head, key)]
        if not signers:
            raise _Wrong(
                f"the checkpoint of {head.size} entries is forged: none of the journal's keys has signed it",
                head.size,
            )
        self.vouched = head.size
        if any(key in self.trusted for key in signers):
            self.report.signed = head.size
            if self._passed_on(head.size) and keys[0] in signers and keys[0] not in self.trusted:
                self.trusted.append(keys[0])

    def _keys_at(self, size: int) -> list[Verifier]:
        """The key that the journal names last; at the rotation itself also the one before."""
        keys = self.named[-1:] or self.trusted
        return [*keys, self.rotated[1]] if self._passed_on(size) and self.rotated else keys

    def _passed_on(self, size: int) -> bool:
        """Whether this is the checkpoint by which a key vouches for its successor."""
        return self.rotated is not None and self.rotated[0] == size and not self.rotated[2]

    def _heads(self, notes: Iterable[str]) -> deque[_Head]:
        heads = []
        for note in notes:
            try:
                checkpoint = Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
            except NoteError as problem:
                self.report.faults.append(Fault(0, f"a checkpoint cannot be read: {problem}"))
                continue
            if checkpoint.origin != self.origin:
                self.report.faults.append(Fault(0, f"a checkpoint is of another journal: {checkpoint.origin}"))
                continue
            heads.append(_Head(note, checkpoint.size, checkpoint.root))
        return deque(sorted(heads, key=lambda head: head.size))


def _digest(told: Told) -> bytes:
    """The commitment of an entry in hexadecimal, from what it tells if it tells anything."""
    if told.public is None:
        if told.commitment is None or len(told.commitment) != SIZE:
            raise _Wrong("neither what it says nor its commitment is there")
        return told.commitment.hex().encode()
    if len(told.salt) != SALT_SIZE or len(told.private) != SIZE:
        raise _Wrong("its salt or the hash of its private part is cut short")
    digest = sha256(public_hash(told.salt, told.public) + told.private).digest()
    if told.commitment is not None and told.commitment != digest:
        raise _Wrong("what it says is not what its commitment was made of")
    if told.is_public is not None and told.is_public is not told.public.startswith(b'{"act":'):
        raise _Wrong("it is shown though it tells nothing, or hidden though it tells something")
    return digest.hex().encode()


def _signed(head: _Head, key: Verifier) -> bool:
    try:
        open_note(head.note, [key])
    except UnknownKey:
        return False
    except NoteError as problem:
        raise _Wrong(f"the checkpoint of {head.size} entries is forged: {problem}", head.size) from None
    return True


def expected_rows(entries: Iterable[Told], manifests: Mapping[int, bytes]) -> dict[tuple[str, str], bytes | None]:
    """How the rows of the record must stand after the entries: by table and ref the hash of the row (see
    `rows.row_hash`), or None where it was taken away and must not be there.

    `manifests` are those of the loads, by the number of their entry. Raises `rows.BadManifest` for one that
    is missing or not the one its entry names, ValueError for an entry that is not canonical."""
    expected: dict[tuple[str, str], bytes | None] = {}
    for told in entries:
        for table, ref, digest in _decided(told, manifests):
            expected[table, ref] = digest
    return expected


def _decided(told: Told, manifests: Mapping[int, bytes]) -> Iterator[rows.Row]:
    # Cheap, and exact: inside a text the quotation marks would be escaped.
    if told.public is None or (b'"facts":[]' in told.public and b'"manifest"' not in told.public):
        return
    content = json.loads(told.public)
    plain = _dump(content).encode() == told.public
    if not plain and canonical(content) != told.public:
        raise ValueError(f"entry {told.seq} is not in its canonical form")
    name = content.get("said", {}).get("manifest")
    if name and content["act"] == "exchange.load":
        blob = manifests.get(told.seq)
        if blob is None or rows.digest(blob) != name:
            raise rows.BadManifest(f"the manifest of entry {told.seq} is missing, or not the one it names")
        yield from rows.unpack(blob)
    for fact in content.get("facts", ()):
        yield fact["table"], fact["ref"], _row_hash(fact, plain) if fact["row"] is not None else None


def _row_hash(fact: dict[str, Any], plain: bool) -> bytes:
    """The hash of a row; where plain JSON already is the canonical form, several times as fast."""
    told = {name: fact[name] for name in ("table", "ref", "row")}
    return sha256(_dump(told).encode()).digest() if plain else rows.row_hash(**told)
