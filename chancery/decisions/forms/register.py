"""The shape of what readers ask for and officers type."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chancery.bodies.forms import BodyField
from chancery.bodies.models import Body
from chancery.core.forms import ChoiceField, DayField, LocalizedFormField, NoteField, SourceField, choices
from chancery.documents.models import Document
from chancery.meetings.forms import ANY, ListFilter, MeetingField, PartiesField, bodies, by_name
from chancery.meetings.models import Meeting
from chancery.meetings.words import when
from chancery.parties.queries import Naming

from .. import words
from ..models import Decision
from ..rules import Manner, Verb
from ..rules.register import LinkKind, StatementKind


class DecisionFilter(ListFilter):
    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    body = ChoiceField(label=_("Body"), required=False)
    verb = ChoiceField(label=_("What it did"), required=False)
    manner = ChoiceField(label=_("Manner"), required=False)
    party = ChoiceField(label=_("Concerns"), required=False)
    force = DayField(label=_("In force on"), required=False, help_text="")

    first = ("q", "body", "verb")
    field_order = ["q", "body", "verb", "manner", "party", "force", "since", "to"]

    def __init__(self, data: Any, names: Naming) -> None:
        super().__init__(
            data, body=bodies(), verb=[ANY, *choices(Verb, words.VERB)], manner=[ANY, *choices(Manner, words.MANNER)],
            party=by_name(names),
        )  # fmt: skip


class BodiesField(forms.ModelMultipleChoiceField):
    """Some bodies, by their names."""

    def label_from_instance(self, obj: Body) -> str:
        return str(obj.name)


class DocumentField(forms.CharField):
    """A document by its reference or its symbol."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, required=False, **kwargs)

    def clean(self, value: Any) -> Document | None:
        text = super().clean(value)
        found = Document.objects.filter(Q(ref=text.lower()) | Q(symbol=text)).first() if text else None
        if text and found is None:
            raise forms.ValidationError(_("“%(code)s” is not in the record."), params={"code": text})
        return found


class DecisionsField(forms.CharField):
    """Decisions by their numbers or references, blanks between them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Numbers or references of decisions, with blanks between them."))
        super().__init__(max_length=1_000, required=False, **kwargs)

    def clean(self, value: Any) -> list[Decision]:
        asked = list(dict.fromkeys(re.findall(r"[^\s,;]+", super().clean(value))))
        rows = Decision.objects.filter(Q(ref__in=[one.lower() for one in asked]) | Q(number__in=asked))
        known = {name: one for one in rows for name in (one.ref, one.number) if name}
        for one in asked:
            if one not in known and one.lower() not in known:
                raise forms.ValidationError(_("“%(code)s” is not in the record."), params={"code": one})
        return [known.get(one) or known[one.lower()] for one in asked]


class LinksForm(forms.Form):
    """What a decision does to earlier ones."""

    amends = DecisionsField(label=words.LINK["amends"])
    supersedes = DecisionsField(label=words.LINK["supersedes"])
    implements = DecisionsField(label=words.LINK["implements"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["links"] = [(kind, one) for kind in LinkKind for one in data.pop(kind.value, None) or []]
        return data


class DecisionForm(LinksForm):
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
    document = DocumentField(
        label=_("Document decided upon (symbol or reference)"),
        help_text=_("Empty where the record has no document. The decision goes as far as the document does."),
    )
    text_held = forms.BooleanField(label=_("The record holds the text"), required=False)
    note = NoteField()
    source = SourceField()

    field_order = [
        "title", "body", "verb", "manner", "session", "taken", "number", "summary", "parties", "bodies", "document",
        "text_held", "amends", "supersedes", "implements", "note", "source",
    ]  # fmt: skip


class SpeakersField(PartiesField):
    """The parties that make a statement, jointly where there are several. That there must be one is a rule."""

    asked = True

    def __init__(self) -> None:
        super().__init__(label=_("Made by"), help_text=_("Codes with blanks between them; several speak jointly."))


class StatementForm(forms.Form):
    """What one or several parties attach to a decision."""

    kind = ChoiceField(label=_("Kind"), choices=choices(StatementKind, words.STATEMENT))
    parties = SpeakersField()
    text = LocalizedFormField(label=_("Text as it was made"), long=True)


class NotingForm(forms.Form):
    """The session at which a decision was noted."""

    session = ChoiceField(label=_("Session"))

    def __init__(self, *args: Any, sessions: Iterable[Meeting] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {one.ref: one for one in sessions}
        self.fields["session"].choices = [(ref, f"{one.title}, {when(one)}") for ref, one in self.sessions.items()]

    def clean_session(self) -> Meeting:
        return self.sessions[self.cleaned_data["session"]]
