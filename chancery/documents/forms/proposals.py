"""The shape of what is proposed on a text, and of what the Chair makes of proposals."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chancery.core.forms import ChoiceField
from chancery.core.text import tidy
from chancery.meetings.models import Meeting
from chancery.people.models import NoteVerbale

from .. import words
from ..rules.blocks import BlockKind
from ..rules.proposals import ProposalKind, ProposalStatus, Wish
from .positions import Choices, NoteChoice, SessionChoice, WordsField

NEW = (BlockKind.OPERATIVE, BlockKind.PREAMBULAR, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE)
"""The kinds of paragraph that one may propose to add."""


def on_behalf(notes: Any) -> NoteChoice:
    """Which of these notes verbales a party proposes by; none, for the Chair."""
    return NoteChoice(
        notes, label=_("On behalf of a party"), required=False, empty_label=_("no: for the Chair"),
        help_text=_("On the strength of its note verbale."),
    )  # fmt: skip


class TextField(forms.CharField):
    """The words of a whole paragraph. How long they may be, the rule says in words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}), **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class ProposalForm(forms.Form):
    """What somebody proposes, with the reason. An officer names the note verbale on the strength of which a party
    proposes; without one the Chair does."""

    reason = WordsField(label=_("Reason"), required=False, help_text=_("All who see the proposal read it."))
    wish: Callable[[str], Wish]  # what is proposed about a paragraph, as each kind of form says it

    def __init__(self, *args: Any, notes: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if notes is not None:
            self.fields["note"] = on_behalf(notes)

    @property
    def note(self) -> NoteVerbale | None:
        return self.cleaned_data.get("note")


class AmendmentForm(ProposalForm):
    """Other words for a paragraph: the whole paragraph as it is to say."""

    text = TextField(
        label=_("The paragraph as you would have it"),
        help_text=_("Change the words in place; what changed is found by comparing. Empty it to leave it out."),
    )  # fmt: skip
    aside = forms.BooleanField(
        label=_("As another paragraph beside this one (alt), not as words in it"), required=False
    )  # fmt: skip
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    field_order = ["text", "aside", "reason", "note"]

    def wish(self, block: str) -> Wish:
        typed = self.cleaned_data
        kind = ProposalKind.ALTERNATIVE if typed["aside"] else ProposalKind.WORDS
        return Wish(kind, block, typed["text"], reason=typed["reason"], seen=typed["seen"])


class InsertionForm(ProposalForm):
    """A paragraph that the text does not have."""

    text = TextField(label=_("The new paragraph"))
    kind = ChoiceField(
        label=_("What it is"), choices=[(one.value, words.BLOCK[one]) for one in NEW], initial=BlockKind.OPERATIVE.value
    )  # fmt: skip

    field_order = ["text", "kind", "reason", "note"]

    def wish(self, block: str) -> Wish:
        typed = self.cleaned_data
        kind = BlockKind(typed["kind"])
        return Wish(ProposalKind.INSERT, text=typed["text"], after=block, block_kind=kind, reason=typed["reason"])


class DeletionForm(ProposalForm):
    """That a paragraph is left out."""

    def wish(self, block: str) -> Wish:
        return Wish(ProposalKind.DELETE, block, reason=self.cleaned_data["reason"])


class MoveForm(ProposalForm):
    """That a paragraph stands elsewhere."""

    after = ChoiceField(label=_("It is to stand after"))

    field_order = ["after", "reason", "note"]

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = places

    def wish(self, block: str) -> Wish:
        typed = self.cleaned_data
        return Wish(ProposalKind.MOVE, block, after=typed["after"], reason=typed["reason"])


class TranslationForm(forms.Form):
    """The words of a proposal in another language: those of the whole paragraph."""

    text = TextField(label=_("The paragraph as it would then say"))


class ProposalsField(forms.MultipleChoiceField):
    """Proposals, by their references."""

    widget = forms.CheckboxSelectMultiple


class SettlementForm(forms.Form):
    """What a body makes of proposals."""

    proposals = ProposalsField(label=_("Proposals"))
    status = forms.ChoiceField(
        label=_("What becomes of them"), widget=forms.RadioSelect,
        choices=[
            (ProposalStatus.AGREED.value, _("agreed: their words are in the text")),
            (ProposalStatus.AD_REFERENDUM.value, _("agreed ad referendum: they stay in brackets until capitals agree")),
            (ProposalStatus.NOT_RETAINED.value, _("not retained")),
            (ProposalStatus.TABLED.value, _("taken up again: open, as when they were tabled")),
        ],
    )  # fmt: skip
    body = ChoiceField(label=_("Body"))
    session = SessionChoice(
        Meeting.objects.none(), label=_("At the session"), required=False, empty_label=_("between sessions"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, proposals: Choices, bodies: Choices, sessions: Iterable[Meeting], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = proposals
        self.fields["body"].choices = bodies
        self.fields["session"].queryset = sessions

    def clean_status(self) -> ProposalStatus:
        return ProposalStatus(self.cleaned_data["status"])


class MergerForm(forms.Form):
    """A text of the Chair that takes up proposals on a paragraph."""

    text = TextField(label=_("The text of the Chair"))
    proposals = ProposalsField(label=_("Proposals that it takes up"))
    reason = WordsField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, proposals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = proposals


class ReadingForm(forms.Form):
    """Which clean reading of a text somebody wants: what stands, or with everything of a party."""

    of = ChoiceField(label=_("With everything proposed by"), required=False)
    text = ChoiceField(label=_("Language"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, parties: Choices, languages: Choices) -> None:
        super().__init__(data)
        self.fields["of"].choices = [("", _("nobody: the text that stands")), *parties]
        self.fields["text"].choices = languages
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        return self.cleaned_data

