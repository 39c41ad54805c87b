"""The few words and dates that an edition prints of its own, in English, Russian and Arabic.

An edition in another language takes the English ones.
"""

from __future__ import annotations

import re

WORDS = {
    "en": {
        "edition": "English edition",
        "contents": "In this issue",
        "key": "Key",
        "institutional": "Institutional",
        "next": "Next",
        "photo": "Photo",
        "over": "over",
        "about": "about",
        "stated": "as stated",
        "date": "Date",
        "event": "Event",
        "place": "Place",
        "dimension": "Dimension",
        "correction": "Correction",
        "not-issued": "Compiled from public sources; not issued by the Secretariat.",
        "issued": "Issued by the Secretariat.",
        "published": "Edition {edition}, published {date}",
        "publication": "{short} {name}",
    },
    "ru": {
        "edition": "Издание на русском языке",
        "contents": "В этом выпуске",
        "key": "Обозначения",
        "institutional": "Организационные вопросы",
        "next": "Далее",
        "photo": "Фото",
        "over": "более",
        "about": "около",
        "stated": "по сообщению",
        "date": "Дата",
        "event": "Мероприятие",
        "place": "Место",
        "dimension": "Измерение",
        "correction": "Исправление",
        "not-issued": "Составлено по открытым источникам; не является изданием Секретариата.",
        "issued": "Издание Секретариата.",
        "published": "Издание {edition}, опубликовано {date}",
        "publication": "{name} {short}",
    },
    "ar": {
        "edition": "الطبعة العربية",
        "contents": "في هذا العدد",
        "key": "مفتاح الرموز",
        "institutional": "شؤون مؤسسية",
        "next": "الخطوة التالية",
        "photo": "الصورة",
        "over": "أكثر من",
        "about": "نحو",
        "stated": "كما أُعلن",
        "date": "التاريخ",
        "event": "الفعالية",
        "place": "المكان",
        "dimension": "البعد",
        "correction": "تصويب",
        "not-issued": "أُعدّت من مصادر علنية، ولا تصدر عن الأمانة.",
        "issued": "تصدر عن الأمانة.",
        "published": "الطبعة {edition}، نُشرت في {date}",
        "publication": "{name} {short}",
    },
}


def _months(names: str) -> list[str]:
    return names.split()


_EN = _months("January February March April May June July August September October November December")
_RU = _months("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь")
_RU_OF = _months("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
_AR = _months("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
_MONTHS = {"en": _EN, "ru": _RU, "ar": _AR}
_MONTHS_OF_A_DAY = {"en": _EN, "ru": _RU_OF, "ar": _AR}

_DAY = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?$")


def words(language: str) -> dict[str, str]:
    """The house words of an edition in this language."""
    return WORDS[_known(language)]


def quarter(code: str, language: str) -> str:
    """`2024-Q4` as `October–December 2024`, with a capital where the script has one."""
    year, number = code.split("-Q")
    months = _MONTHS[_known(language)]
    first, last = months[int(number) * 3 - 3], months[int(number) * 3 - 1]
    return f"{first[0].upper()}{first[1:]}–{last} {year}"


def spoken(day: str, language: str, *, year: bool = True) -> str:
    """A day of the record as a reader says it; an imprecise one keeps its precision.

    `by 2002-06-04` and `attested 2014-05-20` give the day that they name.
    """
    match = _DAY.search(day)
    if not match:
        return day
    of_year, of_quarter, of_month, of_day = match.groups()
    if of_quarter:
        return quarter(f"{of_year}-Q{of_quarter}", language)
    if not of_month:
        return of_year
    if not of_day:
        return f"{_MONTHS[_known(language)][int(of_month) - 1]} {of_year}"
    month = _MONTHS_OF_A_DAY[_known(language)][int(of_month) - 1]
    return f"{int(of_day)}\u00a0{month}" + (f" {of_year}" if year else "")


def span(first: str, last: str, language: str, *, year: bool = True) -> str:
    """Two days, both included, as one phrase: `17–18 December`, `30 November – 2 December`."""
    if not last or last == first:
        return spoken(first, language, year=year)
    end = spoken(last, language, year=year)
    if len(first) == len(last) == 10 and first[:7] == last[:7]:
        return f"{int(first[8:])}–{end}"
    return f"{spoken(first, language, year=year and first[:4] != last[:4])} – {end}"


def grouped(digits: str) -> str:
    """Digits in groups of three from five digits on; whatever else was stated stays as it is."""
    return f"{int(digits):,}".replace(",", "\u00a0") if digits.isdecimal() and len(digits) > 4 else digits


def _known(language: str) -> str:
    return language if language in WORDS else "en"
