"""chancery verify: whether the record is what its entries decided."""

import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.exchange import copies, distant, trust, verification
from chancery.journal import bundle as bundles
from chancery.journal.note import Checkpoint, MalformedKey, NoteError, Verifier
from chancery.journal.verify import Report

_SHOWN = 200
_UNSOUND, _NOT_VERIFIED = 1, 2


class Command(BaseCommand):
    help = (
        "Verifies the database here, a copy in a folder, or a Chancery at an address: the journal, its signatures,"
        " and each row of the record against what was decided of it; or the bundle of a decision, with nothing but"
        " itself and the key that is trusted. Ends with 0 if all is sound, 1 if something"
        " is not, 2 if nothing could be verified."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "copy", nargs="?", default="", help="a folder, a bundle, or an address that begins with http"
        )
        parser.add_argument("--key", action="append", default=[], help="the public key of the journal that is trusted")
        parser.add_argument(
            "--trust", action="store_true", help="show the key that a copy names and trust it from now on"
        )

    def handle(self, *args: Any, copy: str, key: list[str], trust: bool, **options: Any) -> None:
        try:
            for one in key:
                Verifier.parse(one)
            if Path(copy).is_file():
                return self._bundle(Path(copy), key, trust)
            with tempfile.TemporaryDirectory(prefix="chancery-verify-") as place:
                report = self._report(copy, key, trust, Path(place))
        except (Refusal, MalformedKey, OSError) as problem:
            raise CommandError(str(problem), returncode=_NOT_VERIFIED) from None
        return self._tell(report)

    def _bundle(self, path: Path, vkeys: list[str], add: bool) -> None:
        """Verifies the bundle of a decision."""
        if add:
            reason = "A bundle is no source of trust. Take the key from where the organisation published it."
            raise CommandError(reason, returncode=_NOT_VERIFIED)
        try:
            if path.stat().st_size > 2 * bundles.LARGEST:
                raise bundles.BadBundle("is larger than a bundle ever is; it was not read")
            bundle = bundles.read(path.read_bytes())
        except bundles.BadBundle as problem:
            raise CommandError(f"{path.name} {problem}.", returncode=_UNSOUND) from None
        report = bundles.verify(bundle, self._needed(vkeys or trust.known(bundles.origin(bundle)), path.name))
        for line in _proven(report):
            self.stdout.write(line)
        for fault in report.faults:
            self.stdout.write(fault, self.style.ERROR)
        if report.faults:
            raise CommandError("Not sound.", returncode=_UNSOUND)
        self.stdout.write("Sound: the journal holds this entry, and a key that you trust vouches for it.")

    def _report(self, copy: str, vkeys: list[str], add: bool, place: Path) -> Report:
        if not copy:
            return verification.here(self._needed(vkeys or verification.own_key(), "this database"))
        folder = Path(copy)
        if copy.startswith(("http://", "https://")):
            distant.fetch(copy, place)
            folder = place / "copy"
        elif not folder.is_dir():
            raise CommandError(f"{copy} is not a folder.", returncode=_NOT_VERIFIED)
        if add:
            self._trust(folder)
        return verification.copy(folder, self._needed(vkeys or trust.known(_origin(folder)), copy))

    def _needed(self, vkeys: list[str], what: str) -> list[str]:
        if not vkeys:
            reason = f"No key is trusted for {what}. Give it with --key, from where the organisation published it."
            raise CommandError(reason, returncode=_NOT_VERIFIED)
        return vkeys

    def _trust(self, folder: Path) -> None:
        vkey = _named(folder)
        if not vkey:
            raise CommandError("The copy names no key.", returncode=_NOT_VERIFIED)
        self.stdout.write(f"Trusted from now on, in {trust.place()}: {vkey}")
        self.stdout.write("Compare it with what the organisation published elsewhere.")
        trust.add(vkey)

    def _tell(self, report: Report) -> None:
        self.stdout.write(
            f"{report.size} entries, {report.signed} of them under a signed head; root {report.root.hex()}"
        )
        for fault in report.faults[:_SHOWN]:
            self.stdout.write(str(fault), self.style.ERROR)
        if report.faults:
            raise CommandError(f"Not sound: {len(report.faults)} faults.", returncode=_UNSOUND)
        self.stdout.write("Sound: the journal is whole, and every row is what was decided.")


def _proven(report: bundles.Report) -> Iterator[str]:
    """What a bundle says, line by line; a sentence for what is proven of it."""
    if not report.decided:
        return
    what = f"{report.decided['act']}, by {report.decided['by']}"
    yield f"Entry {report.entry} of {report.origin}, sealed {report.at}: {what}"
    for one in report.rows:
        row = one["row"]
        if one["table"] == "decisions" and (not report.version or row.get("version") == report.version):
            titles = [cell for name, cell in row.items() if name.startswith("title.")]
            title = row.get("title.en") or next(iter(titles), "")
            yield f"  {row.get('number') or one['ref']}: {title} ({row['body']}, {row['verb']}, {row['taken']})"
    if report.version:
        yield f"  The text is that of version {report.version}, SHA-256 {report.digest}"
    yield f"It is under the signed head of {report.size} entries."


def _origin(folder: Path) -> str:
    """The journal whose heads a copy holds."""
    for note in copies.checkpoints(folder):
        try:
            return Checkpoint.parse(note.rpartition("\n\n")[0] + "\n").origin
        except NoteError:
            continue
    return ""


def _named(folder: Path) -> str:
    """The key that a copy names last."""
    named = ""
    try:
        for told in copies.entries(folder):
            content = json.loads(told.public or b"{}")
            if content.get("act") in ("journal.announce-key", "journal.rotate-key"):
                named = content["said"]["new"]
    except (ValueError, KeyError, TypeError):
        return ""
    return named
