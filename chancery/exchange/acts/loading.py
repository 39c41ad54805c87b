"""Taking a whole record in."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection

from chancery.core import tables
from chancery.journal.acts import recording, seal, seal_load
from chancery.journal.models import Entry
from chancery.people import policy
from chancery.people.policy import Person

from .. import files, store
from ..difference import Changed, Difference, compare
from ..folder import FILES
from ..record import Record, Watch, read, unwatched
from ..rules import AnotherDifference, FaultyRecord, NotReviewed, WrongValue

_TOLD = 200  # changed rows up to which an entry tells them one by one rather than by a manifest


def load(*, folder: Path, by: Person, accept: str = "", watch: Watch = unwatched) -> Entry | None:
    """Takes a whole record in as one act of the compilers of the record: all of it or nothing. Into an empty
    database everything is written; where a record is kept already, exactly the difference that was reviewed,
    named by its digest.

    Returns None where nothing differs. Raises `FaultyRecord`, `NotReviewed`, `AnotherDifference`."""
    policy.require(by, "exchange.load")
    files.sweep()
    record = checked(folder, watch)
    with recording():
        difference = compare(record, watch)
        if not difference:
            return None
        if not difference.into_empty and accept != difference.digest:
            if accept:
                raise AnotherDifference(found=difference.digest, accepted=accept)
            raise NotReviewed(difference)
        before = files.named()
        files.put(record.folder, difference.files)
        entry = _write(record, difference, watch, by)
    files.sweep(before)
    return entry


def checked(folder: Path, watch: Watch = unwatched) -> Record:
    """The record of a folder, nothing wrong with it. Raises `FaultyRecord`."""
    record = read(folder, settings.CHARTER, watch)
    if record.faults:
        raise FaultyRecord(record.faults)
    return record


def _write(record: Record, difference: Difference, watch: Watch, by: Person) -> Entry:
    gone = [change for change in difference.changes if change.after is None]
    changed = [change for change in difference.changes if change.before and change.after]
    removed = [_fact(change) for change in gone] if len(difference.changes) <= _TOLD else []
    kept = {name: _kept(name, [c.ref for c in changed if c.table == name]) for name in {c.table for c in changed}}
    try:
        for table in tables.all_tables():
            store.delete(table, (c.ref for c in (*gone, *changed) if c.table == table.name))
        for table in tables.all_tables():
            coming = [c.ref for c in difference.changes if c.after and c.table == table.name]
            values = (
                {**kept.get(table.name, {}).get(ref, {}), **record.rows[table.name][ref].values} for ref in coming
            )
            for written in store.insert(table, values):
                watch("writing", written)
        if not difference.into_empty:
            connection.check_constraints()
    except IntegrityError as problem:
        raise WrongValue(problem=f"the database does not allow it: {problem}") from None
    return _seal(record, difference, removed, by)


def _seal(record: Record, difference: Difference, removed: list[Any], by: Person) -> Entry:
    """A small difference is told row by row, a whole record or files by a manifest."""
    if difference.into_empty or difference.files or len(difference.changes) > _TOLD:
        told = [(c.table, c.ref, c.after) for c in difference.changes]
        told += [(FILES, name, bytes.fromhex(record.files[name])) for name in difference.files]
        subjects = [f"{c.table}:{c.ref}" for c in difference.changes][:_TOLD] if not difference.into_empty else ()
        return seal_load(
            digest=record.digest, counts=record.counts, written=told, subjects=subjects, **policy.signed(by)
        )
    facts = [_fact(change) for change in difference.changes if change.after]
    said = {"digest": record.digest, "counts": record.counts}
    return seal("exchange.load", facts=facts, removed=removed, said=said, **policy.signed(by))


def _fact(change: Changed) -> Any:
    return store.facts(tables.table(change.table)).get(pk=change.ref)


def _kept(table: str, refs: list[str]) -> dict[str, dict[str, Any]]:
    """What the database keeps of rows, so that what the record does not tell stays as it is."""
    model = tables.table(table).model
    return {
        ref: {field.attname: getattr(fact, field.attname) for field in model._meta.concrete_fields}
        for ref, fact in model._base_manager.in_bulk(refs).items()
    }
