"""How an act enters the record."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from chancery.core import tables
from chancery.core.canonical import canonical

from . import tree
from .leaf import Part, commit, leaf
from .models import Entry, Mention

_LOCK = 0x63686E63  # the advisory lock of PostgreSQL under which entries are written, "chnc"
_recording: ContextVar[bool] = ContextVar("recording", default=False)


@contextmanager
def recording() -> Iterator[None]:
    """One act of record: a transaction that holds the journal's write lock from its first line to its end, so
    that what a rule was asked about is still so when the act is written, and instants never run backwards.

    On SQLite the transaction is IMMEDIATE and is the lock itself. Acts may call acts: they are one."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        token = _recording.set(True)
        try:
            yield
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
    (`secretariat`, `chair`, `compilers`, `clock`); who exactly goes into `private`. `facts` are the rows as
    the act left them, `removed` those it took away; facts that do not belong to the public record are not
    told. `subjects` (`table:ref`) are mentioned besides the facts themselves. `said` is what else was decided.
    With `public=False` the world learns nothing but that an entry was made."""
    if not _recording.get():
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
    return append(act, {}, {**content, **(private or {})}, is_public=False)


def append(act: str, public: dict[str, Any], private: dict[str, Any], *, is_public: bool) -> Entry:
    """Appends one entry to the tree. Only `seal` and the journal's own acts call this."""
    last = Entry.objects.order_by("-seq").only("seq", "at").first()
    size = last.seq if last else 0
    now = dt.datetime.now(dt.UTC)
    at = max(now, last.at) if last else now  # a clock set back never reorders the record
    shown, hidden = Part(public), Part(private)
    frontier = tree.Frontier.at(size, _nodes)
    nodes = frontier.append(tree.leaf_hash(leaf(size + 1, at, commit(shown, hidden).digest)))
    entry = Entry.objects.create(
        seq=size + 1, at=at, act=act, is_public=is_public,
        public=canonical(public).decode(), public_salt=shown.salt,
        private=canonical(private).decode(), private_salt=hidden.salt, nodes=nodes,
    )  # fmt: skip
    subjects = (public or private).get("subjects", [])
    Mention.objects.bulk_create([Mention(entry=entry, subject=subject) for subject in subjects])
    return entry


def _nodes(numbers: Iterable[int]) -> dict[int, bytes]:
    """The stored hashes of the entries asked for, in one query."""
    return {seq: bytes(nodes) for seq, nodes in Entry.objects.filter(seq__in=numbers).values_list("seq", "nodes")}


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


def decided(entry: Entry) -> dict[str, Any]:
    """What an entry tells the public."""
    return json.loads(entry.public)
