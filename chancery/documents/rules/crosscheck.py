"""What two languages of a paragraph do not say alike: symbols, names of states, dates and numbers.

It finds what a tired eye passes over; a translator judges. So that it is believed, it keeps silent where languages
rightly differ:

* A date is a date however it is written (`17 December 2024`, `17 декабря 2024 года`, `١٧ كانون الأول/ديسمبر ٢٠٢٤`,
  `17.12.2024`); where one language leaves the year to the context, day and month count.
* A number counts by its value, in any digits, with thousands and decimals as the language writes them. Numbers in
  words (`seventh`) and within words (`G20`) are not read, nor is what belongs to a symbol or a date.
* A name counts once, however often a language repeats it. In Russian it is found in all its cases, by the endings of
  its declension; in Arabic behind its prefixes. It is not missed where only a word made from it stands, known by its
  stem (`Aldora's chairmanship`, `алдорское председательство`).

Months are known in English, Russian, Arabic, Chinese, French and Kazakh; beside another language, days and years count
as numbers, and the page says so (`reads_months`)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .comparison import tokens


class What(StrEnum):
    """What is cross-checked."""

    SYMBOL = "symbol"
    NAME = "name"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Difference:
    """What one language (`only_in`) says and the other does not; `what` as it is written there."""

    kind: What
    only_in: str
    what: str


def check(
    source: str,
    other: str,
    *,
    source_language: str,
    language: str,
    names: Mapping[str, Mapping[str, Sequence[str]]],
) -> list[Difference]:
    """The differences between a paragraph and its translation, those of the source first.

    `names` are the names of each party, by its reference and by language, short and formal. A party without a name in
    one of the languages is not looked for; a paragraph without translation has no differences."""
    if not source.strip() or not other.strip():
        return []
    months = reads_months(source_language, language)
    sides = [
        _read(text, code, _known(names, code, source_language, language), months=months)
        for text, code in ((source, source_language), (other, language))
    ]
    alone = _without_years(_lacking(sides[0], sides[1]), _lacking(sides[1], sides[0]))
    return list(
        dict.fromkeys(
            Difference(one.kind, side.language, one.written)
            for side, left in zip(sides, alone, strict=True)
            for one in left
        )
    )


def reads_months(*languages: str) -> bool:
    """Whether the names of months are known in all of these languages, so that dates are compared as dates."""
    return _MONTHS.keys() >= set(languages)


_Names = tuple[tuple[str, tuple[str, ...]], ...]  # the reference of each party with its names in one language


@dataclass(frozen=True, slots=True)
class _Said:
    """Something that a text says; `value` is the same in every language."""

    kind: What
    value: str
    written: str


@dataclass(frozen=True, slots=True)
class _Side:
    """A text as it was read; `rest` is what is neither symbol nor name."""

    language: str
    names: _Names
    said: list[_Said]
    rest: str


def _known(names: Mapping[str, Mapping[str, Sequence[str]]], code: str, *both: str) -> _Names:
    return tuple((ref, tuple(known[code])) for ref, known in names.items() if all(known.get(one) for one in both))


def _read(text: str, language: str, names: _Names, *, months: bool) -> _Side:
    visible = "".join(one for one in text if unicodedata.category(one) != "Cf")
    symbols, rest = _taken(_SYMBOL, visible, _symbol)
    named, rest = _taken(_naming(language, names), rest, lambda match: _named(match, names))
    said, left = [*symbols, *named], rest
    for pattern in (*_NUMERIC_DATES, *(_dates_in_words(language) if months else ())):
        dates, left = _taken(pattern, left, _dates)
        said += dates
    numbers, _ = _taken(_NUMBERS.get(language, _NUMBERS["en"]), left, _number)
    return _Side(language, names, said + numbers, rest)


def _taken(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], list[_Said]]
) -> tuple[list[_Said], str]:
    """What the pattern finds, and the text without it."""
    said: list[_Said] = []

    def take(match: re.Match[str]) -> str:
        found = read(match)
        said.extend(found)
        return "¦" if found else match[0]

    return said, pattern.sub(take, text)


def _lacking(mine: _Side, theirs: _Side) -> list[_Said]:
    """What they do not say: a name at all, anything else as often."""
    have = Counter((one.kind, one.value) for one in theirs.said)
    called = dict(theirs.names)
    left = []
    for one in mine.said:
        key = one.kind, one.value
        if not have[key] and not (one.kind is What.NAME and _alluded(called[one.value], theirs)):
            left.append(one)
        elif one.kind is not What.NAME:
            have[key] -= 1
    return left


def _without_years(mine: list[_Said], theirs: list[_Said]) -> tuple[list[_Said], list[_Said]]:
    """A date without its year is the same as one with it."""
    mine, theirs = list(mine), list(theirs)
    for one in [one for one in mine if one.kind is What.DATE]:
        for other in theirs:
            years = one.value[:-6], other.value[:-6]
            if other.kind is What.DATE and one.value[-6:] == other.value[-6:] and "" in years:
                mine.remove(one)
                theirs.remove(other)
                break
    return mine, theirs


# ------------------------------------------------------------------------------------------------------ symbols
_SYMBOL = re.compile(r"(?<![\w/.@\-])[^\W\d_][\w.\-]*(?:/[\w.\-()]*\w)+")


def _symbol(match: re.Match[str]) -> list[_Said]:
    """`PRA/MC/7/DOC.3/Rev.1`. One whose letters only look alike, of another script, is another: nobody finds it."""
    written = match[0]
    is_one = written[0].isupper() and any(one.isdigit() for one in written)
    return [_Said(What.SYMBOL, _digits(written), written)] if is_one else []


# -------------------------------------------------------------------------------------------------------- names
_CASES = (  # how a Russian word ends, and how it ends in its cases
    (("ая", "яя"), "ая яя ой ей ую юю ою ею"),
    (("ый", "ий", "ой"), "ый ий ой ого его ому ему ым им ом ем"),
    (("ое", "ее"), "ое ее ого его ому ему ым им ом ем"),
    (("ые", "ие"), "ые ие ых их ым им ыми ими"),
    (("а", "я"), "а я ы и е у ю ой ей ою ею ов ам ами ах"),
    (("о", "е", "ё"), "о е ё а я у ю ом ем ём"),
    (("ы", "и"), "ы и ов ев ей ам ям ами ями ах ях"),
    (("й", "ь"), "й ь я ю е и ем ём ью"),
)
_HARD = "а у ом ем е ы и ов"  # of a word that ends in a consonant
_VOWELS = re.compile(r"[aeiouyаяоеёыиуюэйьةاىي]+$", re.IGNORECASE)
_ARABIC_ALIKE = {"ا": "[اأإآ]", "أ": "[اأإآ]", "إ": "[اأإآ]", "آ": "[اأإآ]", "ة": "[ةه]", "ى": "[ىي]", "ي": "[ىي]"}


@lru_cache(maxsize=16)
def _naming(language: str, names: _Names) -> re.Pattern[str]:
    """A group for each name, longer ones first, so that a name within a name is not taken for itself. In scripts
    without blanks (a token is a character) a name has no edges."""
    edged: list[str] = []
    bare: list[str] = []
    places = sorted((-len(name), place, name) for place, (_, called) in enumerate(names) for name in called if name)
    for number, (_, place, name) in enumerate(places):
        parts = tokens(name.strip())
        spelt = "".join(_word(part, language, first=at == 0) for at, part in enumerate(parts))
        (edged if len(parts[0]) > 1 else bare).append(f"(?P<n{number}_{place}>{spelt})")
    return re.compile("|".join([rf"(?<!\w)(?:{'|'.join(edged) or '(?!)'})(?!\w)", *bare]), re.IGNORECASE)


def _named(match: re.Match[str], names: _Names) -> list[_Said]:
    """What is written small is no name."""
    if match[0][0].islower():
        return []
    ref, _ = names[int(str(match.lastgroup).partition("_")[2])]
    return [_Said(What.NAME, ref, match[0])]


def _word(word: str, language: str, *, first: bool) -> str:
    if word.isspace():
        return r"\s+"
    if word in "'’":
        return "['’]"
    if word in "-‑":
        return "[-‑]"
    if language == "ru" and word.isalpha() and not word.isupper():
        return _declined(word)
    if language == "ar":
        return _prefixed(word) if first else _arabic(word)
    return re.escape(word)


def _declined(word: str) -> str:
    """A Russian word in all its cases; also where a vowel falls out (`Египет`, `Египта`)."""
    if len(word) < 4:
        return _e(word)
    for endings, cases in _CASES:
        if word.endswith(endings):
            stem = next(word.removesuffix(one) for one in endings if word.endswith(one))
            nothing = "?" if "ы" in endings else ""  # Филиппины, Филиппин
            return f"{_e(stem)}(?:{_e('|'.join(cases.split()))}){nothing}"
    cases = "|".join(_HARD.split())
    shorter = word[:-2] + word[-1] if re.search("[еёо][ткцнлр]$", word) else word
    return f"(?:{_e(word)}(?:{cases})?|{_e(shorter)}(?:{cases}))"


def _e(word: str) -> str:
    return re.sub("[её]", "[её]", word)


def _arabic(word: str) -> str:
    """With or without vowel signs, the forms of alef and of the last letters alike."""
    return r"[\u064b-\u0652\u0640]*".join(_ARABIC_ALIKE.get(one, re.escape(one)) for one in word)


def _prefixed(word: str) -> str:
    """Behind “and”, “in”, “for”, “like”; the article melts into “for” (`الصين`, `للصين`)."""
    if word.startswith("ال") and len(word) > 4:
        return f"(?:[وف]?[بك]?{_arabic('ال')}|[وف]?لل){_arabic(word[2:])}"
    return f"[وف]?[بلك]?{_arabic(word)}"


def _alluded(called: Iterable[str], side: _Side) -> bool:
    """Whether a word stands there that is made from a name of one word: of its people, or its adjective."""
    for name in called:
        stem = _VOWELS.sub("", name)
        if len(stem) < 4 or not stem.isalpha():
            continue
        spelt = rf"\w{{0,3}}{_arabic(stem)}" if side.language == "ar" else _e(re.escape(stem))
        if re.search(rf"(?<!\w){spelt}", side.rest, re.IGNORECASE):
            return True
    return False


# -------------------------------------------------------------------------------------------------------- dates
_MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        r"Jan(?:uary|\.)?", r"Feb(?:ruary|\.)?", r"Mar(?:ch|\.)?", r"Apr(?:il|\.)?", r"May", r"June?", r"July?",
        r"Aug(?:ust|\.)?", r"Sept?(?:ember|\.)?", r"Oct(?:ober|\.)?", r"Nov(?:ember|\.)?", r"Dec(?:ember|\.)?",
    ),
    "ru": (
        "январ[ьяе]", "феврал[ьяе]", "март[ае]?", "апрел[ьяе]", "ма[йяе]", "июн[ьяе]", "июл[ьяе]", "август[ае]?",
        "сентябр[ьяе]", "октябр[ьяе]", "ноябр[ьяе]", "декабр[ьяе]",
    ),
    "ar": (  # as written in the Gulf and Egypt, the Levant, the Maghreb
        "يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|آذار", "أبريل|نيسان|أفريل", "مايو|أيار|ماي",
        "يونيو|يونيه|حزيران|جوان", "يوليو|يوليه|تموز|جويلية", "أغسطس|آب|أوت", "سبتمبر|أيلول", "أكتوبر|تشرين الأول",
        "نوفمبر|تشرين الثاني", "ديسمبر|كانون الأول",
    ),
    "zh": (),
    "fr": (
        r"janv(?:ier|\.)", r"févr(?:ier|\.)", "mars", r"avr(?:il|\.)", "mai", "juin", r"juil(?:let|\.)", "août",
        r"sept(?:embre|\.)", r"oct(?:obre|\.)", r"nov(?:embre|\.)", r"déc(?:embre|\.)",
    ),
    "kk": (  # with whatever case ending
        r"қаңтар\w*", r"ақпан\w*", r"наурыз\w*", r"сәуір\w*", r"мамыр\w*", r"маусым\w*", r"шілде\w*", r"тамыз\w*",
        r"қыркүйек\w*|қыркүйег\w*", r"қазан\w*", r"қараша\w*", r"желтоқсан\w*",
    ),
}  # fmt: skip
_NUMERIC_DATES = tuple(
    re.compile(rf"(?<![\d.]){one}(?![\d])")
    for one in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<days>\d{1,2})",
        r"(?P<days>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<days>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<days>\d{1,2}(?:\s*[至和、–-]\s*\d{1,2})*)\s*日)?",
        r"(?P<month>\d{1,2})\s*月\s*(?P<days>\d{1,2}(?:\s*[至和、–-]\s*\d{1,2})*)\s*日",
    )
)


@lru_cache(maxsize=8)
def _dates_in_words(language: str) -> tuple[re.Pattern[str], ...]:
    """Days and month, month and days, month and year; several days of one month are as many dates."""
    months = _MONTHS[language]
    if not months:
        return ()
    if language == "ar":
        months = tuple(re.sub(r"[^| ]+", lambda word: _arabic(word[0]), one) for one in months)
    month = "|".join(f"(?P<m{number}>{one})" for number, one in enumerate(months, 1))
    again = rf"(?:\s*/\s*(?:{'|'.join(months)}))?"
    prefix = "[وفبلك]?" if language == "ar" else r"(?<!\w)"
    day = r"\d{1,2}(?!\d)(?:st|nd|rd|th|er|-?го|-?е)?"
    between = r"(?:\s*[-–—,]\s*|\s+)(?:(?:to|and|по|и|et|au|мен|және|إلى|الى|حتى)\s+|و\s*)?"
    days = rf"(?<!\d)(?<!\d[.,])(?P<days>{day}(?:{between}{day}){{0,9}})"
    of = r"\s+(?:of\s+|من\s+)?(?:شهر\s+)?"
    year = r"(?:\s*,\s*|\s+)(?:(?:of|в|(?:من\s+)?(?:عام|سنة))\s+)?(?P<year>\d{4})(?!\d)(?:\s*(?:год[ау]?\b|г\.))?"
    return tuple(
        re.compile(one, re.IGNORECASE)
        for one in (
            *([rf"(?<!\d)(?P<year>\d{{4}})\s+жыл\w*\s+{days}{of}(?:{month})",
               rf"(?<!\d)(?P<year>\d{{4}})\s+жыл\w*\s+(?:{month})"] if language == "kk" else []),
            rf"{days}{of}{prefix}(?:{month}){again}(?!\w)(?:{year})?",
            rf"{prefix}(?:{month})\s+{days}(?:{year})?",
            rf"{prefix}(?:{month}){again}{year}",
        )
    )


def _dates(match: re.Match[str]) -> list[_Said]:
    """`2024-12-17`, `2024-12`, or `-12-17` without a year; nothing if it is no date after all."""
    groups = match.groupdict()
    month = int(groups.get("month") or next((name[1:] for name in groups if name[0] == "m" and groups[name]), 0))
    days = [int(one) for one in re.findall(r"\d+", groups.get("days") or "")]
    if not 1 <= month <= 12 or not all(1 <= one <= 31 for one in days):
        return []
    year = _digits(groups["year"] or "")
    values = [f"{year}-{month:02}-{one:02}" for one in days] or [f"{year}-{month:02}"]
    return [_Said(What.DATE, one, match[0]) for one in values]


# ------------------------------------------------------------------------------------------------------ numbers
def _grouped(thousands: str, decimal: str, points: str) -> re.Pattern[str]:
    """Numbers with thousands apart; else digits, joined by points as in a decimal, a time of day or `3.2.1`."""
    space = "\u00a0\u2007\u2009\u202f"
    return re.compile(
        r"(?<![A-Za-zА-Яа-яЁё\d])(?:"
        rf"(?P<apart>\d{{1,3}}(?:[{thousands}{space}]\d{{3}})+)(?!\d)(?:[{decimal}](?P<part>\d+))?"
        rf"|(?P<plain>\d+(?:[{points}]\d+)*))"
    )


_NUMBERS = {
    "en": _grouped(",", ".", ".:"),
    **dict.fromkeys(("ru", "fr", "kk"), _grouped(" ", ",", ".,:")),
    "ar": _grouped(",٬", ".٫", ".:٫"),
}


def _number(match: re.Match[str]) -> list[_Said]:
    whole, part, plain = (match[one] for one in ("apart", "part", "plain"))
    if plain:
        value = re.sub(r"[,:٫]", ".", _digits(plain))
    else:
        value = re.sub(r"\D", "", _digits(whole)) + (f".{_digits(part)}" if part else "")
    return [_Said(What.NUMBER, value.lstrip("0") or "0", match[0])]


def _digits(text: str) -> str:
    """With the digits of every script written as 0 to 9."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
