"""What entries say, in the words of the page's language.

Areas name their acts upward, in their `AppConfig.ready`: `words.name("parties.admit", _("A party was
admitted"))`.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise | Callable[[dict[str, Any]], str | Promise]
"""A sentence, or what makes one from what the entry decided."""

_acts: dict[str, Sentence] = {
    "exchange.load": _("The record was loaded from sources"),
    "journal.announce-key": _("The key that signs this journal was announced"),
    "journal.rotate-key": lambda decided: (
        _("The key that signs this journal was lost and replaced")
        if decided.get("said", {}).get("lost")
        else _("The key that signs this journal was replaced")
    ),
}
_capacities: dict[str, str | Promise] = {
    "account": _("an account holder"),
    "chair": _("the Chair"),
    "clock": _("the clock"),
    "compilers": _("the compilers of this record"),
    "delegation": _("a delegation"),
    "operator": _("the operator of this installation"),
    "secretariat": _("the Secretariat"),
}


def name(act: str, sentence: Sentence) -> None:
    """Says what an act is called where the journal is read: one sentence, without a full stop."""
    _acts[act] = sentence


def act(decided: dict[str, Any]) -> str:
    """What was done, in words; the name of the act itself where nobody gave it words."""
    sentence = _acts.get(decided["act"])
    if sentence is None:
        area, _dot, verb = decided["act"].partition(".")
        return f"{area}: {verb}".replace("-", " ").replace("_", " ").capitalize()
    return str(sentence(decided) if callable(sentence) and not isinstance(sentence, Promise) else sentence)


def capacity(decided: dict[str, Any]) -> str:
    """In which capacity it was done, in words; `on behalf of` names the party for which it was done."""
    by, _on_behalf, party = decided["by"].partition(" on behalf of ")
    words = str(_capacities.get(by, by))
    if not party:
        return words
    return gettext("%(capacity)s on behalf of %(party)s") % {"capacity": words, "party": party}
