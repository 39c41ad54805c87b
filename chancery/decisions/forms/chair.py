"""The shape of what is typed about the chair: candidatures and handover files."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import ChoiceField, ExactDayField, choices
from chancery.parties.forms import PartyField

from .. import words
from ..queries.candidature import draft_decisions
from ..rules.candidature import Term
from ..rules.handover import Hand


class CandidatureForm(forms.Form):
    party = PartyField(label=_("Member State"))
    term = ChoiceField(label=_("Term"), choices=choices(Term, words.TERM))
    declared = ExactDayField(label=_("Declared on"))
    letter = forms.CharField(
        label=_("Letter"), required=False, max_length=200, help_text=_("The number of the note verbale.")
    )

    def __init__(self, *args: Any, parties: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["party"]
        if parties is not None:
            field.queryset = field.queryset.filter(ref__in=parties)
            field.choices = [(ref, name) for ref, name in field.choices if not ref or ref in parties]

    def clean_term(self) -> Term:
        return Term(self.cleaned_data["term"])


class DraftDecisionForm(forms.Form):
    document = forms.ModelChoiceField(None, label=_("Draft decision"), to_field_name="ref")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["document"]
        field.queryset = draft_decisions()
        field.label_from_instance = lambda one: f"{one.symbol} {one.title}"


class HandoverForm(forms.Form):
    incoming = PartyField(label=_("Incoming Chair"))


class SignatureForm(forms.Form):
    hand = ChoiceField(label=_("Countersigned for"))

    def __init__(self, *args: Any, hands: Iterable[Hand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["hand"]
        field.choices = [(one.value, words.HAND[one.value]) for one in hands]
