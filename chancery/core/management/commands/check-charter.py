"""Says whether charters can be used, and what is wrong with them, line by line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from chancery.core import charter


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="+", type=Path)

    def handle(self, *args: Any, file: list[Path], **options: Any) -> None:
        faults = 0
        for path in file:
            try:
                found = charter.read(path)
            except charter.CharterFaults as problem:
                faults += len(problem.faults)
                self.stderr.write(str(problem))
            else:
                self.stdout.write(f"{path}: the charter of {found.name.texts[found.reference_language]} is in order")
        if faults:
            raise CommandError(f"{faults} faults")
