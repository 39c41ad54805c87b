"""Makes everything ready to serve: tables, static files, the record of an empty database, practice accounts."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chancery.journal.models import Entry


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--record", type=Path, default=None, help="the folder to load into an empty database")

    def handle(self, *args: Any, record: Path | None, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        self._static()
        if record and not Entry.objects.exists():
            self.stdout.write(f"Loading the record from {record} …")
            call_command("load", str(record))
        accounts = record.with_name(f"{record.name}-accounts.toml") if record else None
        if settings.PRACTICE and accounts and accounts.exists():
            call_command("practice-accounts", str(accounts))
            call_command("rehearse")

    def _static(self) -> None:
        """Collects the static files when any of them changed."""
        stamp = settings.STATIC_ROOT / ".stamp"
        seen = sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                seen.update(f"{path} {Path(storage.path(path)).stat().st_mtime_ns}\n".encode())
        if not stamp.exists() or stamp.read_text(encoding="ascii") != seen.hexdigest():
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(seen.hexdigest(), encoding="ascii")
