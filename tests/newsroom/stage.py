"""What the tests of the newsroom begin with."""

import datetime as dt
import io
from typing import Any

from PIL import Image

from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.newsroom import acts
from chancery.newsroom.models import Edition, News, NewsText, Picture
from chancery.newsroom.rules import NewsKind, digest_of


def text(english: str, russian: str = "") -> LocalizedText:
    return LocalizedText({"en": english, **({"ru": russian} if russian else {})})


def copy(**more: Any) -> dict[str, Any]:
    """What an officer types, complete enough to be published."""
    return {
        "kind": NewsKind.ARTICLE, "dated": Day.parse("2024-11-20"), "place": text("Selmar", "Сельмар"),
        "title": text("Small firms meet", "Малый бизнес встречается"), "lede": text("They met."),
        "body": text("A *text*.", "*Текст*."), "working": [], "meetings": [], "dimension": "ec", "spotlight": False,
        "position": None, "source": "practice", **more,
    }  # fmt: skip


def draft(by, **more: Any) -> News:
    return acts.draft(by=by, **copy(**more))


def news(ref: str, published: str = "2024-11-21", **more: Any) -> News:
    """An item that stands in the record, however it came there."""
    day = Day.parse(more.pop("dated", "2024-11-20"))
    words = {"title": text(ref.capitalize()), "lede": text("In short."), "body": text("At length.")}
    words |= {name: more.pop(name) for name in list(words) if name in more}
    working = more.pop("working", ())
    made = News.objects.create(
        ref=ref, published=dt.date.fromisoformat(published) if published else None,
        dated=day.date, dated_as=day.precision.value,
        **{"kind": "article", "source": "practice", **more},
    )  # fmt: skip
    for code in ("en", "ru", "ar"):
        said = {name: value.texts.get(code, "") for name, value in words.items()}
        if any(said.values()):
            status = "working" if code in working else "confirmed"
            NewsText.objects.create(ref=f"{ref}.{code}", news=made, language=code, status=status, **said)
    return made


def picture(item: News, file: str = "hall.jpg", **more: Any) -> Picture:
    number = item.pictures.count() + 1
    values = {"alt": text("A hall"), "caption": text("The hall."), "layout": "wide", "source": "practice", **more}
    return Picture.objects.create(ref=f"{item.ref}.{number}", news=item, file=file, position=number, **values)


def jpeg(width: int = 60, height: int = 40, **options: Any) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (width, height), (34, 58, 122)).save(into, options.pop("format", "JPEG"), **options)
    return into.getvalue()


def story(ref: str, date: str = "2024-11-20", **more: Any) -> dict[str, Any]:
    """An item of an issue."""
    return {
        "news": ref, "title": {"en": ref.capitalize()}, "lede": {"en": "In short."}, "body": {"en": "At length."},
        "dateline": {"en": "Selmar"}, "date": date, "dimension": "ec", "meetings": [], "figures": [], "pictures": [],
        "next": {}, **more,
    }  # fmt: skip


def activity(ref: str, date: str = "2024-11-20", **more: Any) -> dict[str, Any]:
    return {
        "meeting": ref, "date": date, "ends": "", "title": {"en": ref.capitalize()}, "place": {"en": "Selmar"},
        "kind": "seminar", "dimension": "", "hosts": [], "figures": [], **more,
    }  # fmt: skip


def content(quarter: str = "2024-Q4", edition: int = 1, **chapters: list[dict[str, Any]]) -> dict[str, Any]:
    """An issue with some chapters: `spotlight`, `month` (the second of the quarter), `flash`, `activities`."""
    month = f"{quarter[:4]}-{int(quarter[-1]) * 3 - 1:02}"
    held = [("spotlight", "spotlight", "Spotlight"), (month, "month", "The month"), ("flash", "flash", "Flash"),
            ("activities", "activities", "Activities")]  # fmt: skip
    return {
        "quarter": quarter, "edition": edition, "published": "2025-01-15", "name": {"en": "Digest"},
        "title": {"en": "Firms meet"}, "headlines": [], "banner": {}, "masthead": {"en": "The publisher"},
        "correction": {} if edition == 1 else {"en": "A number."}, "pages": [],
        "opening": {"kind": "foreword", "title": {"en": "Foreword"}, "body": {"en": "Dear reader"}, "signed": {}},
        "chapters": [
            {"ref": ref, "kind": kind, "title": {"en": title}, "items": chapters.get(kind, [])}
            for ref, kind, title in held
        ],
    }  # fmt: skip


def edition(quarter: str = "2024-Q4", number: int = 1, published: str = "2025-01-15", **chapters: Any) -> Edition:
    made = content(quarter, number, **(chapters or {"month": [story("firms")]}))
    made["published"] = published
    return Edition.objects.create(
        ref=f"{quarter.lower()}-{number}", quarter=quarter, edition=number,
        published=dt.date.fromisoformat(published), content=made, digest=digest_of(made), source="practice",
    )  # fmt: skip
