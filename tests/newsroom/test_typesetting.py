"""The printed Digest, on an invented edition of an invented organisation."""

from __future__ import annotations

import copy
import io
import pathlib
import random

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from chancery.newsroom import typesetting
from chancery.newsroom.typesetting import (
    BadPicture,
    PictureWithoutAlt,
    TooSlow,
    Untypesettable,
    press,
    tree,
    typeset,
    typeset_apart,
    words,
)

INJECTIONS = ['#eval("boom")', "$x^2$", "@ref", "<label>", "a * b _ c", "#panic()", "\\u{41}", "= No heading ="]

CHARTER = {
    "symbol": "CLS",
    "languages": ["en", "ru", "ar"],
    "name": {
        "en": "Conference of the Lake States on Trust and Exchange",
        "ru": "Конференция озёрных государств по доверию и обмену",
        "ar": "مؤتمر دول البحيرات للثقة والتبادل",
    },
    "short": {"en": "CLS", "ru": "КОГ", "ar": "CLS"},
    "address": {"en": "1 Harbour Street, Orvale", "ru": "Орвейл, Портовая улица, 1", "ar": "1 شارع الميناء، أورفيل"},
    "email": "desk@lakes.example",
    "website": "https://lakes.example",
    "issued_by_organisation": False,
    "dimensions": [
        {"code": "mp", "name": {"en": "Military-political", "ru": "Военно-политическое измерение",
                                "ar": "البعد العسكري السياسي"}},
        {"code": "nc", "name": {"en": "New challenges and threats", "ru": "Новые вызовы и угрозы",
                                "ar": "التحديات والتهديدات الجديدة"}},
        {"code": "ec", "name": {"en": "Economic", "ru": "Экономическое измерение", "ar": "البعد الاقتصادي"}},
        {"code": "en", "name": {"en": "Environmental", "ru": "Экологическое измерение", "ar": "البعد البيئي"}},
        {"code": "hu", "name": {"en": "Human", "ru": "Человеческое измерение", "ar": "البعد الإنساني"}},
    ],
}

SENTENCES = {
    "en": [
        "Delegations of all nine Lake States met on the northern shore to compare their notifications.",
        "The chair recalled that the plan had been agreed by consensus, and that three measures remained open.",
        "Experts described how sensors, satellites and patient interviews together give an early warning.",
        "The host country offered a training course for harbour masters, with places for every member.",
        "Several speakers asked for shorter reports, published sooner and in every official language.",
        "The Secretariat will circulate the list of contact points before the end of the year (CLS/2024/17).",
        "No decision was taken; the text goes to the working group, which meets again in the spring.",
        "A visit to the pumping station closed the programme, in rain that the hosts called traditional.",
    ],
    "ru": [
        "Делегации всех девяти озёрных государств встретились на северном берегу, чтобы сверить уведомления.",
        "Председатель напомнил, что план согласован консенсусом, а три меры доверия остаются открытыми.",
        "Эксперты рассказали, как датчики, спутниковые снимки и опросы населения дают раннее предупреждение.",
        "Принимающая страна предложила учебный курс для капитанов портов, с местами для каждого участника.",
        "Несколько выступавших попросили о более коротких докладах, публикуемых на всех официальных языках.",
        "Секретариат разошлёт перечень контактных пунктов до конца года (CLS/2024/17).",
        "Решение не принималось; текст передан рабочей группе, которая соберётся весной.",
        "Программу завершило посещение насосной станции под дождём, который хозяева назвали традиционным.",
    ],
    "ar": [
        "اجتمعت وفود دول البحيرات التسع على الشاطئ الشمالي لمقارنة الإخطارات المتبادلة.",
        "وذكّر الرئيس بأن الخطة أُقرّت بتوافق الآراء، وأن ثلاثة تدابير لا تزال مفتوحة.",
        "وشرح الخبراء كيف تتيح أجهزة الاستشعار والأقمار الصناعية والمقابلات إنذارًا مبكرًا.",
        "وعرض البلد المضيف دورة تدريبية لمديري الموانئ، مع مقاعد لكل دولة عضو.",
        "وطلب عدد من المتحدثين تقارير أقصر تُنشر في وقت أقرب وبجميع اللغات الرسمية.",
        "وستعمم الأمانة قائمة جهات الاتصال قبل نهاية العام (CLS/2024/17) عبر desk@lakes.example.",
        "ولم يُتخذ أي قرار؛ ويُحال النص إلى الفريق العامل الذي يجتمع ثانية في الربيع.",
        "واختُتم البرنامج بزيارة محطة الضخ تحت مطر وصفه المضيفون بأنه تقليدي.",
    ],
}

TITLES = [
    ("hu", {"en": "Young archivists compare their notebooks", "ru": "Молодые архивисты сверяют записи",
            "ar": "أمناء المحفوظات الشباب يقارنون دفاترهم"}),
    ("en", {"en": "Safer dams, slower floods", "ru": "Надёжные плотины, медленные паводки",
            "ar": "سدود أكثر أمانًا وفيضانات أبطأ"}),
    ("ec", {"en": "Small harbours, larger markets", "ru": "Малые гавани, большие рынки",
            "ar": "موانئ صغيرة وأسواق أكبر"}),
    ("", {"en": "Host agreement amended", "ru": "Изменено соглашение с принимающей стороной",
          "ar": "تعديل اتفاق المقر"}),
    ("nc", {"en": "Smugglers lose a crossing", "ru": "У контрабандистов стало на одну переправу меньше",
            "ar": "المهربون يخسرون معبرًا"}),
    ("mp", {"en": "Notices of exercises now travel by one form and reach every capital within a day",
            "ru": "Уведомления об учениях отправляются по единой форме и приходят в каждую столицу за сутки",
            "ar": "إخطارات التدريبات تُرسل الآن بنموذج واحد وتصل كل عاصمة خلال يوم"}),
]

PLACE = {"en": "Orvale", "ru": "Орвейл", "ar": "أورفيل"}


def localized(make) -> dict[str, str]:
    return {language: make(language) for language in SENTENCES}


def paragraphs(seed: int, count: int) -> dict[str, str]:
    def body(language):
        chance = random.Random(seed)
        return "\n\n".join(" ".join(chance.sample(SENTENCES[language], chance.randint(2, 5))) for _ in range(count))
    return localized(body)


def picture(number: int, layout: str, shape: str = "") -> dict:
    return {
        "file": f"picture-{number}{shape}.jpg", "layout": layout, "credit": "A. Example",
        "alt": {"en": f"Picture {number}: boats on a lake", "ru": f"Снимок {number}: лодки на озере",
                "ar": f"صورة {number}: قوارب في بحيرة"},
        "caption": {"en": "Boats of the host country before the opening.", "ru": "Лодки принимающей страны.",
                    "ar": "قوارب البلد المضيف قبل الافتتاح."},
    }


def article(number: int, month: str, length: int = 6, **more) -> dict:
    dimension, title = TITLES[number % len(TITLES)]
    item = {
        "news": f"{month}-01-item-{number}", "title": title, "dimension": dimension, "meetings": [],
        "lede": localized(lambda language: SENTENCES[language][number % 8]),
        "body": paragraphs(number, length), "dateline": PLACE, "date": f"{month}-{number % 27 + 1:02}",
        "figures": [], "pictures": [], "next": {},
    }
    return {**item, **more}


FIGURES = [
    {"value": "450", "qualifier": "over", "label": {"en": "people at the plenary", "ru": "участников пленарного заседания",
                                                     "ar": "مشاركًا في الجلسة العامة"}},
    {"value": "36000", "qualifier": "about", "label": {"en": "firms with partners abroad", "ru": "компаний с партнёрами",
                                                        "ar": "شركة لها شركاء في الخارج"}},
    {"value": "9", "qualifier": "", "label": {"en": "Members, all of them present", "ru": "членов, все присутствовали",
                                               "ar": "دول أعضاء حضرت جميعها"}},
    {"value": "82", "qualifier": "stated", "label": {"en": "harbours in the register", "ru": "гавани в реестре",
                                                      "ar": "ميناء في السجل"}},
]

RICH = """First words, with **strong**, *emphasis*, a [link](https://lakes.example/a) and a [trap](javascript:alert(1)).

## What was agreed

* one form for all notices
* a reply within *ten* days
* a register that stays open

> We came with nine plans and leave with one.

### In numbers

| Lake | Boats | Harbours |
| --- | --- | --- |
| Northern | 12 | 3 |
| Southern | 40 | 9 |

1. first the list
2. then the meeting

"""


def activities(count: int) -> list[dict]:
    held = [
        {
            "meeting": f"meeting-{number}", "date": f"2024-{10 + number % 3}-{number % 27 + 1:02}",
            "ends": f"2024-{10 + number % 3}-{number % 27 + 2:02}" if number % 4 == 0 else "",
            "title": TITLES[number % 6][1], "place": PLACE, "kind": "session",
            "dimension": TITLES[number % 6][0], "hosts": [], "figures": FIGURES[:1] if number % 5 == 0 else [],
        }
        for number in range(count)
    ]
    return sorted(held, key=lambda item: item["date"])


def an_edition(*, per_month: int = 5) -> dict:
    """Nine chapters' worth of everything that an edition can hold; one chapter is empty."""
    months = []
    for place, (month, title) in enumerate([
        ("2024-10", {"en": "October", "ru": "Октябрь", "ar": "أكتوبر"}),
        ("2024-11", {"en": "November", "ru": "Ноябрь", "ar": "نوفمبر"}),
        ("2024-12", {"en": "December", "ru": "Декабрь", "ar": "ديسمبر"}),
    ]):
        items = [article(place * 7 + number, month, 3 + (number * 5) % 8) for number in range(per_month)]
        items[0]["figures"] = FIGURES
        items[0]["pictures"] = [picture(1, "wide")]
        items[1]["pictures"] = [picture(2, "column"), picture(3, "column", "-tall")]
        items[2]["next"] = {"en": "The working group meets in Tarn in spring.", "ru": "Рабочая группа соберётся весной.",
                            "ar": "يجتمع الفريق العامل في الربيع."}
        months.append({"ref": month, "kind": "month", "title": title, "items": items})
    months[0]["items"][3]["body"] = localized(lambda language: RICH + paragraphs(5, 3)[language])
    months[1]["items"][0]["pictures"].append(picture(4, "page", "-tall"))
    months[2]["items"][1]["title"] = {"en": "Only in English so far"}
    months[2]["items"][1]["body"] = {"en": paragraphs(9, 5)["en"]}
    spotlight = article(3, "2024-12", 14, title={
        "en": "Nine shores, one table", "ru": "Девять берегов, один стол", "ar": "تسعة شواطئ ومائدة واحدة",
    }, pictures=[picture(5, "wide"), picture(6, "column"), picture(7, "wide")], figures=FIGURES[:3])
    return {
        "quarter": "2024-Q4", "edition": 1, "published": "2025-01-15",
        "name": {"en": "Digest", "ru": "Дайджест", "ar": "النشرة الفصلية"},
        "title": {"en": "Three months on nine shores", "ru": "Три месяца на девяти берегах",
                  "ar": "ثلاثة أشهر على تسعة شواطئ"},
        "headlines": [spotlight["title"], *(title for _, title in TITLES[:4])],
        "banner": {},
        "masthead": {"en": "Published by the **Secretariat**, 1 Harbour Street, Orvale. <desk@lakes.example>",
                     "ru": "Издатель: **Секретариат**, Орвейл, Портовая улица, 1. <desk@lakes.example>",
                     "ar": "الناشر: **الأمانة**، 1 شارع الميناء، أورفيل. <desk@lakes.example>"},
        "correction": {},
        "opening": {
            "kind": "compilers-note",
            "title": {"en": "A note from the compilers", "ru": "От составителей", "ar": "كلمة من المعدّين"},
            "body": paragraphs(1, 5),
            "signed": {"en": "The compilers", "ru": "Составители", "ar": "المعدّون"},
        },
        "chapters": [
            {"ref": "spotlight", "kind": "spotlight", "items": [spotlight],
             "title": {"en": "Spotlight", "ru": "В центре внимания", "ar": "تحت الضوء"}},
            *months,
            {"ref": "flash", "kind": "flash", "items": [article(n, "2024-11", 1) for n in range(9)],
             "title": {"en": "Flash briefing", "ru": "Коротко", "ar": "أخبار موجزة"}},
            {"ref": "activities", "kind": "activities", "items": activities(28),
             "title": {"en": "Activities of the quarter", "ru": "Мероприятия квартала", "ar": "أنشطة الفصل"}},
            {"ref": "2025-01", "kind": "month", "items": [], "title": {"en": "January is empty"}},
        ],
        "pages": [{**picture(8, "page"), "after": "2024-10"}],
    }


def draw(file: pathlib.Path, size: tuple[int, int], seed: int) -> None:
    """A lake by evening: enough detail that JPEG has work to do."""
    chance = random.Random(seed)
    image = Image.linear_gradient("L").resize(size)
    image = Image.merge("RGB", (image.point(lambda v: 60 + v // 2), image.point(lambda v: 90 + v // 3),
                                image.point(lambda v: 190 - v // 3)))
    pen = ImageDraw.Draw(image)
    wide, high = size
    for _ in range(60):
        x, y, r = chance.randrange(wide), chance.randrange(high // 2, high), chance.randrange(wide // 40, wide // 12)
        pen.polygon([(x - r, y), (x + r, y), (x + r // 2, y + r // 3), (x - r // 2, y + r // 3)], fill=(40, 30, 30))
        pen.polygon([(x, y), (x, y - r), (x + r // 2, y)], fill=(240, 230, 210))
    image.save(file, quality=90)


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("pictures")
    for number in range(1, 9):
        draw(folder / f"picture-{number}.jpg", (1500, 1000), number)
        draw(folder / f"picture-{number}-tall.jpg", (1000, 1500), number)
    return folder
