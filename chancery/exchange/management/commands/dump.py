"""chancery dump: writes the record as plain files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.exchange.dump import dump
from chancery.exchange.progress import Progress


class Command(BaseCommand):
    help = "Writes the public record as a folder of plain files; see docs/record-format.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with Progress() as watch:
                dump(folder, watch)
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
        self.stdout.write(f"Written to {folder}.")
