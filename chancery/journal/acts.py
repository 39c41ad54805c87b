"""How an act enters the record."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from chancery.core import tables
from chancery.core.canonical import canonical
from chancery.core.refusals import Refusal, sentence

from . import keys, note, queries, tree
from .leaf import Part, commit, leaf
from .models import Checkpoint, Entry, Manifest, Mention
from .note import Signer
from .rows import Row, pack
from .rows import digest as manifest_digest

_LOCK = 0x63686E63  # the advisory lock of PostgreSQL under which entries are written, "chnc"
_recording: ContextVar[dt.datetime | None] = ContextVar("recording", default=None)  # the instant of the act


class NoKeyYet(Refusal):
    """There is no key to replace."""

    sentence = sentence("No signing key has been announced yet: it is, when the first head is signed.")


@contextmanager
def recording() -> Iterator[dt.datetime]:
    """One act of record: a transaction that holds the journal's write lock from its first line to its end, so
    that what a rule was asked about is still so when the act is written, and instants never run backwards.

    Gives the instant of the act, which its entries bear: that of the lock, never before the last entry's. On SQLite
    the transaction is IMMEDIATE and is the lock itself. Acts may call acts: they are one."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        at = _recording.get() or _instant()
        token = _recording.set(at)
        try:
            yield at
        finally:
            _recording.reset(token)


def seal(
    act: str,
    *,
    by: str,
    subjects: Iterable[str] = (),
    facts: Iterable[models.Model] = (),
    removed: Iterable[models.Model] = (),
    said: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    public: bool = True,
) -> Entry:
    """Writes one entry of the journal, as the last thing an act does inside `recording()`.

    `act` names the verb (`parties.admit`); `by` says in which capacity it was done, in public words
    (`secretariat`, `chair`, `compilers`, `clock`); who exactly goes into `private`, as `account`. `facts` are the
    rows as the act left them, `removed` those it took away; facts that do not belong to the public record are not
    told. `subjects` (`table:ref`) are mentioned besides the facts themselves. `said` is what else was
    decided. With `public=False` the world learns nothing but that an entry was made; who exactly acted is then a part
    of its own, so that whoever may read what was done need not be told."""
    if _recording.get() is None:
        raise RuntimeError("seal() belongs inside recording()")
    told = [_told(fact, kept=True) for fact in facts] + [_told(fact, kept=False) for fact in removed]
    content = {
        "act": act,
        "by": by,
        "facts": [one for one in told if one],
        "subjects": sorted({*subjects, *(f"{one['table']}:{one['ref']}" for one in told if one)}),
        **({"said": dict(said)} if said else {}),
    }
    if public:
        return append(act, content, dict(private or {}), is_public=True)
    kept = {**content, **(private or {})}
    who = {"account": kept.pop("account")} if "account" in kept else {}
    return append(act, who, kept, is_public=False)


def append(act: str, public: dict[str, Any], private: dict[str, Any], *, is_public: bool) -> Entry:
    """Appends one entry to the tree, of two parts: of a public act what the public is told and the rest, of a private
    one who acted and what was done. Only `seal` and the journal's own acts call this."""
    at = _recording.get() or _instant()
    size = queries.size()
    shown, hidden = Part(public), Part(private)
    frontier = tree.Frontier.at(size, queries.nodes)
    nodes = frontier.append(tree.leaf_hash(leaf(size + 1, at, commit(shown, hidden).digest)))
    entry = Entry.objects.create(
        seq=size + 1, at=at, act=act, is_public=is_public,
        public=canonical(public).decode(), public_salt=shown.salt,
        private=canonical(private).decode(), private_salt=hidden.salt, nodes=nodes,
    )  # fmt: skip
    _mention(entry, public if is_public else private)
    return entry


def _instant() -> dt.datetime:
    """Now, or the instant of the last entry where that is later: a clock set back never reorders the record."""
    now = dt.datetime.now(dt.UTC)
    last = Entry.objects.order_by("-seq").values_list("at", flat=True).first()
    return max(now, last) if last else now


def _mention(entry: Entry, content: Mapping[str, Any]) -> None:
    told = {f"{fact['table']}:{fact['ref']}" for fact in content["facts"]}
    Mention.objects.bulk_create(
        Mention(entry=entry, subject=subject, tells=subject in told) for subject in content["subjects"]
    )


def _told(fact: models.Model, *, kept: bool) -> dict[str, Any] | None:
    """A fact as an entry tells it: its cells, or that it is gone. None where the record does not hold it."""
    try:
        table = tables.table_of(type(fact))
    except LookupError:
        return None
    if not table.public(fact):
        return None
    row = table.row(fact, settings.CHARTER.languages) if kept else None
    return {"table": table.name, "ref": str(fact.pk), "row": row}


def seal_load(
    *,
    digest: str,
    counts: Mapping[str, int],
    written: Iterable[Row],
    by: str,
    subjects: Iterable[str] = (),
    private: Mapping[str, Any] | None = None,
) -> Entry:
    """Seals a load as one entry: the record was recorded from sources, not decided by anybody.

    `digest` identifies the record that was loaded, `counts` are its rows by table. `written` are the rows
    that the load wrote, by table and ref with their `rows.row_hash`, and those it took away with None. To be
    called inside `recording()`, last. Raises `rows.BadManifest` for a row that is named twice."""
    manifest = pack(written)
    said = {"digest": digest, "counts": dict(counts), "manifest": manifest_digest(manifest)}
    entry = seal("exchange.load", by=by, subjects=subjects, said=said, private=private)
    Manifest.objects.create(entry=entry, rows=manifest)
    return entry


def checkpoint() -> Checkpoint | None:
    """Signs the present head if it moved since the last checkpoint; None where it did not.

    The first time, the key is made and announced. Two clocks that come together make one checkpoint.
    Raises `keys.KeyMissing`."""
    latest = queries.checkpoint()
    if queries.size() == (latest.size if latest else 0):
        return None  # without the write lock, as nearly always
    with recording():
        signer = _signer()
        size = queries.size()
        return queries.checkpoint(size) or _sign(size, [signer])


def rotate(*, by: str = "operator", lost: bool = False) -> Checkpoint:
    """Replaces the signing key. The old key vouches for the new one: both sign the head that holds the entry.

    With `lost`, the old key is not used, and the entry says so; nobody then vouches for the new key, so that
    trust in it has to be renewed outside the journal. Raises `keys.KeyMissing` without `lost` where the old
    key is not there, `NoKeyYet` before the first was announced."""
    with recording():
        named = queries.vkeys()
        if not named:
            raise NoKeyYet
        old = named[-1].vkey
        signers = [] if lost else [keys.current(old)]
        new = keys.prepare()
        said = {"old": old, "new": new.verifier.vkey, **({"lost": True} if lost else {})}
        entry = seal("journal.rotate-key", by=by, subjects=[queries.KEY], said=said)
        signed = _sign(entry.seq, [*signers, new])
    keys.current(new.verifier.vkey)  # only now does the file of the old key give way
    return signed


def _signer() -> Signer:
    """The key the journal names; before the first, one is made and announced."""
    if named := queries.vkeys():
        return keys.current(named[-1].vkey)
    signer = keys.ensure()
    seal("journal.announce-key", by="clock", subjects=[queries.KEY], said={"new": signer.verifier.vkey})
    return signer


def _sign(size: int, signers: list[Signer]) -> Checkpoint:
    head = note.Checkpoint(keys.origin(), size, tree.root(size, queries.nodes))
    return Checkpoint.objects.create(size=size, at=dt.datetime.now(dt.UTC), note=note.sign_note(head.text(), signers))
