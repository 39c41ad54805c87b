"""The shape of what officers type."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import DayField, LocalizedFormField, PointerField, SourceField, choices
from chancery.parties.forms import PartyField

from . import words
from .models import Body
from .rules import BodyKind, Presided


def _rules(*kinds: str) -> list[tuple[str, str]]:
    rules = settings.CHARTER.rules.values()
    return [("", "—"), *((rule.key, str(rule.text)) for rule in rules if rule.kind in kinds)]


class BodyField(forms.ModelChoiceField):
    """A body, by its name."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(Body.objects.order_by("position", "ref"), **kwargs)

    def label_from_instance(self, obj: Body) -> str:
        return str(obj.name)


class EstablishForm(forms.Form):
    name = LocalizedFormField(label=_("Name"))
    short = LocalizedFormField(label=_("Short name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(BodyKind, words.KIND))
    parent = BodyField(label=_("Reports to"), required=False)
    mandate = LocalizedFormField(label=_("Mandate"), long=True, required=False)
    composition = LocalizedFormField(label=_("Composition"), long=True, required=False)
    meets = LocalizedFormField(label=_("When it meets"), required=False)
    decision_rule = forms.ChoiceField(
        label=_("How it decides"), required=False, choices=lambda: _rules("consensus", "majority")
    )
    quorum = forms.ChoiceField(label=_("Quorum"), required=False, choices=lambda: _rules("quorum"))
    presided = forms.ChoiceField(label=_("Who presides"), choices=choices(Presided, words.PRESIDED))
    established = PointerField("decisions", label=_("Reference of the decision"))
    since = DayField(label=_("From"))
    source = SourceField()


class PlaceForm(forms.Form):
    parent = BodyField(label=_("Reports to"), required=False)


class DissolveForm(forms.Form):
    until = DayField(label=_("First day on which it does not exist any more"))
    source = SourceField()


class ProgrammeForm(forms.Form):
    theme = LocalizedFormField(label=_("Theme"), required=False)
    priorities = LocalizedFormField(
        label=_("Priorities"), long=True, required=False, help_text=_("One on each line.")
    )
    expected_end = LocalizedFormField(label=_("The event at which the term is expected to end"), required=False)


class OpenTermForm(ProgrammeForm):
    party = PartyField(label=_("State"))
    body = BodyField(label=_("Chair of one body only"), required=False)
    since = DayField(label=_("From"))
    opened = PointerField("meetings", label=_("Reference of the session"))
    source = SourceField()
    field_order = ["party", "body", "since", "opened"]


class HandOverForm(ProgrammeForm):
    party = PartyField(label=_("State that takes the Chair"))
    body = BodyField(label=_("Chair of one body only"), required=False)
    day = DayField(label=_("Day of the hand-over"))
    session = PointerField("meetings", label=_("Reference of the session"))
    source = SourceField()
    field_order = ["party", "body", "day", "session"]
