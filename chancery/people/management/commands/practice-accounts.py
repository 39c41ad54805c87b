"""`chancery practice-accounts FILE`: accounts with known secrets, for a practice installation only."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chancery.core.refusals import Refusal
from chancery.people import acts, policy


class Command(BaseCommand):
    help = "Loads accounts with known secrets. Refused unless CHANCERY_PRACTICE is set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError("these accounts have known passwords: only a practice installation loads them")
        try:
            entries = tomllib.loads(file.read_text(encoding="utf-8"))["accounts"]
            touched = acts.load_practice_accounts(entries=entries, by=policy.OPERATOR)
        except OSError as problem:
            raise CommandError(str(problem)) from None
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as problem:
            raise CommandError(f"{file.name}: {problem!r}") from None
        except Refusal as refusal:
            raise CommandError(f"{file.name}: {refusal.english}") from None
        self.stdout.write(f"{touched} of {len(entries)} accounts made or put back")
