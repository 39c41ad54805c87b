"""The shape of what readers ask for and officers type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.bodies.forms import BodyField
from chancery.bodies.models import Body
from chancery.core.forms import ChoiceField, DayField, LocalizedFormField, NoteField, SourceField, choices
from chancery.meetings.forms import ANY, ListFilter, MeetingField, PartiesField, bodies, by_name
from chancery.parties.queries import Naming

from .. import words
from ..rules import Manner, Verb


class DecisionFilter(ListFilter):
    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    body = ChoiceField(label=_("Body"), required=False)
    verb = ChoiceField(label=_("What it did"), required=False)
    manner = ChoiceField(label=_("Manner"), required=False)
    party = ChoiceField(label=_("Concerns"), required=False)

    first = ("q", "body", "verb")
    field_order = ["q", "body", "verb", "manner", "party", "since", "to"]

    def __init__(self, data: Any, names: Naming) -> None:
        super().__init__(
            data, body=bodies(), verb=[ANY, *choices(Verb, words.VERB)], manner=[ANY, *choices(Manner, words.MANNER)],
            party=by_name(names),
        )  # fmt: skip


class BodiesField(forms.ModelMultipleChoiceField):
    """Some bodies, by their names."""

    def label_from_instance(self, obj: Body) -> str:
        return str(obj.name)


class DecisionForm(forms.Form):
    title = LocalizedFormField(label=_("Title"))
    body = BodyField(label=_("Body"), empty_label="—")
    verb = ChoiceField(label=_("What it did"), choices=choices(Verb, words.VERB))
    manner = ChoiceField(label=_("Manner"), choices=choices(Manner, words.MANNER))
    session = MeetingField(label=_("Session (reference of the meeting)"))
    taken = DayField(label=_("Taken on"))
    number = forms.CharField(
        label=_("Number"), max_length=80, required=False, help_text=_("Only where the organisation itself gave one.")
    )
    summary = LocalizedFormField(label=_("Summary"), long=True, required=False)
    parties = PartiesField(label=_("Parties concerned"))
    bodies = BodiesField(
        Body.objects.order_by("position", "ref"), label=_("Bodies concerned"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    text_held = forms.BooleanField(label=_("The record holds the text"), required=False)
    note = NoteField()
    source = SourceField()
