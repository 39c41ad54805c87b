"""chancery digest: an issue as PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chancery.core.asof import today
from chancery.core.refusals import Refusal
from chancery.newsroom import printing, queries


class Command(BaseCommand):
    help = "Writes an issue of the Digest as PDF: as it was published, else composed from the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="for example 2024-Q4")
        parser.add_argument("--lang", default=settings.CHARTER.interface[0], choices=settings.CHARTER.interface)
        parser.add_argument("--pdf", type=Path, required=True, metavar="FILE")
        parser.add_argument("--edition", type=int, metavar="N", help="the latest one is taken otherwise")

    def handle(self, *args: Any, quarter: str, lang: str, pdf: Path, edition: int | None, **options: Any) -> None:
        content = self._content(quarter.upper(), edition)
        try:
            pdf.write_bytes(printing.typeset(content, lang))
        except (ValueError, TimeoutError, OSError) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{pdf}: {pdf.stat().st_size:,} bytes")

    def _content(self, quarter: str, number: int | None) -> dict[str, Any]:
        found = queries.edition_on(quarter, today(), number)
        if found:
            self.stdout.write(f"Edition {found.edition} of {quarter}, published {found.published}.")
            return found.content
        if number:
            raise CommandError(f"Edition {number} of {quarter} was not published.")
        self.stdout.write(f"{quarter} was not published; this is composed from the record as it stands.")
        try:
            return queries.compose_edition(quarter, today())
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
