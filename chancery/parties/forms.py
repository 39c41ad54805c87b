"""The shape of what officers type."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from chancery.core.asof import today
from chancery.core.forms import DayField, LocalizedFormField, PointerField, SourceField, choices

from . import words
from .models import Party, Person
from .queries import parties_for_forms
from .rules import Capacity, Form, Kind, PostKind


class PartyField(forms.ModelChoiceField):
    """A state or organisation, by its name of today, in alphabetical order of the page's language."""

    class _ByName(ModelChoiceIterator):
        def __iter__(self) -> Iterator[tuple[str, Any]]:
            yield "", "—"
            yield from parties_for_forms(today())

    iterator = _ByName

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Party.objects.all(), **kwargs)


class PersonField(forms.ModelChoiceField):
    """A person whom the record names, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.order_by("ref"), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return str(obj.name)


class RegisterForm(forms.Form):
    name = LocalizedFormField(label=_("Short name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(Kind, words.KIND))
    ref = forms.SlugField(
        label=_("Reference"), max_length=60, help_text=_("Stands in addresses for ever; for a State its ISO code.")
    )
    iso2 = forms.RegexField(r"[A-Za-z]{2}", label=_("ISO code, two letters"), required=False)
    iso3 = forms.RegexField(r"[A-Za-z]{3}", label=_("ISO code, three letters"), required=False)
    source = SourceField()


class AdmitForm(forms.Form):
    capacity = forms.ChoiceField(label=_("Capacity"), choices=choices(Capacity, words.CAPACITY))
    since = DayField(label=_("From"))
    signed = DayField(label=_("Founding documents signed"), required=False)
    decision = PointerField("decisions", label=_("Reference of the decision"))
    session = PointerField("meetings", label=_("Reference of the session"))
    source = SourceField()


class ChangeCapacityForm(forms.Form):
    capacity = forms.ChoiceField(label=_("New capacity"), choices=choices(Capacity, words.CAPACITY))
    since = DayField(label=_("From"))
    decision = PointerField("decisions", label=_("Reference of the decision"))
    session = PointerField("meetings", label=_("Reference of the session"))
    source = SourceField()


class WithdrawForm(forms.Form):
    until = DayField(label=_("First day on which it does not belong any more"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea, max_length=2000)
    source = SourceField()


class RenameForm(forms.Form):
    form = forms.ChoiceField(label=_("Form of the name"), choices=choices(Form, words.FORM))
    name = LocalizedFormField(label=_("Name"))
    since = DayField(label=_("From"), required=False, help_text=_("Empty for the first name of its kind."))
    source = SourceField()


class PostForm(forms.Form):
    name = LocalizedFormField(label=_("Name of the post"))
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(PostKind, words.POST))
    since = DayField(label=_("From"))
    source = SourceField()


class AppointForm(forms.Form):
    person = PersonField(label=_("Person in the record"), required=False)
    name = LocalizedFormField(label=_("Or a person new to the record"), required=False)
    style = forms.CharField(label=_("Form of address"), max_length=60, required=False)
    party = PartyField(label=_("Sending State"), required=False)
    since = DayField(label=_("From"))
    source = SourceField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("person") and not data.get("name"):
            self.add_error("person", _("Choose a person, or give the name of one who is new to the record."))
        return data


class LeavePostForm(forms.Form):
    until = DayField(label=_("First day out of office"))
    source = SourceField()


class FocalPointForm(forms.Form):
    office = LocalizedFormField(label=_("Office"))
    email = forms.EmailField(label=_("E-mail"), required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    since = DayField(label=_("From"))
    source = SourceField()
