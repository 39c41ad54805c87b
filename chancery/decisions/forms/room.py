"""The shape of what the presiding officer records in the room."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import ChoiceField, LocalizedFormField, NoteField, choices
from chancery.core.text import LocalizedText
from chancery.meetings.forms import ANY
from chancery.parties.models import Party
from chancery.parties.queries import Naming

from .. import words
from ..acts.adoption import Said
from ..rules import Verb
from ..rules.register import LinkKind, StatementKind
from .register import LinksForm, SpeakersField

STATEMENTS = 3
"""How many statements the form takes at once; more are attached on the page of the decision."""


class _Ticks(forms.CheckboxSelectMultiple):
    """Parties to tick, many in a row."""

    template_name = "decisions/ticks.html"


class PartiesTicked(forms.MultipleChoiceField):
    """Some of the parties offered."""

    widget = _Ticks
    asked = True  # that none may be ticked need not be said

    def __init__(self, offered: Iterable[str], names: Naming, **kwargs: Any) -> None:
        parties = sorted(offered, key=names.order)
        super().__init__(choices=[(one, names[one]) for one in parties], required=False, **kwargs)


class AdoptionForm(LinksForm):
    """Who is in the room, what the body does, and what is attached."""

    verb = ChoiceField(label=_("What the body does"))
    everybody = forms.BooleanField(label=_("All Member States are present"), required=False)

    def __init__(
        self, *args: Any, verbs: Sequence[str], members: Iterable[str], objecting: Sequence[str], names: Naming,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        members = list(members)
        self.fields["verb"].choices = [ANY, *((one, words.DOES[one]) for one in verbs)]
        self.fields["present"] = PartiesTicked(members, names, label=_("Member States present"))
        if objecting:
            self.fields["lifted"] = PartiesTicked(
                objecting, names, label=_("These objected, and do not object any more"),
                help_text=_("Tick whoever withdrew the objection in the room. While one stands, nothing is decided."),
            )  # fmt: skip
        for number in range(1, STATEMENTS + 1):
            self.fields |= _statement(number)
        self.members = members

    @property
    def statements(self) -> list[list[forms.BoundField]]:
        """The fields of each statement."""
        return [[self[name] for name in _statement(number)] for number in range(1, STATEMENTS + 1)]

    @property
    def has_statements(self) -> bool:
        """Whether something was typed about statements, so that it is not folded away."""
        names = [field.html_name for fields in self.statements for field in fields if "kind" not in field.name]
        return any(value for key, value in self.data.items() if key.startswith(tuple(names)))

    @property
    def has_links(self) -> bool:
        """The same of what it does to earlier decisions."""
        return any(self.data.get(kind.value) for kind in LinkKind)

    def clean_verb(self) -> Verb:
        return Verb(self.cleaned_data["verb"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.pop("everybody", False):
            data["present"] = self.members
        said = [_said(number, data) for number in range(1, STATEMENTS + 1)]
        data["statements"] = [one for one in said if one.parties or one.text]
        return data


def _statement(number: int) -> dict[str, forms.Field]:
    return {
        f"kind_{number}": ChoiceField(label=_("Kind"), choices=choices(StatementKind, words.STATEMENT), required=False),
        f"parties_{number}": SpeakersField(),
        f"text_{number}": LocalizedFormField(label=_("Text as it was made"), long=True, required=False),
    }


def _said(number: int, data: dict[str, Any]) -> Said:
    kind, parties, text = (data.pop(f"{name}_{number}", None) for name in ("kind", "parties", "text"))
    speaking = " ".join(one.ref for one in parties or [])
    return Said(StatementKind(kind or StatementKind.INTERPRETATIVE), speaking, text or LocalizedText())


class ObjectionForm(forms.Form):
    """Which member objects, and why."""

    party = ChoiceField(label=_("Which Member State objects"))
    reason = NoteField(label=_("Reason, where it was given"))

    def __init__(self, *args: Any, members: Iterable[str], names: Naming, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = sorted(members, key=names.order)
        self.fields["party"].choices = [ANY, *((one, str(names[one])) for one in parties)]

    def clean_party(self) -> Party:
        return Party.objects.get(pk=self.cleaned_data["party"])
