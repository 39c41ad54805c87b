"""Forms of acts: input is checked by the form, rules by the act; a refusal stands beside its field and nothing
that was typed is lost."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from . import tables
from .asof import EARLIEST, LATEST, understand
from .charter import LANGUAGE_NAMES
from .dates import Day
from .models import Source
from .refusals import Refusal, UnclearDay
from .text import LocalizedText, tidy


class DayField(forms.CharField):
    """An imprecise day: the forms of the record, or an exact day as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("help_text", _("For example 17 December 2024, 2024-12, 2024-Q4 or 2011."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Day.parse(text)
        except UnclearDay:
            pass
        try:
            return Day(understand(text, settings.CHARTER.interface))
        except UnclearDay as refusal:
            raise forms.ValidationError(refusal.text()) from None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Day) else value


class ExactDayField(DayField):
    """A day that must be known exactly, within the years that pages show: beyond them clocks cannot be reckoned."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 17 December 2024 or 2024-12-17."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day.precision != "day":
            raise forms.ValidationError(_("Give the exact day."))
        if day and not EARLIEST <= day.date <= LATEST:
            raise forms.ValidationError(UnclearDay(text=str(day)).text())
        return day.date if day else None


class LocalizedWidget(forms.MultiWidget):
    """One input for each language of the charter."""

    template_name = "ui/localized.html"

    def __init__(self, widget: type[forms.Widget] = forms.TextInput, attrs: dict[str, Any] | None = None) -> None:
        self.languages = settings.CHARTER.languages
        super().__init__({code: widget({"lang": code, **(attrs or {})}) for code in self.languages})

    def decompress(self, value: Any) -> list[str]:
        texts = LocalizedText.of(value).texts
        return [texts.get(code, "") for code in self.languages]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for code, part in zip(self.languages, context["widget"]["subwidgets"], strict=True):
            part["language"] = LANGUAGE_NAMES.get(code, code)
        return context


class LocalizedFormField(forms.MultiValueField):
    """A localized text. What an officer types is confirmed; the reference language is required if the field is."""

    def __init__(self, *, long: bool = False, required: bool = True, **kwargs: Any) -> None:
        languages = settings.CHARTER.languages
        limit = 20_000 if long else 300
        fields = [forms.CharField(required=False, max_length=limit) for _code in languages]
        kwargs["widget"] = LocalizedWidget(forms.Textarea if long else forms.TextInput)
        super().__init__(fields, required=False, require_all_fields=False, **kwargs)
        self.asked = required

    def compress(self, data_list: list[str]) -> LocalizedText:
        texts = dict(zip(settings.CHARTER.languages, data_list or [], strict=False))
        tidied = {code: tidy(text) for code, text in texts.items() if text}
        return LocalizedText({code: text for code, text in tidied.items() if text})

    def clean(self, value: Any) -> LocalizedText:
        made = super().clean(value)
        first = settings.CHARTER.reference_language
        if self.asked and not LocalizedText.of(made).texts.get(first):
            name = LANGUAGE_NAMES.get(first, first)
            raise forms.ValidationError(_("Give the text in %(language)s at least."), params={"language": name})
        return made or LocalizedText()


class NoteField(forms.CharField):
    """A note of several lines, in one language, as the record keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        options = {"label": _("Note"), "required": False, "widget": forms.Textarea, "max_length": 2000, **kwargs}
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        return tidy(super().clean(value))


class Select(forms.Select):
    """A list to choose from, written at once: Django renders each of a hundred options from a template of its own."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{given}>{self._written(self.choices, chosen)}</select>")

    def _written(self, choices: Any, chosen: set[str]) -> str:
        parts = []
        for key, label in choices:
            if isinstance(label, list | tuple):
                parts.append(f'<optgroup label="{escape(key)}">{self._written(label, chosen)}</optgroup>')
                continue
            key = "" if key is None else str(key)
            mark = " selected" if key in chosen else ""
            parts.append(f'<option value="{escape(key)}"{mark}>{escape(label)}</option>')
        return "".join(parts)


class ChoiceField(forms.ChoiceField):
    """One of a list."""

    widget = Select


class PointerField(forms.CharField):
    """What stands in a table of a higher area, by its reference as it is in its address."""

    def __init__(self, table: str, **kwargs: Any) -> None:
        self.table = table
        super().__init__(max_length=120, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        ref = super().clean(value)
        if ref and not tables.table(self.table).model._default_manager.filter(pk=ref).exists():
            raise forms.ValidationError(_("“%(code)s” is not in the record."), params={"code": ref})
        return ref


class SourceField(forms.ModelChoiceField):
    """Where a fact is known from."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Source"))
        super().__init__(Source.objects.order_by("title"), **kwargs)

    def clean(self, value: Any) -> str:
        source = super().clean(value)
        return source.ref if source else ""


def choices(words: type, labels: dict[str, Any]) -> list[tuple[str, Any]]:
    """The members of an enumeration with the words that a form shows for them."""
    return [(one.value, labels[one.value]) for one in words]


def act(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    template: str,
    done: Callable[[Any], str],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The way of every form: shows it; when sent, does one act with what was typed and goes where `done` says.

    Wrong input answers 422, a refusal its own status, both with the same page, the sentence beside the field."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return HttpResponseRedirect(done(do(form.cleaned_data)))
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text())
                status = refusal.status
        else:
            status = 422
    return render(request, template, {"form": form, **(context or {})}, status=status)

