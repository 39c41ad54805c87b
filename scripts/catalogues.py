"""The catalogues of the interface. Collects the words from the code (needs GNU gettext) and compiles them;
`--check` says what is missing: words of the code without a place, Russian without a translation, stale files."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "chancery" / "locale"
COMPLETE = {"ru"}  # languages in which nothing may be missing
LANGUAGES = ["ru", "ar"]


def main() -> None:
    if "--check" in sys.argv:
        faults = check()
        sys.exit("\n".join(faults) if faults else 0)
    collect(ROOT)
    for language in LANGUAGES:
        catalogue(LOCALE, language).save_as_mofile(str(path(LOCALE, language, "mo")))


def path(locale: Path, language: str, kind: str) -> Path:
    return locale / language / "LC_MESSAGES" / f"django.{kind}"


def catalogue(locale: Path, language: str) -> polib.POFile:
    return polib.pofile(str(path(locale, language, "po")), wrapwidth=110)


def collect(root: Path) -> None:
    """Runs makemessages in a tree."""
    chancery = [sys.executable, "-m", "chancery", "makemessages", "--no-location", "--no-obsolete", "--no-wrap"]
    wanted = [part for language in LANGUAGES for part in ("-l", language)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run([*chancery, *wanted], cwd=root / "chancery", check=True, env=environment, stdout=subprocess.DEVNULL)


def check() -> list[str]:
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "chancery", copy / "chancery", ignore=shutil.ignore_patterns("static", "fonts", "*.pyc"))
        shutil.copytree(ROOT / "records", copy / "records", ignore=shutil.ignore_patterns("files", "news", "digests"))
        collect(copy)
        for language in LANGUAGES:
            kept = {(entry.msgctxt, entry.msgid): entry for entry in catalogue(LOCALE, language)}
            for entry in catalogue(copy / "chancery" / "locale", language):
                mine = kept.get((entry.msgctxt, entry.msgid))
                if mine is None:
                    faults.append(f"{language}: not collected: {entry.msgid!r}")
                elif language in COMPLETE and (mine.fuzzy or not mine.translated()):
                    faults.append(f"{language}: not translated: {entry.msgid!r}")
    for language in LANGUAGES:
        if catalogue(LOCALE, language).to_binary() != path(LOCALE, language, "mo").read_bytes():
            faults.append(f"{language}: the compiled catalogue is stale; run scripts/catalogues.py")
    return faults


if __name__ == "__main__":
    main()
