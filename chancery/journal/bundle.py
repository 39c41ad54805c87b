"""A few entries of the journal with all that proves them, in one file that anybody verifies offline.

bundle.json           the format, the entry that the bundle is about, and the key to compare with one's own
entries/<seq>.json    one part of an entry with its salt and the hash of the other part, and the path from the entry to
                      the root of a signed head
heads/<size>.txt      the signed heads
manifests/<seq>       of a load: the rows that it wrote, each as its hash (see rows.py)
rows/<seq>.json       of a load: the rows that the bundle is about, in full
text.json, text.txt   the text that was decided: its canonical JSON, whose SHA-256 is the digest by which it is known,
                      and the same to read

An entry of a private act is given with what was done, to those who may read it, and without the account that acted:
that is the other part, of which a bundle holds the hash. The same entries always give the same bytes.

Nothing here knows Django or the database: what is trusted is a key that whoever verifies already has.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from chancery.core.canonical import canonical

from . import rows
from .leaf import SALT_SIZE, private_hash, public_hash
from .note import Checkpoint, NoteError, UnknownKey, Verifier, open_note
from .tree import SIZE, leaf_hash, verify_inclusion

FORMAT = 1
MOST_FILES = 400
LARGEST = 64 * 1024 * 1024  # bytes of all files of a bundle together, unpacked
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_INDEX, _TEXT, _READABLE = "bundle.json", "text.json", "text.txt"
_NAME = re.compile(r"bundle\.json|text\.(json|txt)|entries/[1-9]\d{0,14}\.json|heads/[1-9]\d{0,14}\.txt"
                   r"|manifests/[1-9]\d{0,14}|rows/[1-9]\d{0,14}\.json")  # fmt: skip
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip


class BadBundle(ValueError):
    """A file that is not a bundle, or cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Witness:
    """An entry as a bundle tells it: `text` is the canonical JSON of its public part (or, if not `is_public`, of its
    private one), `other` the hash of the other part; `path` leads to the root of the head of `size` entries."""

    seq: int
    at: str
    is_public: bool
    text: str
    salt: bytes
    other: bytes
    size: int
    path: Sequence[bytes]

    @property
    def content(self) -> dict[str, Any]:
        """What it decided. Raises ValueError for a text that is not canonical JSON."""
        try:
            found = json.loads(self.text)
            if isinstance(found, dict) and canonical(found) == self.text.encode():
                return found
        except (TypeError, RecursionError):
            pass
        raise ValueError("it is not in its canonical form")

    def leaf(self) -> bytes:
        """The hash of the leaf that the entry is in the tree."""
        own = (public_hash if self.is_public else private_hash)(self.salt, self.text.encode())
        parts = own + self.other if self.is_public else self.other + own
        commitment = sha256(parts).hexdigest()
        return leaf_hash(f'{{"at":"{self.at}","commitment":"{commitment}","seq":{self.seq}}}'.encode())


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds. `entry` is the one it is about; `key` only tells with which key to compare."""

    entry: int
    key: str
    witnesses: Sequence[Witness]
    heads: Mapping[int, str]
    manifests: Mapping[int, bytes] = field(default_factory=dict)
    rows: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    text: Mapping[str, Any] | None = None

    def pack(self) -> bytes:
        """The file. Raises BadBundle for one that is larger than anybody would read."""
        index = {"entry": self.entry, "format": FORMAT, "key": self.key}
        files = {_INDEX: canonical(index)}
        files |= {f"entries/{one.seq}.json": canonical(_written(one)) for one in self.witnesses}
        files |= {f"heads/{size}.txt": note.encode() for size, note in self.heads.items()}
        files |= {f"manifests/{seq}": blob for seq, blob in self.manifests.items()}
        files |= {f"rows/{seq}.json": canonical([dict(one) for one in told]) for seq, told in self.rows.items()}
        if self.text is not None:
            files |= {_TEXT: canonical(dict(self.text)), _READABLE: readable(self.text).encode()}
        if sum(map(len, files.values())) > LARGEST or len(files) > MOST_FILES:
            raise BadBundle("is too large for a bundle")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name in sorted(files):
                info = zipfile.ZipInfo(name, _MOMENT)
                info.external_attr = 0o644 << 16
                archive.writestr(info, files[name])
        return packed.getvalue()


def readable(text: Mapping[str, Any]) -> str:
    """A text as lines to read: its paragraphs with the ids by which they are known."""
    lines = [f"[{one['id']}] {one['text']}" for one in text["blocks"]]
    return "\n\n".join([f"({text['language']})", *lines]) + "\n"


# ---------------------------------------------------------------- reading
def read(data: bytes) -> Bundle:
    """A bundle from its file, read with suspicion. Raises BadBundle."""
    files = _unpacked(data)
    index = _json(files, _INDEX, dict)
    if index.get("format") != FORMAT:
        raise BadBundle(f"is a bundle of another format than {FORMAT}; verify it with a newer release")
    numbers = {kind: _numbers(files, kind) for kind in ("entries", "heads", "manifests", "rows")}
    try:
        bundle = Bundle(
            entry=int(index["entry"]),
            key=str(index["key"]),
            witnesses=[_witness(seq, _json(files, f"entries/{seq}.json", dict)) for seq in numbers["entries"]],
            heads={size: files[f"heads/{size}.txt"].decode() for size in numbers["heads"]},
            manifests={seq: _manifest(files[f"manifests/{seq}"]) for seq in numbers["manifests"]},
            rows={seq: [_row(one) for one in _json(files, f"rows/{seq}.json", list)] for seq in numbers["rows"]},
            text=_text(files),
        )
    except (ArithmeticError, LookupError, TypeError, ValueError, zlib.error) as problem:
        raise problem if isinstance(problem, BadBundle) else BadBundle(f"is not a bundle: {problem}") from None
    if bundle.entry not in numbers["entries"]:
        raise BadBundle(f"is incomplete: entry {bundle.entry}, which it is about, is not in it")
    return bundle


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = [one.filename for one in members]
            if len(names) > MOST_FILES or sum(one.file_size for one in members) > LARGEST:
                raise BadBundle("is larger than a bundle ever is; it was not unpacked")
            for name in names:
                if not _NAME.fullmatch(name) or names.count(name) > 1:
                    raise BadBundle(f"is not a bundle: it holds {name!r}, which a bundle does not have, or has once")
            return dict(_files(archive, members))
    except _UNREADABLE as problem:
        raise BadBundle(f"cannot be read: it is not a bundle, or was cut off or damaged ({problem})") from None


def _files(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    left = LARGEST
    for one in members:
        with archive.open(one) as file:
            content = file.read(left + 1)  # whatever size its header tells
        left -= len(content)
        if left < 0:
            raise BadBundle("is larger than a bundle ever is; it was not unpacked")
        yield one.filename, content


def _numbers(files: Mapping[str, bytes], folder: str) -> list[int]:
    names = (name for name in files if name.startswith(f"{folder}/"))
    return sorted(int(name.removeprefix(f"{folder}/").partition(".")[0]) for name in names)


def _json(files: Mapping[str, bytes], name: str, shape: type) -> Any:
    if name not in files:
        raise BadBundle(f"is not a bundle: it holds no {name}")
    try:
        value = json.loads(files[name])
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, shape):
        raise BadBundle(f"is not a bundle: {name} cannot be read")
    return value


_TOLD = {"seq", "at", "part", "text", "salt", "other", "size", "path"}


def _written(one: Witness) -> dict[str, Any]:
    return {
        "seq": one.seq, "at": one.at, "part": "public" if one.is_public else "private", "text": one.text,
        "salt": one.salt.hex(), "other": one.other.hex(), "size": one.size, "path": [node.hex() for node in one.path],
    }  # fmt: skip


def _witness(seq: int, told: Mapping[str, Any]) -> Witness:
    if set(told) != _TOLD or told["seq"] != seq or told["part"] not in ("public", "private"):
        raise BadBundle(f"is not a bundle: entries/{seq}.json is not an entry")
    path = [bytes.fromhex(node) for node in told["path"]]
    salt, other = bytes.fromhex(told["salt"]), bytes.fromhex(told["other"])
    # Of fixed lengths, so that nothing could be cut at another place and still hash to the same.
    if len(salt) != SALT_SIZE or len(other) != SIZE or not _INSTANT.fullmatch(told["at"]):
        raise BadBundle(f"is not a bundle: entries/{seq}.json is not an entry")
    return Witness(
        seq, told["at"], told["part"] == "public", str(told["text"]), salt, other, int(told["size"]), path
    )


def _row(told: Any) -> "Row":
    if not isinstance(told, dict) or set(told) != {"table", "ref", "row"} or not isinstance(told["row"], dict):
        raise BadBundle("is not a bundle: it shows a row that is none")
    if not all(isinstance(one, str) for one in (told["table"], told["ref"], *told["row"].values())):
        raise BadBundle("is not a bundle: it shows a row whose cells are no text")
    return told


def _manifest(blob: bytes) -> bytes:
    """The list of rows of a load, after a look at how large it is unpacked."""
    if len(zlib.decompressobj().decompress(blob, LARGEST + 1)) > LARGEST:
        raise BadBundle("is larger than a bundle ever is; it was not unpacked")
    return blob


def _text(files: Mapping[str, bytes]) -> dict[str, Any] | None:
    if _TEXT not in files and _READABLE not in files:
        return None
    text: dict[str, Any] = _json(files, _TEXT, dict)
    blocks = text.get("blocks")
    if set(text) != {"blocks", "language"} or not isinstance(blocks, list):
        raise BadBundle(f"is not a bundle: {_TEXT} is not a text")
    if not all(isinstance(one, dict) and set(one) == {"id", "kind", "text"} for one in blocks):
        raise BadBundle(f"is not a bundle: {_TEXT} is not a text")
    if canonical(text) != files[_TEXT] or files.get(_READABLE) != readable(text).encode():
        raise BadBundle(f"was changed: {_READABLE} does not say what {_TEXT} says")
    return text


# ---------------------------------------------------------------- verifying
Row = Mapping[str, Any]
"""A row as an entry tells it: table, ref, and the cells."""


@dataclass(slots=True)
class Report:
    """What a bundle proves. `entry` is the one it is about, `decided` what that entry decided, `rows` the rows it
    tells, `size` the head under which it is; `digest` identifies the text, which is that of `version`. `faults` say
    what is wrong."""

    origin: str = ""
    entry: int = 0
    at: str = ""
    decided: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    digest: str = ""
    version: str = ""
    size: int = 0
    trusted: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def origin(bundle: Bundle) -> str:
    """The journal whose heads a bundle holds; empty where it holds none that can be read."""
    for note in bundle.heads.values():
        try:
            return Checkpoint.parse(note.rpartition("\n\n")[0] + "\n").origin
        except NoteError:
            continue
    return ""


def verify(bundle: Bundle, vkeys: Collection[str]) -> Report:
    """Verifies that each entry is in the journal under a head that a trusted key signed, that a load wrote the rows
    which the bundle shows, and that the text is the one that the entry names.

    `vkeys` are the keys that are trusted beforehand, never those of the bundle. A key that a trusted one vouched for
    when it was replaced is trusted too."""
    return _Verification(bundle, vkeys).run()


class _Verification:
    def __init__(self, bundle: Bundle, vkeys: Collection[str]) -> None:
        self.bundle, self.report = bundle, Report(entry=bundle.entry, trusted=sorted(vkeys))
        self.trusted = [Verifier.parse(vkey) for vkey in self.report.trusted]

    def run(self) -> Report:
        bundle, report = self.bundle, self.report
        report.origin = self.trusted[0].name if self.trusted else ""
        told: dict[int, list[Row]] = {}
        for one in bundle.witnesses:  # in their order, since a key is replaced before the new one signs
            try:
                told[one.seq] = self._proven(one)
            except ValueError as problem:
                report.faults.append(f"Entry {one.seq}: {problem}.")
        if bundle.entry in told:
            self._about(told)
        report.trusted = [one.vkey for one in self.trusted]
        return report

    def _proven(self, one: Witness) -> list[Row]:
        """The rows that an entry tells, after it was proven. Raises ValueError."""
        note = self.bundle.heads.get(one.size)
        if note is None:
            raise ValueError(f"the signed head of {one.size} entries, under which it should be, is not in the bundle")
        head = self._head(note, one.size)
        if not verify_inclusion(one.seq - 1, one.size, one.leaf(), one.path, head.root):
            raise ValueError("it is not in the journal as it stands here: what it says was changed, or its proof")
        content = one.content
        if one.is_public and content.get("act") == "journal.rotate-key" and not content["said"].get("lost"):
            self.trusted.append(Verifier.parse(content["said"]["new"]))
        if one.seq == self.bundle.entry:
            self.report.at, self.report.size, self.report.decided = one.at, one.size, content
        return [*_rows(content), *self._loaded(one.seq, content)]

    def _head(self, note: str, size: int) -> Checkpoint:
        try:
            head = Checkpoint.parse(open_note(note, self.trusted))
        except UnknownKey:
            raise ValueError(
                f"the head of {size} entries is not signed by a key that is trusted; the bundle names {self.bundle.key}"
            ) from None
        except NoteError as problem:
            raise ValueError(f"the head of {size} entries is forged: {problem}") from None
        if (head.size, head.origin) != (size, self.report.origin):
            raise ValueError(f"the head of {size} entries is another one: {head.size} entries of {head.origin}")
        return head

    def _loaded(self, seq: int, content: Mapping[str, Any]) -> list[Row]:
        """The rows that the bundle shows of a load. Raises ValueError for one that it did not write."""
        shown = self.bundle.rows.get(seq, ())
        if not shown:
            return []
        blob = self.bundle.manifests.get(seq)
        if blob is None or rows.digest(blob) != content.get("said", {}).get("manifest"):
            raise ValueError("the list of the rows that it wrote is missing, or not the one that it names")
        written = {(table, ref): digest for table, ref, digest in rows.unpack(blob)}
        for one in shown:
            if written.get((one["table"], one["ref"])) != rows.row_hash(one["table"], one["ref"], one["row"]):
                raise ValueError(f"it did not write {one['table']}:{one['ref']} as the bundle shows it")
        return list(shown)

    def _about(self, told: Mapping[int, list[Row]]) -> None:
        """The text is the one that the entry is about: of a version whose words an entry names by their digest, or
        tells in full."""
        report, text = self.report, self.bundle.text
        report.rows = told[self.bundle.entry]
        if text is None:
            return
        report.digest = sha256(canonical(dict(text))).hexdigest()
        of = {one["row"].get("version", "") for one in report.rows}
        of |= {one.removeprefix("versions:") for one in report.decided["subjects"] if one.startswith("versions:")}
        report.version = next((ref for ref, digest in self._named(told) if ref in of and digest == report.digest), "")
        if not report.version:
            report.faults.append(f"The text is not the one that entry {self.bundle.entry} is about: it was changed.")

    def _named(self, told: Mapping[int, list[Row]]) -> Iterator[tuple[str, str]]:
        """The versions whose words the proven entries name, each with its digest."""
        for one in self.bundle.witnesses:
            said = one.content.get("said", {}) if one.seq in told else {}
            if "version" in said and "digest" in said:
                yield said["version"], said["digest"]
        for row in (row for shown in told.values() for row in shown if row["table"] == "versions"):
            text = {"blocks": json.loads(row["row"]["blocks"]), "language": row["row"]["language"]}
            yield row["ref"], sha256(canonical(text)).hexdigest()


def _rows(content: Mapping[str, Any]) -> list[Row]:
    """The rows that an entry tells in the open, or keeps among what was said."""
    told = [*content.get("facts", ()), *content.get("said", {}).get("rows", ())]
    return [one for one in told if one.get("row") is not None]
