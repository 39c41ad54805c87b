"""How values of the record are shown: escaped by construction, isolated in direction, honest about language."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from chancery.core import navigation
from chancery.core.charter import LANGUAGE_NAMES, RIGHT_TO_LEFT, TILES
from chancery.core.dates import Day, Precision
from chancery.core.markup import HIGHEST, render
from chancery.core.models import Quality, Source
from chancery.core.text import LocalizedText, Wording

register = template.Library()


@register.filter
def text(value: Any) -> SafeString:
    """A localized text (or user text) for a page: isolated, with its language where it is not the page's, and
    the mark of a fallback or a working translation."""
    if not isinstance(value, LocalizedText):
        return mark_safe(f"<bdi>{escape(value)}</bdi>") if value else SafeString("")
    wording = value.wording(get_language() or "")
    if not wording.text:
        return SafeString("")
    attributes = ""
    if wording.fallback:
        direction = "rtl" if wording.language in RIGHT_TO_LEFT else "ltr"
        title = escape(in_language(wording.language))
        attributes = f' lang="{wording.language}" dir="{direction}" class="fallback" title="{title}"'
    elif wording.working:
        attributes = f' class="working" title="{escape(working_translation())}"'
    return mark_safe(f"<bdi{attributes}>{escape(wording.text)}</bdi>")


def in_language(code: str) -> str:
    return gettext("Only in %(language)s") % {"language": LANGUAGE_NAMES.get(code, code)}


def working_translation() -> str:
    return gettext("Working translation, not confirmed by the organisation")


@register.filter
def markdown(value: Any, highest: int = HIGHEST) -> SafeString:
    """A localized text in Markdown as paragraphs, with its language where it is not the page's, and a line that
    says so where it is a fallback or a working translation. Its highest headings are of the level `highest`."""
    language = get_language() or ""
    wording = value.wording(language) if isinstance(value, LocalizedText) else Wording(str(value or ""), language)
    if not wording.text:
        return SafeString("")
    if wording.fallback:
        direction, note = "rtl" if wording.language in RIGHT_TO_LEFT else "ltr", in_language(wording.language)
        html = render(wording.text, highest=highest)
        made = format_html('<div lang="{}" dir="{}">{}</div>', wording.language, direction, html)
    else:
        made = render(wording.text, highest=highest)
        note = working_translation() if wording.working else ""
    return format_html('{}<p class="note">{}</p>', made, note) if note else made


@register.filter
def plain(value: Any) -> str:
    """A localized text as plain words, for attributes and titles."""
    return value.wording(get_language() or "").text if isinstance(value, LocalizedText) else str(value or "")


@register.filter
def day(value: Day | dt.date | None) -> SafeString:
    """A day in words, as precise as it is known: `17 December 2024`, `December 2024`, `by 4 June 2002`."""
    if not value:
        return SafeString("")
    return _day(value if isinstance(value, Day) else Day(value), get_language() or "")


@lru_cache(maxsize=4096)
def _day(value: Day, language: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', _machine(value), day_words(value))


def _machine(value: Day) -> str:
    match value.precision:
        case Precision.MONTH:
            return f"{value.date:%Y-%m}"
        case Precision.YEAR | Precision.QUARTER:
            return f"{value.date:%Y}"
    return value.date.isoformat()


def day_words(value: Day) -> str:
    """The words of a day, without markup."""
    date = value.date
    match value.precision:
        case Precision.MONTH:
            return f"{month_name(date)} {date.year}"
        case Precision.QUARTER:
            return gettext("Q%(quarter)d %(year)d") % {"quarter": (date.month + 2) // 3, "year": date.year}
        case Precision.YEAR:
            return gettext("during %(year)d") % {"year": date.year}
        case Precision.BY:
            return gettext("by %(day)s") % {"day": _exact(date)}
        case Precision.ATTESTED:
            return gettext("attested %(day)s") % {"day": _exact(date)}
    return _exact(date)


@register.filter
def since(value: Day | dt.date | None) -> SafeString:
    """The beginning of a period as one phrase: `since December 2022`, `by 4 June 2002`."""
    return _bound(gettext("since %(day)s"), value)


@register.filter
def until(value: Day | dt.date | None) -> SafeString:
    """The end of a period as one phrase: `until December 2022`, `by 4 June 2002`."""
    return _bound(gettext("until %(day)s"), value)


def _bound(phrase: str, value: Day | dt.date | None) -> SafeString:
    if not value:
        return SafeString("")
    value = value if isinstance(value, Day) else Day(value)
    match value.precision:
        case Precision.BY | Precision.ATTESTED:  # a bound of its own, with its own word
            return day(value)
        case Precision.MONTH:
            words = date_format(value.date, "E Y")
        case Precision.YEAR:
            words = str(value.date.year)
        case _:
            words = day_words(value)
    return format_html('<time datetime="{}">{}</time>', _machine(value), phrase % {"day": words})


def month_name(date: dt.date) -> str:
    """A month as it stands within words; Django's own name begins with a capital in every language."""
    return str(_MONTHS[date.month - 1])


_MONTHS = [
    pgettext_lazy("month", "January"),
    pgettext_lazy("month", "February"),
    pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"),
    pgettext_lazy("month", "August"),
    pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"),
    pgettext_lazy("month", "November"),
    pgettext_lazy("month", "December"),
]


def _exact(date: dt.date) -> str:
    return date_format(date, pgettext("date format", "j F Y"))


@register.filter
def days(meeting: Any) -> SafeString:
    """The days of something with `starts` and `ends`: `3–4 October 2024`."""
    starts = Day(meeting.starts, Precision(meeting.starts_as))
    ends = Day(meeting.ends, Precision(meeting.ends_as)) if meeting.ends else None
    return span_words(starts, ends)


def span_words(starts: Day, ends: Day | None) -> SafeString:
    if ends is None or ends == starts:
        return day(starts)
    exact = starts.precision is Precision.DAY is ends.precision
    same_month = (starts.date.year, starts.date.month) == (ends.date.year, ends.date.month)
    if exact and same_month:
        first = str(starts.date.day)
    elif exact and starts.date.year == ends.date.year:
        first = date_format(starts.date, pgettext("date format", "j F"))
    else:
        first = day_words(starts)
    return format_html('<time datetime="{}">{}–{}</time>', _machine(starts), first, day_words(ends))


@register.filter
def instant(value: dt.datetime | None) -> SafeString:
    """An instant at the seat, with its zone; the reader's own time is added beside it by a small script."""
    if not value:
        return SafeString("")
    return format_html('<time datetime="{}" data-instant>{}</time>', machine_instant(value), instant_words(value))


def machine_instant(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def instant_words(value: dt.datetime) -> str:
    """The words of an instant, without markup: `17 December 2024, 14:00 (Selmar, UTC+5)`."""
    local = timezone.localtime(value, settings.CHARTER.zone)
    comma = gettext(", ")
    seat = f"{plain(settings.CHARTER.seat_place)}{comma}UTC{offset(local)}"
    return f"{_exact(local.date())}{comma}{local:%H:%M} ({seat})"


@register.filter
def clock(value: dt.datetime | None) -> SafeString:
    """An instant at the seat for a narrow place: `13 Dec, 17:00`; the zone is said once on the page."""
    return _seat_time(value, pgettext("short date format", "j M"))


@register.filter
def hour(value: dt.datetime | None) -> SafeString:
    """The time of an instant at the seat, where its day stands beside it: `17:00`."""
    return _seat_time(value, "")


def _seat_time(value: dt.datetime | None, form: str) -> SafeString:
    if not value:
        return SafeString("")
    local = timezone.localtime(value, settings.CHARTER.zone)
    day = f"{date_format(local.date(), form)}{gettext(', ')}" if form else ""
    return format_html('<time datetime="{}" data-instant>{}{}</time>', machine_instant(value), day, f"{local:%H:%M}")


def offset(local: dt.datetime) -> str:
    """How far a local time is from UTC: `+5`, `+5:30`."""
    minutes = int((local.utcoffset() or dt.timedelta()).total_seconds() // 60)
    sign, minutes = ("−", -minutes) if minutes < 0 else ("+", minutes)
    return f"{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


@register.filter
def dimension(code: str) -> Any:
    """The dimension of a code, for its name and tile."""
    return settings.CHARTER.dimension(code)


@register.simple_tag
def glyph(code: str, name: Any = "") -> SafeString:
    """The tile of a dimension (`in` for what belongs to none), with its name beside it; without a name it is mere
    ornament, hidden from those who listen."""
    tile = _glyph(code or "in")
    return mark_safe(f'<span class="dim d-{tile.code}">{tile.svg}{text(name)}</span>') if name else tile.svg


@dataclass(frozen=True, slots=True)
class _Tile:
    code: str
    svg: SafeString


@lru_cache(maxsize=16)
def _glyph(code: str) -> _Tile:
    tile = code if code in TILES else "in"
    icons = static("core/icons.svg")
    use = format_html('<use href="{}#t-{}"/>', icons, tile)
    return _Tile(tile, format_html('<svg class="glyph d-{}" aria-hidden="true">{}</svg>', tile, use))


@register.filter
def address(subject: str) -> str:
    """The page of a subject (`parties:kz`), or nothing."""
    return navigation.address(subject) or ""


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value under a key that is itself a variable."""
    try:
        return mapping[key]
    except (KeyError, TypeError):
        return None


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The page's own query string with some values changed (None removes one), for filters and paging."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def on(context: Any, **more: Any) -> str:
    """The query that keeps the as-of day when going to another page; empty at the default day."""
    asked = context.get("on")
    query = {**({"on": asked.isoformat()} if asked else {}), **{k: v for k, v in more.items() if v}}
    return mark_safe("?" + urlencode(query)) if query else ""


@register.simple_tag(takes_context=True)
def sources(context: Any, fact: Any, brief: bool = False) -> SafeString:
    """Where a fact comes from and how good that is. `brief`, for lists: without the note, the best source only,
    and general knowledge where a part of the fact rests on it. The sources are read once for a page; since a list
    has one mark for each row, the marks are written here rather than in a template."""
    request = context["request"]
    known = getattr(request, "_sources", None)
    if known is None:
        rows = Source.objects.values_list("ref", "title", "quality")
        known = request._sources = {ref: (ref, title, quality) for ref, title, quality in rows}
    found = [known[ref] for ref in fact.source.split() if ref in known]
    if brief and len(found) > 1:
        found.sort(key=lambda source: _QUALITIES.index(source[2]))
        found = found[:1] + [one for one in found[1:] if one[2] == Quality.GENERAL_KNOWLEDGE]
    language = get_language() or ""
    marks = "".join(_source_mark(*one, language) for one in found)
    if fact.note and not brief:
        marks += f' <span class="note">{text(fact.note)}</span>'
    return mark_safe(marks)


_QUALITIES = list(Quality.values)


@lru_cache(maxsize=2048)
def _source_mark(ref: str, title: str, quality: str, language: str) -> SafeString:
    return format_html(
        '<a class="src src--{}" href="{}#{}" title="{}"><span class="vh">{} </span>{}</a>',
        quality, reverse("sources"), ref, title, gettext("Source:"), quality_word(quality),
    )  # fmt: skip


@register.filter
def quality_word(quality: str) -> str:
    """How good a source is, in a word."""
    match quality:
        case Quality.ORGANISATION:
            return pgettext("quality of a source", "organisation")
        case Quality.GOVERNMENT:
            return pgettext("quality of a source", "government")
        case Quality.PRESS:
            return pgettext("quality of a source", "press")
        case Quality.SCHOLARLY:
            return pgettext("quality of a source", "scholarly")
        case Quality.GENERAL_KNOWLEDGE:
            return pgettext("quality of a source", "general knowledge")
    return pgettext("quality of a source", "invented")


@register.simple_tag(takes_context=True)
def to(context: Any, view: str, *args: Any) -> SafeString:
    """The address of a page with the as-of day kept: `{% to "party" ref %}`."""
    asked = context.get("on")
    url = navigation.url(view, args, get_language() or "")
    return mark_safe(f"{url}?on={asked.isoformat()}" if asked else url)


@register.simple_tag(takes_context=True)
def may(context: Any, act: str, subject: Any = None) -> bool:
    """Whether the one policy lets the page's reader do an act: `{% may "parties.admit" party as admit %}`."""
    return navigation.may(context.get("person"), act, subject)
