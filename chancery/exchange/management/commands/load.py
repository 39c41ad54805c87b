"""chancery load: takes a record in from plain files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.exchange import acts
from chancery.exchange.progress import Progress
from chancery.exchange.rules import FaultyRecord, NotReviewed
from chancery.journal.acts import checkpoint
from chancery.journal.keys import KeyMissing
from chancery.people.policy import COMPILERS

_SHOWN = 200


class Command(BaseCommand):
    help = "Loads a record from a folder of plain files, all of it or nothing; see docs/record-format.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--accept", default="", metavar="DIGEST", help="apply the difference that was reviewed")

    def handle(self, *args: Any, folder: Path, accept: str, **options: Any) -> None:
        try:
            with Progress() as watch:
                entry = acts.load(folder=folder, by=COMPILERS, accept=accept, watch=watch)
        except NotReviewed as refusal:
            for line in refusal.difference.lines():
                self.stdout.write(line)
            self.stdout.write(f"difference {refusal.difference.digest}")
            raise CommandError(f"{refusal.english} (--accept {refusal.difference.digest})") from None
        except FaultyRecord as refusal:
            self._faults(refusal)
            raise CommandError(refusal.english) from None
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
        if entry is None:
            self.stdout.write("Nothing differs; nothing was changed.")
            return
        self.stdout.write(f"Recorded as entry {entry.seq}.")
        try:
            checkpoint()  # so that what was loaded is vouched for before the clock comes round
        except KeyMissing as problem:
            self.stderr.write(f"The journal's head was not signed: {problem}")

    def _faults(self, refusal: FaultyRecord) -> None:
        for fault in refusal.faults[:_SHOWN]:
            self.stderr.write(str(fault), self.style.NOTICE)
        if len(refusal.faults) > _SHOWN:
            self.stderr.write(f"… and {len(refusal.faults) - _SHOWN} more", self.style.NOTICE)
