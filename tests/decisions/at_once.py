"""Several at once on a database of their own, with the real lock; and what must hold of the record afterwards."""

import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connection

from chancery.core import tables
from chancery.core.models import Source
from chancery.core.refusals import Refusal
from chancery.exchange import verification
from chancery.journal.acts import checkpoint, recording, seal
from chancery.journal.models import Entry
from tests.cast import STATES, state
from tests.decisions import texts

FOUNDED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
LOCKING = ("BEGIN IMMEDIATE", "SELECT pg_advisory_xact_lock")
PATIENCE = 15  # seconds that a thread may take; none takes one


def stage() -> None:
    """Four members, a body and its session, told by the journal as a record is."""
    call_command("createcachetable")
    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    for ref, name in STATES.items():
        state(ref, name)
    texts.session("soc")
    with time_machine.travel(FOUNDED, tick=False), recording():
        seal("exchange.load", facts=[row for table in tables.all_tables() for row in table.model.objects.all()], by="x")


def journal_holds() -> None:
    """The journal verifies, and its instants never run backwards."""
    checkpoint()
    assert verification.here(verification.own_key()).sound
    instants = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert all(one <= other for one, other in itertools.pairwise(instants))


class Doing(threading.Thread):
    """Somebody who does something in a connection of their own. `asks` is set when the lock is asked for."""

    def __init__(self, do: Callable[[], Any]) -> None:
        super().__init__()
        self.do, self.asks = do, threading.Event()
        self.made: Any = None
        self.refused: Refusal | None = None
        self.start()

    def run(self) -> None:
        try:
            with connection.execute_wrapper(self._watch):
                self.made = self.do()
        except Refusal as refusal:
            self.refused = refusal
        finally:
            connection.close()

    def _watch(self, execute: Any, sql: str, *given: Any) -> Any:
        if sql.startswith(LOCKING):
            self.asks.set()
        return execute(sql, *given)

    def waits(self) -> "Doing":
        """When it asked for the lock."""
        assert self.asks.wait(PATIENCE), "it never asked for the lock"
        return self

    def ended(self) -> "Doing":
        self.join(PATIENCE)
        assert not self.is_alive(), "it waits still"
        return self


@contextmanager
def locked() -> Iterator[None]:
    """Another transaction holds the write lock."""
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with recording():
            held.set()
            assert free.wait(PATIENCE)

    holder = Doing(hold)
    assert held.wait(PATIENCE)
    try:
        yield
    finally:
        free.set()
        holder.ended()
