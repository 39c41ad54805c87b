"""Public keys that somebody trusts, kept where no copy and no organisation can change them: a line for each
journal in `chancery/trust` of the user's configuration."""

import os
from pathlib import Path

from chancery.core.refusals import Refusal, sentence
from chancery.journal.note import MalformedKey, Verifier


class AnotherKey(Refusal):
    """A journal is trusted by another key than the one it shows now."""

    sentence = sentence("Another key of {name} is trusted already, in {place}. Find out why before you replace it.")


def place() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "chancery" / "trust"


def known(name: str) -> list[str]:
    """The keys trusted for a journal. Lines that are no key are passed over."""
    try:
        lines = place().read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [line for line in lines if _name(line) == name]


def add(vkey: str) -> None:
    """Trusts a key from now on. Raises `AnotherKey`, `MalformedKey`."""
    name = Verifier.parse(vkey).name
    held = known(name)
    if vkey in held:
        return
    if held:
        raise AnotherKey(name=name, place=place())
    place().parent.mkdir(parents=True, exist_ok=True)
    with open(place(), "a", encoding="utf-8") as file:
        file.write(f"{vkey}\n")


def _name(line: str) -> str:
    try:
        return Verifier.parse(line.strip()).name
    except MalformedKey:
        return ""
