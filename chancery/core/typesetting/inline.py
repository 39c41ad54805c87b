"""Words as the nodes that a template lays out (see `tree.typ`)."""

import re

RTL = frozenset({"ar", "fa", "he", "ur"})
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WORD = r"[A-Za-z\u00c0-\u024f](?:[\w@./:&’'+#%-]*[A-Za-z0-9\u00c0-\u024f])?"
_LATIN = re.compile(rf"({_WORD}(?:[ \u00a0]{_WORD})*)", re.ASCII)

Inline = str | dict


def line(text: str, language: str) -> list[Inline]:
    """Plain text as inline nodes. In a right-to-left language runs of Latin words are set apart."""
    text = CONTROLS.sub("", text).replace("\n", " ")
    if language not in RTL:
        return [text] if text else []
    runs = _LATIN.split(text)
    return [{"k": "ltr", "c": [run]} if place % 2 else run for place, run in enumerate(runs) if run]
