"""The shape of what readers ask for and officers type."""

import datetime as dt
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.forms import DayField, ExactDayField, LocalizedFormField, SourceField, choices
from chancery.core.templatetags.chancery import day_words
from chancery.core.text import LocalizedText, tidy
from chancery.meetings.forms import ANY, ClockField, ListFilter, dimensions
from chancery.meetings.models import Meeting

from . import words
from .queries import Item
from .rules import Layout, NewsKind

MARKDOWN = _("Markdown: paragraphs, **strong**, *emphasis*, links, lists, quotations, ## headings, tables.")


class NewsFilter(ListFilter):
    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)

    first = ("q", "kind", "dimension", "month")
    field_order = ["q", "kind", "dimension", "month", "since", "to"]

    def __init__(self, data: Any, months: Iterable[dt.date]) -> None:
        super().__init__(
            data, kind=[ANY, *choices(NewsKind, words.KIND)], dimension=[*dimensions(), ("in", _("none of them"))],
            month=[ANY, *((month.isoformat()[:7], date_format(month, "F Y")) for month in months)],
        )  # fmt: skip


class LineField(forms.CharField):
    """One line, as the record keeps it."""

    def clean(self, value: Any) -> str:
        return tidy(super().clean(value))


class CopyForm(forms.Form):
    """What an item of news says."""

    title = LocalizedFormField(label=_("Title"))
    lede = LocalizedFormField(
        label=_("Lede"), required=False, help_text=_("One sentence that says what happened.")
    )  # fmt: skip
    body = LocalizedFormField(label=_("Text"), long=True, required=False, help_text=MARKDOWN)
    working = forms.MultipleChoiceField(
        label=_("Working translations"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Languages whose words are not confirmed yet; readers are told so."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(NewsKind, words.KIND))
    dated = DayField(
        label=_("Day of what is reported"), help_text=_("Of several days the last. For example 17 December 2024.")
    )  # fmt: skip
    place = LocalizedFormField(label=_("Place of the dateline"), required=False)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False, choices=dimensions)
    spotlight = forms.BooleanField(label=_("In the spotlight of its Digest"), required=False)
    position = forms.IntegerField(label=_("Order within the day"), required=False, min_value=1, max_value=9999)
    source = SourceField()
    meetings = forms.MultipleChoiceField(
        label=_("Meetings it reports on"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the weeks around its day."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, offered: Iterable[Meeting] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        languages = [(code, LANGUAGE_NAMES.get(code, code)) for code in settings.CHARTER.languages[1:]]
        self.fields["working"].choices = languages
        self.fields["meetings"].choices = [
            (one.ref, f"{one.title} ({day_words(one.began)})") for one in offered
        ]  # fmt: skip
        if not languages:
            del self.fields["working"]

    def clean(self) -> dict[str, Any]:
        return {"working": [], **(super().clean() or {})}


class CorrectForm(CopyForm):
    reason = LineField(
        label=_("What is corrected"), max_length=300, help_text=_("Readers see this line beside the item.")
    )  # fmt: skip

    field_order = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


def typed(item: Item, seen: str) -> dict[str, Any]:
    """An item as its form shows it."""
    news = item.news
    return {
        "title": item.title, "lede": item.lede, "body": item.body, "working": sorted(item.title.working),
        "kind": news.kind, "dated": news.day, "place": news.place, "dimension": news.dimension,
        "spotlight": news.spotlight, "position": news.position, "source": (news.sources or [""])[0],
        "meetings": news.meetings.split(), "seen": seen,
    }  # fmt: skip


class PictureForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("JPEG or PNG. What the camera noted in it (place, device) is taken out.")
    )  # fmt: skip
    alt = LocalizedFormField(
        label=_("What the picture shows"), help_text=_("For those who cannot see it: one plain sentence.")
    )  # fmt: skip
    caption = LocalizedFormField(label=_("Caption"), required=False)
    credit = LineField(label=_("Credit"), required=False, max_length=200)
    layout = forms.ChoiceField(label=_("In print"), choices=choices(Layout, words.LAYOUT))
    source = SourceField()


class ScheduleForm(forms.Form):
    """An instant at the seat."""

    day = ExactDayField(label=_("Day"))
    time = ClockField(label=_("Time at the seat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("time"):
            data["at"] = dt.datetime.combine(data["day"], data["time"], settings.CHARTER.zone)
        return data


# ---------------------------------------------------------------- the Digest
class QuarterForm(forms.Form):
    quarter = forms.ChoiceField(label=_("Quarter"))

    def __init__(self, data: Any, quarters: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["quarter"].choices = [(one, words.period(one)) for one in quarters]


class LinesField(LocalizedFormField):
    """Several short texts, one on each line, in the same order in every language. A dash keeps the place of a text
    that a language does not have."""

    absent = "–"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(long=True, **kwargs)

    def clean(self, value: Any) -> list[LocalizedText]:
        lines = {
            code: [line.strip() for line in text.split("\n") if line.strip()]
            for code, text in super().clean(value).texts.items()
        }
        longest = max(map(len, lines.values()), default=0)
        if longest > 6:
            raise forms.ValidationError(_("The cover has room for six lines."))
        if any(len(one) not in (0, longest) for one in lines.values()):
            raise forms.ValidationError(_("Give the same number of lines in every language; “–” where one is missing."))
        return [
            LocalizedText({code: texts[at] for code, texts in lines.items() if texts[at] != self.absent})
            for at in range(longest)
        ]

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(one, LocalizedText) for one in value):
            return value
        codes = settings.CHARTER.languages
        lines = {code: [one.texts.get(code) or self.absent for one in value] for code in codes}
        return LocalizedText({code: "\n".join(texts) for code, texts in lines.items() if {*texts} - {self.absent}})


class IssueWordsForm(forms.Form):
    """The words around the items of an issue."""

    title = LocalizedFormField(label=_("Title"), help_text=_("The line of the cover."))
    headlines = LinesField(label=_("Headlines"), required=False, help_text=_("Up to six further lines of the cover."))
    opening_kind = forms.ChoiceField(label=_("It opens with a"), choices=list(words.OPENING.items()))
    opening_title = LocalizedFormField(label=_("Title of the opening"), required=False)
    opening_body = LocalizedFormField(label=_("Opening"), long=True, required=False, help_text=MARKDOWN)
    signed = LocalizedFormField(label=_("Signed"), long=True, required=False)
    masthead = LocalizedFormField(label=_("Masthead"), long=True, required=False, help_text=_("Publisher and address."))
    correction = LocalizedFormField(
        label=_("What this edition corrects"), long=True, required=False,
        help_text=_("Needed from the second edition on; readers see it first."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def words(self, before: dict[str, Any]) -> dict[str, Any]:
        """What was typed, in the form of an edition; what was left as it was keeps its marks."""
        data, opened = self.cleaned_data, before["opening"]

        def kept(name: str, held: Any) -> dict[str, Any]:
            return data[name].with_marks_of(LocalizedText.of(held)).kept()

        pairs = zip_longest(data["headlines"], map(LocalizedText.of, before["headlines"]), fillvalue=LocalizedText())
        lines = [line.with_marks_of(held) for line, held in pairs]
        return {
            "title": kept("title", before["title"]), "headlines": [line.kept() for line in lines if line],
            "opening": {
                "kind": data["opening_kind"], "title": kept("opening_title", opened["title"]),
                "body": kept("opening_body", opened["body"]), "signed": kept("signed", opened["signed"]),
            },
            "masthead": kept("masthead", before["masthead"]), "correction": kept("correction", before["correction"]),
        }  # fmt: skip


def typed_words(content: dict[str, Any], version: int) -> dict[str, Any]:
    """The words of an issue as its form shows them."""
    texts, opening = LocalizedText.of, content["opening"]
    return {
        "title": texts(content["title"]), "headlines": [texts(line) for line in content["headlines"]],
        "opening_kind": opening["kind"], "opening_title": texts(opening["title"]),
        "opening_body": texts(opening["body"]), "signed": texts(opening["signed"]),
        "masthead": texts(content["masthead"]), "correction": texts(content["correction"]), "version": version,
    }  # fmt: skip


class PublishIssueForm(forms.Form):
    source = SourceField()
    version = forms.IntegerField(widget=forms.HiddenInput)
