"""The shape of what is typed about silences."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chancery.bodies.models import Body
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.forms import ChoiceField, ExactDayField
from chancery.core.refusals import Refusal
from chancery.core.templatetags.chancery import day_words, plain
from chancery.documents.models import Version
from chancery.meetings.forms import ClockField
from chancery.meetings.models import Meeting
from chancery.people.models import NoteVerbale

from .. import words
from ..models import Decision
from ..rules import Verb
from ..rules.silence import BREAKING, ReplyKind, Shape, expiry

LONGEST = 10_000
_EXAMPLE = _("For example 17 December 2024, 17:00; a working day at the seat.")


class SeatInstantWidget(forms.MultiWidget):
    """A day, and a time on the clock of the seat."""

    template_name = "decisions/silence_instant.html"

    def __init__(self) -> None:
        super().__init__({"day": forms.TextInput(), "time": forms.TimeInput(format="%H:%M")})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = [_("Day"), _("Time at the seat")]
        for part, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            part["label"] = label
        return context

    def decompress(self, value: Any) -> list[Any]:
        local = value.astimezone(settings.CHARTER.zone) if value else None
        return [local.date().isoformat(), local.time()] if local else [None, None]


class HiddenSeatInstantWidget(SeatInstantWidget):
    """The same where it is carried along to the second look."""

    template_name = "django/forms/widgets/multiwidget.html"

    def __init__(self) -> None:
        super().__init__()
        for widget in self.widgets:
            widget.input_type = "hidden"


class SeatInstantField(forms.MultiValueField):
    """An instant on a working day of the seat. Where the seat's clocks change, a time that does not exist or comes
    twice is refused."""

    widget = SeatInstantWidget
    hidden_widget = HiddenSeatInstantWidget

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        fields = (ExactDayField(required=False), ClockField())
        super().__init__(fields, required=False, require_all_fields=False, **kwargs)
        self.asked = required

    def compress(self, data_list: list[Any]) -> dt.datetime | None:
        day, time = data_list or [None, None]
        if not day and time is None and not self.asked:
            return None
        if not day or time is None:
            raise forms.ValidationError(_("Give a day and a time."))
        charter = settings.CHARTER
        try:
            return expiry(day, time, charter.zone, charter.working_days, charter.holidays)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.text()) from None


def long(label: Any, **more: Any) -> forms.CharField:
    """Words of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST, **more)


# ------------------------------------------------------------------------------------------------ answers
class KindField(ChoiceField):
    """What a delegation is offered to say. That anything else cannot be said, or not any more, the act tells."""

    def valid_value(self, value: str) -> bool:
        return value in list(ReplyKind)


class ReplyForm(forms.Form):
    """What a delegation says. `kinds` are those that are open to it, `late` after the end."""

    kind = KindField(label=_("Your answer"), widget=forms.RadioSelect)
    words = long(
        _("Your words"), required=False,
        help_text=_("The reason of an objection or an amendment is read by all members under your name."),
    )  # fmt: skip
    wording = long(
        _("Wording you could accept"), required=False,
        help_text=_("An amendment is its wording; with an objection it helps the Chair to begin again."),
    )  # fmt: skip
    language = ChoiceField(label=_("Language of these words"))

    def __init__(self, data: Any = None, *, kinds: list[str], late: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        labels = words.LATE if late else words.REPLY
        self.fields["kind"].choices = [(one, labels[one]) for one in kinds]
        languages = settings.CHARTER.languages
        self.fields["language"].choices = [(code, LANGUAGE_NAMES.get(code, code)) for code in languages]
        own = get_language() or ""
        self.fields["language"].initial = own if own in languages else languages[0]

    def clean_kind(self) -> ReplyKind:
        return ReplyKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("kind") is ReplyKind.AMENDMENT and not typed.get("wording"):
            self.add_error("wording", _("Write the wording that you propose."))
        return typed

    @property
    def breaks(self) -> bool:
        """Whether it asks for the second look."""
        return self.cleaned_data.get("kind") in BREAKING


class NoteField(forms.ModelChoiceField):
    """A note verbale, by its party, number and date."""

    def label_from_instance(self, obj: NoteVerbale) -> str:
        return f"{obj.party.upper()} · {obj.number} · {obj.dated.isoformat()}"


class NoteReplyForm(ReplyForm):
    """What a note verbale says in the name of its party."""

    note = NoteField(NoteVerbale.objects.none(), label=_("Note verbale"), empty_label="—")

    field_order = ["note", "kind", "words", "wording", "language"]

    def __init__(self, data: Any = None, *, notes: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["note"].queryset = notes


# ------------------------------------------------------------------------------------------------ the chair's
class VersionField(forms.ModelChoiceField):
    """The latest version of a text, by symbol and title."""

    def label_from_instance(self, obj: Version) -> str:
        name = " ".join(part for part in (obj.document.symbol, obj.suffix) if part)
        return f"{name} · {plain(obj.document.title)}" if name else plain(obj.document.title)


class SubjectForm(forms.Form):
    """What is to be decided, and by whom."""

    version = VersionField(Version.objects.none(), label=_("Text, in its latest version"), empty_label="—")
    body = ChoiceField(label=_("Body that decides"))

    def __init__(self, data: Any = None, *, versions: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["version"].queryset = versions
        self.fields["body"].choices = [(one.ref, plain(one.name)) for one in bodies]


class SessionField(forms.ModelChoiceField):
    """A session, by title and first day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{plain(obj.title)}, {day_words(obj.began)}"


class RecommendationField(forms.ModelChoiceField):
    """A decision of another body, by body and day."""

    def label_from_instance(self, obj: Decision) -> str:
        return f"{plain(obj.body.name)}, {day_words(obj.day)}: {words.VERB[obj.verb]}"


class ProposalForm(forms.Form):
    """How and until when a body is to decide by silence."""

    shape = ChoiceField(label=_("Why by silence"), widget=forms.RadioSelect)
    session = SessionField(
        Meeting.objects.none(), label=_("Session"), required=False, empty_label="—",
        help_text=_("The session that approved the text subject to silence."),
    )  # fmt: skip
    recommendation = RecommendationField(
        Decision.objects.none(), label=_("Recommendation"), required=False, empty_label="—",
        help_text=_("The decision by which a lower body recommends it."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Regulation"), required=False, max_length=300,
        help_text=_("The regulation, with its article, that names silence."),
    )  # fmt: skip
    verb = ChoiceField(label=_("What the body does with the text"))
    expires = SeatInstantField(label=_("Silence ends"), help_text=_EXAMPLE)
    opens = SeatInstantField(
        label=_("Silence begins to run"), required=False,
        help_text=_(
            "Empty: at once. A later instant leaves members the time until then to object to the use of silence itself."
        ),
    )

    def __init__(
        self, data: Any = None, *, verbs: list[str], sessions: Any, recommendations: Any, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["shape"].choices = [(one.value, words.SHAPE[one]) for one in Shape]
        self.fields["verb"].choices = [(one, words.VERB[one]) for one in verbs]
        self.fields["session"].queryset = sessions
        self.fields["recommendation"].queryset = recommendations

    def clean_shape(self) -> Shape:
        return Shape(self.cleaned_data["shape"])

    def clean_verb(self) -> Verb:
        return Verb(self.cleaned_data["verb"])


class ExtensionForm(forms.Form):
    expires = SeatInstantField(label=_("Silence ends"), help_text=_EXAMPLE)
    reason = long(_("Reason"), help_text=_("All who were told of this silence are told of it."))


class WithdrawalForm(forms.Form):
    reason = long(_("Reason"), help_text=_("All who were told of this silence are told of it."))
