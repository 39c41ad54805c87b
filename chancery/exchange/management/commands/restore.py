"""chancery restore: puts a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.exchange.backup import restore


class Command(BaseCommand):
    help = "Puts a backup back, in one step, and verifies it. Stop everything that serves this home first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="in the place of all that is there now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            about = restore(file, replace=replace)
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
        self.stdout.write(f"Restored: {about['entries']} entries, from release {about['release']}.")
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("verify", stdout=self.stdout, stderr=self.stderr, skip_checks=True)
