"""chancery backup: the whole installation in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.exchange.backup import backup


class Command(BaseCommand):
    help = "Writes database, files and charter into one compressed file; `chancery restore` puts it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--with-key", action="store_true", help="also the secret key that signs the journal")

    def handle(self, *args: Any, file: Path, with_key: bool, **options: Any) -> None:
        try:
            backup(file.absolute(), with_key=with_key)
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
        self.stdout.write(f"Written to {file}. It holds accounts and private acts: keep it where only you can read it.")
        if with_key:
            self.stderr.write("It also holds the signing key: whoever has this file can sign in the journal's name.")
        else:
            self.stdout.write("The signing key is not in it; keep a copy of it elsewhere.")
