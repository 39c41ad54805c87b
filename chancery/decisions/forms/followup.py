"""The shape of what is asked about, and typed of, what follows from decisions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import ChoiceField, ExactDayField, LocalizedFormField, NoteField
from chancery.meetings.forms import ANY, bodies, by_name
from chancery.parties.queries import Naming

from .. import words
from ..rules.followup import SECRETARIAT
from ..rules.register import FollowUp


def addressees(names: Naming) -> list[Any]:
    """Who can be asked to do something: the Secretariat, bodies and parties."""
    return [
        (SECRETARIAT, words.SECRETARIAT),
        (_("Bodies"), [(f"bodies:{ref}", name) for ref, name in bodies()[1:]]),
        (_("States and organisations"), [(f"parties:{ref}", name) for ref, name in by_name(names)[1:]]),
    ]


class FollowUpFilter(forms.Form):
    """Whose work is asked for, and where it stands."""

    use_required_attribute = False

    addressee = ChoiceField(label=_("Who is to do it"), required=False)
    status = ChoiceField(
        label=_("Stage"), required=False,
        choices=[("owed", _("still owed")), ("late", _("late")), ("done", words.FOLLOW_UP["done"]),
                 ("lapsed", words.FOLLOW_UP["lapsed"]), ("all", _("all"))],
    )  # fmt: skip

    def __init__(self, data: Any, names: Naming) -> None:
        super().__init__(data, auto_id="f-%s")
        self.fields["addressee"].choices = [ANY, *addressees(names)]
        for field in self.fields.values():
            field.asked = True  # that a filter may stay empty need not be said
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class UndertakingForm(forms.Form):
    block = ChoiceField(label=_("Paragraph"), required=False)
    task = LocalizedFormField(label=_("What is to be done"))
    addressee = ChoiceField(label=_("Who is to do it"))
    due = ExactDayField(label=_("Due by"), required=False)

    def __init__(self, *args: Any, paragraphs: Mapping[str, str], names: Naming, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [ANY, *paragraphs.items()]
        self.fields["addressee"].choices = [ANY, *addressees(names)]


class ProgressForm(forms.Form):
    status = ChoiceField(
        label=_("Where it stands"),
        choices=[(one.value, words.FOLLOW_UP[one.value]) for one in (FollowUp.UNDER_WAY, FollowUp.DONE)],
    )
    evidence = NoteField(
        label=_("What was done"), help_text=_("An address, a reference or a sentence; needed once it is done.")
    )

    def clean_status(self) -> FollowUp:
        return FollowUp(self.cleaned_data["status"])


class LapseForm(forms.Form):
    reason = NoteField(label=_("Reason"), required=True)
