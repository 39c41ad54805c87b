"""The shape of what readers ask for and officers type about documents and agendas."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chancery.bodies.forms import BodyField
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.forms import (
    ChoiceField,
    ExactDayField,
    LocalizedFormField,
    NoteField,
    Select,
    SourceField,
    choices,
)
from chancery.core.templatetags.chancery import day_words, plain
from chancery.meetings.forms import ANY, ClockField, ListFilter, Options, PartiesField, bodies
from chancery.meetings.models import Meeting
from chancery.meetings.rules import MeetingKind
from chancery.meetings.rules import at as instant_of

from .. import words
from ..models import Document
from ..queries import documents as queries
from ..rules.access import Classification
from ..rules.register import WIDTH
from ..rules.symbols import DocumentKind, RelationKind, Series


def languages() -> Options:
    """The languages of the charter, by their own names."""
    return [(code, LANGUAGE_NAMES.get(code, code)) for code in settings.CHARTER.languages]


def series() -> Options:
    """The series, each with what it is for."""
    return [(one.value, f"{one} · {words.SERIES[one]}") for one in Series]


# ---------------------------------------------------------------- what readers ask for
class DocumentFilter(ListFilter):
    """A filter of documents; it offers sessions only where the reader may read a paper of them."""

    q = forms.CharField(label=_("Symbol or words of the title"), max_length=100, required=False)
    body = ChoiceField(label=_("Body"), required=False)
    kind = ChoiceField(label=_("Kind"), required=False)
    session = ChoiceField(label=_("Session"), required=False)
    series = ChoiceField(label=_("Series"), required=False)
    language = ChoiceField(label=_("Can be read in"), required=False)

    first = ("q", "body", "kind")
    field_order = ["q", "body", "kind", "session", "series", "language", "since", "to"]

    def __init__(self, data: Any, reader: Any, **more: Options) -> None:
        sessions = [(one.ref, plain(one.title)) for one in queries.sessions(reader)]
        super().__init__(
            data, body=bodies(), kind=[ANY, *choices(DocumentKind, words.KIND)], session=[ANY, *sessions],
            series=[ANY, *series()],
            language=[ANY, *languages()], **more,
        )  # fmt: skip


class DeskFilter(DocumentFilter):
    """The same for the Secretariat, which reads everything."""

    classification = ChoiceField(label=_("Classification"), required=False)

    first = ("q", "body", "classification")
    field_order = ["q", "body", "classification", "kind", "session", "series", "language", "since", "to"]

    def __init__(self, data: Any, reader: Any) -> None:
        super().__init__(data, reader, classification=[ANY, *choices(Classification, words.CLASSIFICATION)])


class ComparisonForm(forms.Form):
    """Which two versions are compared, and in which language."""

    use_required_attribute = False

    def __init__(self, data: Any, froms: Options, tos: Options, languages: Options) -> None:
        super().__init__(data, auto_id="c-%s")
        self.fields["from"] = ChoiceField(label=_("From"), choices=froms)
        self.fields["to"] = ChoiceField(label=_("To"), choices=tos)
        self.fields["language"] = ChoiceField(label=_("Language"), choices=languages)
        for field in self.fields.values():
            field.asked = True  # each of them has an answer


# ---------------------------------------------------------------- what officers type
class SessionField(forms.ModelChoiceField):
    """A session of a body, by its title and day, latest first."""

    widget = Select

    def __init__(self, **kwargs: Any) -> None:
        sessions = Meeting.objects.filter(Q(kind=MeetingKind.SESSION), ~Q(body=None)).order_by("-starts", "-ref")
        super().__init__(sessions, required=False, empty_label=_("— between sessions"), **kwargs)

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{plain(obj.title)} · {day_words(obj.began)}"


class DocumentField(forms.CharField):
    """A document by its symbol, or by its reference as it is in its address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Its symbol as it is written, or the end of its address."))
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> Document | None:
        text = super().clean(value)
        if not text:
            return None
        found = Document.objects.filter(Q(symbol__iexact=text) | Q(ref=text.casefold())).first()
        if found is None:
            raise forms.ValidationError(_("No document has this symbol."))
        return found


class LanguageField(ChoiceField):
    """A language of the charter."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Language"))
        super().__init__(choices=languages, **kwargs)


def _routes() -> Options:
    return [("", _("— it does not climb")), *((one.key, str(one.name)) for one in settings.CHARTER.routes.values())]


class TableForm(forms.Form):
    title = LocalizedFormField(label=_("Title"))
    kind = ChoiceField(label=_("Kind"), choices=choices(DocumentKind, words.KIND))
    body = BodyField(label=_("Body"), empty_label="—")
    session = SessionField(label=_("Session"), help_text=_("Its number stands in the symbol; otherwise the year."))
    series = ChoiceField(label=_("Series"), choices=series)
    number = forms.IntegerField(
        label=_("Number"), required=False, min_value=1, max_value=9999, help_text=_("Empty for the next one free.")
    )
    language = LanguageField(label=_("Language in which it is written and adopted"))
    route = ChoiceField(label=_("Way through the bodies"), required=False, choices=_routes)
    sponsors = PartiesField(label=_("Tabled by (none: the Secretariat)"))
    classification = ChoiceField(
        label=_("Classification"), choices=[(one.value, words.CLASSIFICATION[one]) for one in WIDTH]
    )
    source = SourceField()
    note = NoteField()


class AddendumForm(forms.Form):
    title = LocalizedFormField(label=_("Title"))
    language = LanguageField()
    source = SourceField()
    note = NoteField()


class ClassificationForm(forms.Form):
    classification = ChoiceField(
        label=_("Classification"), choices=[(one.value, words.CLASSIFICATION[one]) for one in WIDTH]
    )


class EmbargoForm(forms.Form):
    """An instant at the seat, or none to end the embargo, and how far the document then goes."""

    day = ExactDayField(
        label=_("Day"), required=False, help_text=_("For example 17 December 2024. Empty to take the embargo away.")
    )
    time = ClockField(label=_("Time at the seat"))
    released_as = ChoiceField(
        label=_("Then it goes to"), choices=[(one.value, words.CLASSIFICATION[one]) for one in reversed(WIDTH[1:])]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, time = data.pop("day", None), data.pop("time", None)
        if day and time is None and "time" not in self.errors:
            self.add_error("time", _("Give the time, for example 10:00."))
        data["until"] = instant_of(day, time, settings.CHARTER.zone) if day and time is not None else None
        return data

    @staticmethod
    def of(document: Document) -> dict[str, Any]:
        """What stands, as the form shows it."""
        if not document.embargo:
            return {}
        local: dt.datetime = document.embargo.astimezone(settings.CHARTER.zone)
        return {"day": local.date().isoformat(), "time": local.time(), "released_as": document.released_as}


class RelationForm(forms.Form):
    kind = ChoiceField(label=_("This document"), choices=choices(RelationKind, words.RELATION))
    other = DocumentField(label=_("Document"))


class EncloseForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word (DOCX), JPEG or PNG."))
    title = LocalizedFormField(label=_("Title"))
    language = ChoiceField(label=_("Language of the file"), required=False, choices=lambda: [ANY, *languages()])
    scan = forms.BooleanField(label=_("It is a scan of the signed paper"), required=False)


class ItemForm(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=12, help_text=_("As it is written: 3, or 3 (a)."))
    title = LocalizedFormField(label=_("Title"))
    source = SourceField()


class PaperForm(forms.Form):
    document = DocumentField(label=_("Document"))


class Confirmation(forms.Form):
    """Nothing to say but yes."""
