"""The shape of what is typed about a text under negotiation."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import ChoiceField, ExactDayField
from chancery.core.text import tidy
from chancery.meetings.forms import ClockField
from chancery.meetings.models import Meeting
from chancery.people.models import NoteVerbale

from .. import words
from ..rules.positions import LONGEST, CallKind, Stance

Choices = Sequence[tuple[str, Any]]


class WordsField(forms.CharField):
    """Words of several lines, as the record keeps them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


def stances(*, member: bool) -> Choices:
    """What a party may say; an observer comments."""
    return [(one.value, words.STANCE[one]) for one in Stance if member or one is Stance.COMMENT]


class PositionForm(forms.Form):
    """What a delegation says of a paragraph, or of the text as a whole."""

    stance = forms.ChoiceField(label=_("Position"), widget=forms.RadioSelect)
    words = WordsField(
        label=_("In words"), required=False,
        help_text=_("Needed for a comment, a reservation and an objection."),
    )  # fmt: skip
    draft = forms.BooleanField(
        label=_("Keep it as a draft of our delegation; do not send it yet"), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, member: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = stances(member=member)

    def clean_stance(self) -> Stance:
        return Stance(self.cleaned_data["stance"])


class SoundingForm(PositionForm):
    """What a delegation answers to the Chair alone."""

    paragraph = ChoiceField(label=_("On"), required=False)
    field_order = ["paragraph", "stance", "words"]

    def __init__(self, *args: Any, paragraphs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["draft"]
        self.fields["paragraph"].choices = paragraphs


class NoteChoice(forms.ModelChoiceField):
    """A note verbale, by party, number and date."""

    def label_from_instance(self, obj: NoteVerbale) -> str:
        return f"{obj.party.upper()} · {obj.number} · {obj.dated.isoformat()}"


class OnBehalfForm(SoundingForm):
    """What a note verbale says of a text in the name of its party."""

    note = NoteChoice(NoteVerbale.objects.none(), label=_("Note verbale"), empty_label="—")
    field_order = ["note", "paragraph", "stance", "words"]

    def __init__(self, *args: Any, notes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].queryset = notes


class NoteForm(forms.Form):
    """What a delegation writes for itself."""

    words = WordsField(
        label=_("Private note"), required=False,
        help_text=_("Everybody of your delegation reads it, and nobody else. Empty it to take it away."),
    )  # fmt: skip


class CapitalForm(forms.Form):
    """What a capital says of a paragraph agreed ad referendum."""

    answer = forms.ChoiceField(
        label=_("The capital"), widget=forms.RadioSelect,
        choices=[("confirm", _("confirms the paragraph")), ("decline", _("does not confirm it"))],
    )  # fmt: skip
    words = WordsField(
        label=_("Why not"), required=False, help_text=_("Needed where the capital does not confirm: all will read it.")
    )


def when(day: dt.date, time: dt.time) -> dt.datetime:
    """An instant by the clock at the seat."""
    return dt.datetime.combine(day, time, settings.CHARTER.zone).astimezone(dt.UTC)


class CallForm(forms.Form):
    """That delegations are asked for their positions."""

    kind = forms.ChoiceField(
        label=_("What is asked for"), widget=forms.RadioSelect, initial=CallKind.POSITIONS.value,
        choices=[(one.value, words.CALL[one]) for one in reversed(CallKind)],
    )  # fmt: skip
    day = ExactDayField(label=_("By the day"))
    time = ClockField(label=_("and the time at the seat"), initial=dt.time(18))
    paragraphs = forms.MultipleChoiceField(
        label=_("Paragraphs"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the whole text."),
    )  # fmt: skip

    def __init__(self, *args: Any, paragraphs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time"].required = True
        self.fields["paragraphs"].choices = paragraphs

    @property
    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        found = self.cleaned_data
        return {
            "kind": CallKind(found["kind"]), "due": when(found["day"], found["time"]),
            "paragraphs": found["paragraphs"],
        }  # fmt: skip


class SessionChoice(forms.ModelChoiceField):
    """A session, by its title and first day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.title} · {obj.began}"


class AgreementForm(forms.Form):
    """Which paragraphs the Chair gavels through, in which body."""

    blocks = forms.MultipleChoiceField(label=_("Paragraphs"), widget=forms.CheckboxSelectMultiple)
    body = ChoiceField(label=_("Agreed by"))
    session = SessionChoice(
        Meeting.objects.none(), label=_("At the session"), required=False, empty_label=_("between sessions"),
    )  # fmt: skip

    def __init__(self, *args: Any, paragraphs: Choices, bodies: Choices, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocks"].choices = paragraphs
        self.fields["body"].choices = bodies
        self.fields["session"].queryset = sessions


class ReopeningForm(forms.Form):
    """At which session it was consented to open a paragraph again, and why."""

    session = SessionChoice(Meeting.objects.none(), label=_("Consent was recorded at"), empty_label="—")
    reason = WordsField(label=_("Reason"))

    def __init__(self, *args: Any, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions


