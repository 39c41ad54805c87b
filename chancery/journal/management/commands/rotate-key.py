"""Replaces the key that signs the journal's heads."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.journal import acts, keys, queries


class Command(BaseCommand):
    help = (
        "Replaces the key that signs the journal's heads; the old key vouches for the new one. With --lost,"
        " for a key that is lost or stolen, nobody does: publish the new key where the old one was published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lost", action="store_true", help="the old key is lost or must not be used any more"
        )

    def handle(self, *args: Any, lost: bool, **options: Any) -> None:
        try:
            acts.rotate(lost=lost)
        except (Refusal, keys.KeyMissing) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"The journal is now signed by {queries.vkeys()[-1].vkey}")
