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
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
LANGUAGES = list(PLURALS)


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
    """Runs makemessages in a tree, and tidies what it wrote."""
    chancery = [sys.executable, "-m", "chancery", "makemessages", "--no-location", "--no-obsolete", "--no-wrap"]
    wanted = [part for language in LANGUAGES for part in ("-l", language)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    for language in LANGUAGES:  # without a place for it, makemessages skips the language
        path(root / "chancery" / "locale", language, "po").parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([*chancery, *wanted], cwd=root / "chancery", check=True, env=environment, stdout=subprocess.DEVNULL)
    for language in LANGUAGES:
        tidy(root / "chancery" / "locale", language)


def tidy(locale: Path, language: str) -> None:
    """Takes out what differs from run to run (dates) and what gettext only guessed."""
    found = catalogue(locale, language)
    found.header, found.metadata_is_fuzzy = "", False
    found.metadata = {
        "Project-Id-Version": "Chancery",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for entry in found:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    found.save()


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
                elif language in COMPLETE and not mine.translated():
                    faults.append(f"{language}: not translated: {entry.msgid!r}")
    for language in LANGUAGES:
        if catalogue(LOCALE, language).to_binary() != path(LOCALE, language, "mo").read_bytes():
            faults.append(f"{language}: the compiled catalogue is stale; run scripts/catalogues.py")
    return faults


if __name__ == "__main__":
    main()
