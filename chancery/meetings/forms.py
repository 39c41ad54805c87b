"""The shape of what readers ask for and officers type."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chancery.bodies.forms import BodyField
from chancery.bodies.models import Body
from chancery.catalogue.models import PriorityArea
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.dates import Day
from chancery.core.forms import ChoiceField, DayField, LocalizedFormField, NoteField, SourceField, choices
from chancery.core.refusals import Refusal
from chancery.core.templatetags.chancery import day_words
from chancery.core.zones import time_zones
from chancery.parties.forms import PartyField
from chancery.parties.models import Party
from chancery.parties.queries import Naming

from . import rules, words
from .models import Meeting
from .rules import CalledOff, Format, MeetingKind

ANY = ("", "—")
Options = list[tuple[str, Any]]


# ---------------------------------------------------------------- what readers ask for
def by_name(names: Naming) -> Options:
    """All parties in alphabetical order, for a filter."""
    return [ANY, *((ref, str(names[ref])) for ref in sorted(names.short, key=names.order))]


def bodies() -> Options:
    """All bodies that ever were, for a filter."""
    return [ANY, *((body.ref, str(body.name)) for body in Body.objects.order_by("position", "ref"))]


def dimensions() -> Options:
    return [ANY, *((one.code, str(one.name)) for one in settings.CHARTER.dimensions)]


class ListFilter(forms.Form):
    """A filter of a list, kept in its address. A wrong value is told beside its field; the others hold.

    `first` names the fields that are always shown; the others unfold."""

    first: Sequence[str] = ()
    use_required_attribute = False

    since = DayField(label=_("From"), required=False, help_text="")
    to = DayField(label=_("To"), required=False, help_text="")

    def __init__(self, data: Any, **offered: Options) -> None:
        super().__init__(data, auto_id="f-%s")
        for name, options in offered.items():
            self.fields[name].choices = options
        for field in self.fields.values():
            field.asked = True  # that a filter may stay empty need not be said
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, to = data.get("since"), data.get("to")
        if since and to and to.last < since.date:
            self.add_error("to", _("This is before the first day."))
        return data

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for, by the name of the field."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def in_words(self) -> dict[str, tuple[Any, str, str]]:
        """What is asked for as a reader understands it: by field its label, value, and the address without it."""
        return {
            name: (self.fields[name].label, self._word(name, value), self._without(name))
            for name, value in self.asked.items()
        }

    def _without(self, name: str) -> str:
        query = self.data.copy()
        query.pop(name, None)
        query.pop("page", None)
        return f"?{query.urlencode()}"

    def _word(self, name: str, value: Any) -> str:
        if isinstance(value, Day):
            return day_words(value)
        field = self.fields[name]
        return str(dict(field.choices)[value]) if isinstance(field, forms.ChoiceField) else str(value)

    @property
    def always(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in self.first]

    @property
    def further(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.first]

    @property
    def unfolded(self) -> bool:
        return any(field.name in self.asked or field.errors for field in self.further)


class MeetingFilter(ListFilter):
    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    kind = ChoiceField(label=_("Kind"), required=False)
    dimension = ChoiceField(label=_("Dimension"), required=False)
    status = ChoiceField(label=_("Stage"), required=False)
    body = ChoiceField(label=_("Body"), required=False)
    party = ChoiceField(label=_("Host or participant"), required=False)
    country = ChoiceField(label=_("Country"), required=False)

    first = ("q", "kind", "dimension", "status")
    field_order = ["q", "kind", "dimension", "status", "body", "party", "country", "since", "to"]

    def __init__(self, data: Any, names: Naming) -> None:
        parties = by_name(names)
        super().__init__(
            data, kind=[ANY, *choices(MeetingKind, words.KIND)], status=[ANY, *words.ASKED.items()],
            dimension=[*dimensions(), ("in", _("none of them"))], body=bodies(), party=parties, country=parties,
        )  # fmt: skip


# ---------------------------------------------------------------- what officers type
class PartiesField(forms.CharField):
    """States and organisations by their codes, in the order written: `KZ AZ`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Codes with blanks between them, for example KZ AZ."))
        super().__init__(required=False, max_length=400, **kwargs)

    def clean(self, value: Any) -> list[Party]:
        codes = list(dict.fromkeys(re.findall(r"[^\s,;]+", super().clean(value).casefold())))
        found = Party.objects.in_bulk(codes)
        for code in codes:
            if code not in found:
                raise forms.ValidationError(_("“%(code)s” is not in the record."), params={"code": code.upper()})
        return [found[code] for code in codes]

    def prepare_value(self, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value


class MeetingField(forms.CharField):
    """A meeting by its reference, as it stands in its address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, required=False, **kwargs)

    def clean(self, value: Any) -> Meeting | None:
        ref = super().clean(value)
        found = Meeting.objects.filter(ref=ref).first() if ref else None
        if ref and found is None:
            raise forms.ValidationError(_("No meeting has this reference."))
        return found


class AreaField(forms.ModelChoiceField):
    """A priority area, by its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            PriorityArea.objects.order_by("dimension", "number", "ref"), required=False, empty_label="—", **kwargs
        )

    def label_from_instance(self, obj: PriorityArea) -> str:
        return str(obj.name)


class ClockField(forms.TimeField):
    """A time of the day, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, input_formats=["%H:%M"], widget=forms.TimeInput(format="%H:%M"),
            help_text=_("For example 10:00."), **kwargs,
        )  # fmt: skip


class ConveneForm(forms.Form):
    title = LocalizedFormField(label=_("Title"))
    kind = ChoiceField(label=_("Kind"), choices=choices(MeetingKind, words.KIND))
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False, help_text=_("Empty where it is one day."))
    opens = ClockField(label=_("Opens at"))
    closes = ClockField(label=_("Closes at"))
    zone = forms.CharField(
        label=_("Time zone"), required=False, max_length=64,
        help_text=_("Empty for the seat's; otherwise for example Asia/Baku."),
    )  # fmt: skip
    format = ChoiceField(label=_("Format"), required=False, choices=[ANY, *choices(Format, words.FORMAT)])
    place = LocalizedFormField(label=_("Place"), required=False)
    country = PartyField(label=_("Country"), required=False)
    hosts = PartiesField(label=_("Hosts"))
    organisers = LocalizedFormField(label=_("Organisers"), required=False)
    body = BodyField(label=_("Body"), required=False, empty_label="—")
    ordinal = forms.IntegerField(label=_("Number of the session"), required=False, min_value=1, max_value=9999)
    presiding = PartyField(label=_("Presiding State"), required=False)
    dimension = ChoiceField(label=_("Dimension"), required=False, choices=dimensions)
    area = AreaField(label=_("Priority area"))
    part_of = MeetingField(label=_("Part of (reference of a meeting)"))
    summary = LocalizedFormField(label=_("Summary"), long=True, required=False)
    note = NoteField()
    source = SourceField()

    def clean_zone(self) -> str:
        zone = self.cleaned_data["zone"]
        if zone and zone not in time_zones():
            raise forms.ValidationError(_("This time zone is not known. Write it like Asia/Baku."))
        return zone


class AmendForm(ConveneForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class CallOffForm(forms.Form):
    called_off = ChoiceField(label=_("It is"), choices=choices(CalledOff, words.CALLED_OFF))
    note = NoteField(label=_("Reason"))
    source = SourceField()


class FiguresField(NoteField):
    """Stated numbers, one on each line."""

    def clean(self, value: Any) -> list[rules.Stated]:
        try:
            return rules.figures(super().clean(value), words.qualifiers())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.text()) from None


class OutcomeForm(forms.Form):
    outcome = LocalizedFormField(
        label=_("Outcome"), long=True, help_text=_("Markdown: paragraphs, lists, **strong**, links, tables.")
    )
    next = LocalizedFormField(label=_("What follows"), long=True, required=False)
    figures = FiguresField(
        label=_("Figures"),
        help_text=_(
            "One on each line: over, about or stated, the number, and what is counted in each language, "
            "for example: over 450 | delegates | делегатов"
        ),
    )
    delegations = PartiesField(label=_("Delegations"))
    speakers = PartiesField(label=_("Speakers came from"))
    observers = PartiesField(label=_("Observers"))
    guests = PartiesField(label=_("Guests"))
    source = SourceField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class AttachForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word (DOCX), JPEG or PNG."))
    title = LocalizedFormField(label=_("Title"))
    language = ChoiceField(
        label=_("Language of the file"), required=False,
        choices=lambda: [ANY, *((code, LANGUAGE_NAMES.get(code, code)) for code in settings.CHARTER.languages)],
    )  # fmt: skip
    source = SourceField()
