"""The shape of what officers type."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import DayField, LocalizedFormField, PointerField, SourceField, choices
from chancery.parties.forms import PartyField

from . import words
from .rules import CoordinationRole


class EditionForm(forms.Form):
    name = LocalizedFormField(label=_("Name of the edition"))
    since = DayField(label=_("In force from"))
    decision = PointerField("decisions", label=_("Reference of the decision"))
    source = SourceField()


class AreaForm(forms.Form):
    dimension = forms.ChoiceField(
        label=_("Dimension"), choices=lambda: [(one.code, str(one.name)) for one in settings.CHARTER.dimensions]
    )
    name = LocalizedFormField(label=_("Name"))
    since = DayField(label=_("From"))
    source = SourceField()


class CoordinatorForm(forms.Form):
    party = PartyField(label=_("State"))
    role = forms.ChoiceField(label=_("Role"), choices=choices(CoordinationRole, words.ROLE))
    since = DayField(label=_("From"))
    until = DayField(label=_("First day after"), required=False, help_text=_("Empty where no end is set."))
    source = SourceField()


class EndCoordinationForm(forms.Form):
    until = DayField(label=_("First day after"))
    source = SourceField()
