"""The area's words: for the choices of its facts, and those that an issue of the Digest prints for ever."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import dates, translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chancery.core.dates import quarter_bounds
from chancery.core.templatetags.chancery import month_name
from chancery.core.text import LocalizedText

KIND = {"article": _("article"), "flash": _("flash briefing")}
LAYOUT = {"column": _("one column"), "wide": _("both columns"), "page": _("a whole page")}
OPENING = {"foreword": _("foreword"), "compilers-note": _("note of the compilers")}
QUALIFIER = {
    "over": pgettext_lazy("qualifier of a number", "over"),
    "about": pgettext_lazy("qualifier of a number", "about"),
    "stated": pgettext_lazy("qualifier of a number", "stated"),
}

# An edition never changes, so what it prints is written here and does not wait for a catalogue.
_CHAPTERS = {
    "spotlight": {"en": "Spotlight", "ru": "В центре внимания", "ar": "في دائرة الضوء"},
    "flash": {"en": "Flash briefing", "ru": "Коротко", "ar": "أخبار موجزة"},
    "activities": {"en": "Activities", "ru": "Мероприятия", "ar": "الأنشطة"},
}
_BANNER = {
    "en": "Compiled from public sources; not issued by the Secretariat.",
    "ru": "Составлено по открытым источникам; не является изданием Секретариата.",
    "ar": "أُعدّت من مصادر علنية، ولا تصدر عن الأمانة.",
}
_NOTE = {"en": "A note of the compilers", "ru": "От составителей", "ar": "كلمة القائمين على الإعداد"}
_FOREWORD = {"en": "Foreword", "ru": "Вступительное слово", "ar": "كلمة افتتاحية"}
WORKING = {
    "en": "Working translation, not confirmed by the organisation.",
    "ru": "Рабочий перевод, не подтверждённый организацией.",
    "ar": "ترجمة عمل لم تعتمدها المنظمة.",
}


def chapter_titles(refs: Iterable[str]) -> dict[str, LocalizedText]:
    """The heading of each chapter in every language of the charter."""
    return {ref: _in_languages(_CHAPTERS[ref]) if ref in _CHAPTERS else _month(int(ref[-2:])) for ref in refs}


def frame() -> dict[str, Any]:
    """What surrounds the items of an issue when it is composed: who publishes it, and on whose authority. One that
    the organisation does not issue names no publisher but says so."""
    charter = settings.CHARTER
    issued, banner = charter.issued_by_organisation, _in_languages(_BANNER).kept()
    return {
        "name": charter.digest_name.kept(),
        "banner": {} if issued else banner,
        "masthead": {code: _masthead(code) for code in charter.languages} if issued else banner,
        "opening": {
            "kind": "foreword" if issued else "compilers-note",
            "title": _in_languages(_FOREWORD if issued else _NOTE).kept(), "body": {}, "signed": {},
        },
    }  # fmt: skip


def period(quarter: str) -> str:
    """The months of a quarter in the language of the page: `October–December 2024`."""
    first, last = quarter_bounds(quarter)
    return f"{capfirst(month_name(first))}–{month_name(last)} {last.year}"


def _masthead(code: str) -> str:
    charter = settings.CHARTER
    who = f"**{charter.name.wording(code).text}**"
    reached = "  \n".join(part for part in (charter.address.wording(code).text, charter.email, charter.website) if part)
    return f"{who}\n\n{reached}"


def _month(number: int) -> LocalizedText:
    made = {}
    for code in settings.CHARTER.languages:
        with translation.override(code):
            name = str(dates.MONTHS[number])
        made[code] = name[:1].upper() + name[1:]
    return LocalizedText(made)


def _in_languages(texts: dict[str, str]) -> LocalizedText:
    return LocalizedText({code: texts[code] for code in settings.CHARTER.languages if code in texts})
