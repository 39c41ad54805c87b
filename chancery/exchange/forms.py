"""The shape of an erratum: the cells of one column as the record writes them, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import SourceField

from .queries import Cell

_LONG = 80  # characters from which on a cell is written on several lines
_HELP = {
    "day": _("In the form of the record: 2024-12-17, 2024-12, 2024-Q4, 2011, by 2002-06-04, attested 2014-05-20."),
    "date": _("In the form of the record: 2024-12-17."),
    "time": _("In the form of the record: 10:00."),
    "ref": _("The reference under which the record keeps it."),
    "refs": _("References under which the record keeps them, with blanks between."),
    "flag": _("yes or no"),
}


class CorrectForm(forms.Form):
    """Corrects one column of a fact."""

    def __init__(self, data: Any, cell: Cell) -> None:
        super().__init__(data)
        self.names = [f"value_{number}" for number in range(len(cell.cells))]
        for number, (name, (label, text)) in enumerate(zip(self.names, cell.cells, strict=True)):
            needed = cell.column.required and number == 0
            self.fields[name] = _field(cell, label, text, required=needed)
        self.fields["reason"] = forms.CharField(
            label=_("What was wrong, and how it is known"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The reader sees this beside the fact, with what stood there before."),
        )  # fmt: skip
        if cell.column.name != "source" and cell.column.table != "sources":
            self.fields["source"] = SourceField(
                label=_("Source of the correction"), required=False, empty_label=_("The sources stay as they are")
            )

    def value(self) -> list[str]:
        """The cells as they were typed."""
        return [self.cleaned_data[name].replace("\r\n", "\n") for name in self.names]


class StrikeForm(forms.Form):
    """Takes out a fact that was recorded by mistake."""

    reason = forms.CharField(
        label=_("Why it was a mistake, and how it is known"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The journal keeps this, with all that the fact said."),
    )  # fmt: skip


def _field(cell: Cell, label: str, text: str, *, required: bool) -> forms.Field:
    options: Sequence[str] = cell.column.choices or (("yes", "no") if cell.column.kind == "flag" else ())
    if options:
        blank = [] if required else [("", "—")]
        choices = [*blank, *((one, one) for one in options if one)]
        return forms.ChoiceField(label=label, choices=choices, initial=text, required=required)
    long = cell.column.kind in ("text", "localized") and (len(text) > _LONG or "\n" in text)
    widget = forms.Textarea(attrs={"rows": 6}) if long else forms.TextInput()
    help_text = _HELP.get(cell.column.kind, "")
    return forms.CharField(
        label=label, initial=text, required=required, widget=widget, max_length=20_000, help_text=help_text
    )
