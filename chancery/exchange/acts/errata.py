"""Errata: a fact that was recorded wrongly is set right where everybody sees it, with what stood there before."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, router, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from chancery.core import tables
from chancery.core.refusals import Refusal
from chancery.core.tables import Column, Table
from chancery.journal.acts import recording, seal
from chancery.people import policy
from chancery.people.policy import Person

from .. import queries
from ..rules import Adopted, NothingCorrected, ReasonMissing, StillReferredTo, WrongValue

_CHECKED = 20_000  # rows up to which a table is checked as a whole after a correction


def correct(
    *, table: str, ref: str, column: str, value: Sequence[str], reason: str, source: str = "", by: Person
) -> Any:
    """Sets one column of a fact right. `value` are the column's cells as in the record's files (a localized text
    has one for each language, then that of the working translations); `source` (references) replaces where the
    fact is known from, if given. The history of the fact shows the reason and what stood there before.

    Raises `NoSuchFact`, `NoSuchColumn`, `Fixed`, `OnlyByCorrigendum`, `WrongValue`, `ReasonMissing`,
    `NothingCorrected`."""
    policy.require(by, "exchange.correct", f"{table}:{ref}")
    if not reason.strip():
        raise ReasonMissing
    with recording():
        described, fact = queries.fact(table, ref)
        languages = settings.CHARTER.languages
        before = described.row(fact, languages)
        faults = _faults(described)
        _set(described, fact, queries.correctable(described, column), value)
        if source and column != "source":
            _set(described, fact, queries.correctable(described, "source"), [source])
        after = described.row(fact, languages)
        if before == after:
            raise NothingCorrected
        _save(described, fact)
        if wrong := [reason for reason in _faults(described) if reason not in faults]:
            raise WrongValue(problem=wrong[0])
        said = {"reason": reason.strip(), **_differing(before, after)}
        seal("exchange.correct", facts=[fact], said=said, **policy.signed(by))
    return fact


def strike(*, table: str, ref: str, reason: str, by: Person) -> None:
    """Takes a fact out that was recorded by mistake and on which nothing stands. The journal keeps what it said.

    Raises `NoSuchFact`, `Fixed`, `OnlyByCorrigendum`, `Adopted`, `ReasonMissing`, `StillReferredTo`, `WrongValue`."""
    policy.require(by, "exchange.strike", f"{table}:{ref}")
    if not reason.strip():
        raise ReasonMissing
    with recording():
        described, fact = queries.fact(table, ref)
        queries.correctable(described)
        if described.name == "decisions" and fact.version_id:
            raise Adopted
        before = described.row(fact, settings.CHARTER.languages)
        if referring := _depending(fact) or queries.referring(described, ref):
            shown = ", ".join(referring[:5]) + (f" (+ {len(referring) - 5})" if len(referring) > 5 else "")
            raise StillReferredTo(facts=shown)
        faults = _faults(described)
        described.model._base_manager.filter(pk=ref)._raw_delete(using=router.db_for_write(described.model))
        if wrong := [reason for reason in _faults(described) if reason not in faults]:
            raise WrongValue(problem=wrong[0])
        seal("exchange.strike", removed=[fact], said={"reason": reason.strip(), "before": before}, **policy.signed(by))


def _set(table: Table, fact: Any, column: Column, cells: Sequence[str]) -> None:
    """Reads the cells as a load would and puts what they mean into the fact. Raises `WrongValue`."""
    languages = settings.CHARTER.languages
    if len(cells) != len(column.parts(languages)):
        raise WrongValue(problem=f"{column.name} has {len(column.parts(languages))} cells, not {len(cells)}")
    if column.required and not cells[0]:
        raise WrongValue(problem="must not be empty")
    try:
        values = column.read(cells, languages)
    except Refusal as refusal:
        raise WrongValue(problem=refusal.english) from None
    if problem := queries.problem(table, column, cells, values):
        raise WrongValue(problem=problem)
    for name, value in values.items():
        setattr(fact, name, value)
    if table.derive:
        for name, value in table.derive(queries.values(fact)).items():
            setattr(fact, name, value)


def _save(table: Table, fact: models.Model) -> None:
    try:
        with transaction.atomic():
            fact.save(force_update=True)
    except IntegrityError as problem:
        raise WrongValue(problem=f"it contradicts another fact of {table.name} ({problem})") from None


def _faults(table: Table) -> list[str]:
    """What the rules of the table say about all its rows: a correction must add nothing to it."""
    if not table.check or table.model._base_manager.count() > _CHECKED:
        return []
    rows = {row["ref"]: row for row in table.model._base_manager.values().iterator()}
    return [f"{ref}, {column}: {reason}" for ref, column, reason in table.check(rows)] if rows else []


def _depending(fact: models.Model) -> list[str]:
    """The rows that the database would not let stand without the fact, or would take away with it."""
    collector = Collector(using=router.db_for_write(type(fact)))
    try:
        collector.collect([fact])
    except ProtectedError as refused:
        return [_named(one) for one in refused.protected_objects]
    fast = [one for found in collector.fast_deletes for one in found if one != fact]
    return [_named(one) for group in (*collector.data.values(), fast) for one in group if one != fact]


def _named(fact: Any) -> str:
    try:
        return f"{tables.table_of(type(fact)).name}:{fact.pk}"
    except LookupError:
        return str(fact._meta.verbose_name)


def _differing(before: dict[str, str], after: dict[str, str]) -> dict[str, dict[str, str]]:
    """The cells that differ, as they were and as they are."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {
        "before": {name: before.get(name, "") for name in names},
        "after": {name: after.get(name, "") for name in names},
    }
