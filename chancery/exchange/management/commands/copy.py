"""chancery copy: writes everything public, so that anybody can verify it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.exchange.copies import copy
from chancery.exchange.progress import Progress


class Command(BaseCommand):
    help = "Writes the record, the journal and its signed heads into a folder; `chancery verify` reads it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with Progress() as watch:
                copy(folder, watch)
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
        self.stdout.write(f"Written to {folder}.")
