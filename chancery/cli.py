"""The console command: the organisation's commands, and Django's under it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    words = sys.argv[1:]
    if "--practice" in words:
        words.remove("--practice")
        practise()
    if words[:1] == ["serve"]:
        from chancery.serve import serve

        sys.exit(serve(words[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chancery.settings")
    from chancery.core.charter import CharterFaults

    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["chancery", *words])
    except CharterFaults as faults:
        sys.exit(f"The charter cannot be used:\n{faults}")


def practise() -> None:
    """Turns to the invented organisation: its own charter, record and database."""
    os.environ["CHANCERY_PRACTICE"] = "1"
    os.environ.setdefault("CHANCERY_CHARTER", str(ROOT / "records" / "practice" / "charter.toml"))
    os.environ.setdefault("CHANCERY_HOME", str(ROOT / "var" / "practice"))
