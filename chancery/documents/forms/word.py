"""A Word file that comes back, and what of it is chosen to be tabled."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.core.text import tidy

from ..queries.returned import Preview
from ..rules.blocks import BlockKind
from ..rules.proposals import ProposalKind, Wish
from .proposals import on_behalf

MOST = 2_000  # proposals that are tabled at once


class AmendedFileForm(forms.Form):
    """The file; an officer names the note verbale on the strength of which a party proposes."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("With tracked changes, as it was sent out and edited in Word or LibreOffice."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def __init__(self, *args: Any, notes: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if notes is not None:
            self.fields["note"] = on_behalf(notes)


@dataclass
class Chosen:
    """What can be tabled of a file, and what of it is ticked. It goes with the page and is kept nowhere else; `note` is
    the note verbale on the strength of which it is tabled, if there is one."""

    wishes: list[Wish]
    places: set[int] = field(default_factory=set)
    note: str = ""

    @classmethod
    def of(cls, preview: Preview, note: Any) -> "Chosen":
        wishes = [one.wish for one in preview.lines if one.wish]
        return cls(wishes, set(range(len(wishes))), note.ref if note else "")

    @classmethod
    def sent(cls, data: Any) -> "Chosen":
        """As the page sent it back. Raises `ValueError`, `TypeError`, `KeyError` for what no page holds."""
        rows = json.loads(data["content"])
        if not isinstance(rows, list) or len(rows) > MOST:
            raise ValueError
        places = {int(one) for one in data.getlist("take")}
        return cls([_read(one) for one in rows], places, str(data.get("note", "")))

    @property
    def ticked(self) -> list[Wish]:
        return [one for place, one in enumerate(self.wishes) if place in self.places]

    @property
    def content(self) -> str:
        return json.dumps([_kept(one) for one in self.wishes], ensure_ascii=False)


def _kept(one: Wish) -> dict[str, str]:
    return {
        "kind": one.kind.value, "block": one.block, "text": one.text, "after": one.after,
        "block_kind": one.block_kind.value, "reason": one.reason, "instead_of": one.instead_of,
        "language": one.language,
    }  # fmt: skip


def _read(kept: Mapping[str, str]) -> Wish:
    if not all(isinstance(one, str) for one in kept.values()):
        raise TypeError
    if any(tidy(kept[name]) != kept[name] for name in ("block", "after", "instead_of", "language")):
        raise ValueError
    return Wish(
        ProposalKind(kept["kind"]), kept["block"], kept["text"], kept["after"], BlockKind(kept["block_kind"]),
        kept["reason"], instead_of=kept["instead_of"], language=kept["language"],
    )  # fmt: skip
