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

from chancery.core.typesetting import press
from chancery.newsroom.typesetting import (
    BadPicture,
    PictureWithoutAlt,
    TooSlow,
    Untypesettable,
    tree,
    typeset,
    typeset_apart,
    words,
)
from chancery.newsroom.typesetting.pages import LAYOUTS
from chancery.newsroom.typesetting.pictures import prepare

INJECTIONS = [
    '#eval("boom")',
    "$x^2$",
    "@ref",
    "<label>",
    "a * b _ c",
    "#panic()",
    "\\u{41}",
    "= No heading =",
]

CHARTER = {
    "symbol": "CLS",
    "languages": ["en", "ru", "ar"],
    "name": {
        "en": "Conference of the Lake States on Trust and Exchange",
        "ru": "Конференция озёрных государств по доверию и обмену",
        "ar": "مؤتمر دول البحيرات للثقة والتبادل",
    },
    "short": {"en": "CLS", "ru": "КОГ", "ar": "CLS"},
    "address": {
        "en": "1 Harbour Street, Orvale",
        "ru": "Орвейл, Портовая улица, 1",
        "ar": "1 شارع الميناء، أورفيل",
    },
    "email": "desk@lakes.example",
    "website": "https://lakes.example",
    "issued_by_organisation": False,
    "dimensions": [
        {
            "code": "mp",
            "name": {
                "en": "Military-political",
                "ru": "Военно-политическое измерение",
                "ar": "البعد العسكري السياسي",
            },
        },
        {
            "code": "nc",
            "name": {
                "en": "New challenges and threats",
                "ru": "Новые вызовы и угрозы",
                "ar": "التحديات والتهديدات الجديدة",
            },
        },
        {"code": "ec", "name": {"en": "Economic", "ru": "Экономическое измерение", "ar": "البعد الاقتصادي"}},
        {
            "code": "en",
            "name": {"en": "Environmental", "ru": "Экологическое измерение", "ar": "البعد البيئي"},
        },
        {"code": "hu", "name": {"en": "Human", "ru": "Человеческое измерение", "ar": "البعد الإنساني"}},
    ],
}

SENTENCES = {
    "en": [
        "Delegations of all nine Lake States met on the northern shore to compare their notifications.",
        "The chair recalled that the plan had been agreed by consensus; three measures remained open.",
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
    (
        "hu",
        {
            "en": "Young archivists compare their notebooks",
            "ru": "Молодые архивисты сверяют записи",
            "ar": "أمناء المحفوظات الشباب يقارنون دفاترهم",
        },
    ),
    (
        "en",
        {
            "en": "Safer dams, slower floods",
            "ru": "Надёжные плотины, медленные паводки",
            "ar": "سدود أكثر أمانًا وفيضانات أبطأ",
        },
    ),
    (
        "ec",
        {
            "en": "Small harbours, larger markets",
            "ru": "Малые гавани, большие рынки",
            "ar": "موانئ صغيرة وأسواق أكبر",
        },
    ),
    (
        "",
        {
            "en": "Host agreement amended",
            "ru": "Изменено соглашение с принимающей стороной",
            "ar": "تعديل اتفاق المقر",
        },
    ),
    (
        "nc",
        {
            "en": "Smugglers lose a crossing",
            "ru": "У контрабандистов стало на одну переправу меньше",
            "ar": "المهربون يخسرون معبرًا",
        },
    ),
    (
        "mp",
        {
            "en": "Notices of exercises now travel by one form and reach every capital within a day",
            "ru": "Уведомления об учениях отправляются по единой форме и приходят в каждую столицу за сутки",
            "ar": "إخطارات التدريبات تُرسل الآن بنموذج واحد وتصل كل عاصمة خلال يوم",
        },
    ),
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
        "file": f"picture-{number}{shape}.jpg",
        "layout": layout,
        "credit": "A. Example",
        "alt": {
            "en": f"Picture {number}: boats on a lake",
            "ru": f"Снимок {number}: лодки на озере",
            "ar": f"صورة {number}: قوارب في بحيرة",
        },
        "caption": {
            "en": "Boats of the host country before the opening.",
            "ru": "Лодки принимающей страны.",
            "ar": "قوارب البلد المضيف قبل الافتتاح.",
        },
    }


def article(number: int, month: str, length: int = 6, **more) -> dict:
    dimension, title = TITLES[number % len(TITLES)]
    item = {
        "news": f"{month}-01-item-{number}",
        "title": title,
        "dimension": dimension,
        "meetings": [],
        "lede": localized(lambda language: SENTENCES[language][number % 8]),
        "body": paragraphs(number, length),
        "dateline": PLACE,
        "date": f"{month}-{number % 27 + 1:02}",
        "figures": [],
        "pictures": [],
        "next": {},
    }
    return {**item, **more}


FIGURES = [
    {
        "value": "450",
        "qualifier": "over",
        "label": {
            "en": "people at the plenary",
            "ru": "участников пленарного заседания",
            "ar": "مشاركًا في الجلسة العامة",
        },
    },
    {
        "value": "36000",
        "qualifier": "about",
        "label": {
            "en": "firms with partners abroad",
            "ru": "компаний с партнёрами",
            "ar": "شركة لها شركاء في الخارج",
        },
    },
    {
        "value": "9",
        "qualifier": "",
        "label": {
            "en": "Members, all of them present",
            "ru": "членов, все присутствовали",
            "ar": "دول أعضاء حضرت جميعها",
        },
    },
    {
        "value": "82",
        "qualifier": "stated",
        "label": {"en": "harbours in the register", "ru": "гавани в реестре", "ar": "ميناء في السجل"},
    },
]

RICH = """First words, with **strong**, *emphasis*, a [link](https://lakes.example/a)
and a [trap](javascript:alert(1)).

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
            "meeting": f"meeting-{number}",
            "date": f"2024-{10 + number % 3}-{number % 27 + 1:02}",
            "ends": f"2024-{10 + number % 3}-{number % 27 + 2:02}" if number % 4 == 0 else "",
            "title": TITLES[number % 6][1],
            "place": PLACE,
            "kind": "session",
            "dimension": TITLES[number % 6][0],
            "hosts": [],
            "figures": FIGURES[:1] if number % 5 == 0 else [],
        }
        for number in range(count)
    ]
    return sorted(held, key=lambda item: item["date"])


def an_edition(*, per_month: int = 5) -> dict:
    """Everything that an edition can hold, an empty chapter too."""
    months = []
    for place, (month, title) in enumerate(
        [
            ("2024-10", {"en": "October", "ru": "Октябрь", "ar": "أكتوبر"}),
            ("2024-11", {"en": "November", "ru": "Ноябрь", "ar": "نوفمبر"}),
            ("2024-12", {"en": "December", "ru": "Декабрь", "ar": "ديسمبر"}),
        ]
    ):
        items = [article(place * 7 + number, month, 3 + (number * 5) % 8) for number in range(per_month)]
        items[0]["figures"] = FIGURES
        items[0]["pictures"] = [picture(1, "wide")]
        items[1]["pictures"] = [picture(2, "column"), picture(3, "column", "-tall")]
        items[2]["next"] = {
            "en": "The working group meets in Tarn in spring.",
            "ru": "Рабочая группа соберётся весной.",
            "ar": "يجتمع الفريق العامل في الربيع.",
        }
        months.append({"ref": month, "kind": "month", "title": title, "items": items})
    months[0]["items"][3]["body"] = localized(lambda language: RICH + paragraphs(5, 3)[language])
    months[1]["items"][0]["pictures"].append(picture(4, "page", "-tall"))
    months[2]["items"][1]["title"] = {"en": "Only in English so far"}
    months[2]["items"][1]["body"] = {"en": paragraphs(9, 5)["en"]}
    spotlight = article(
        3,
        "2024-12",
        14,
        title={
            "en": "Nine shores, one table",
            "ru": "Девять берегов, один стол",
            "ar": "تسعة شواطئ ومائدة واحدة",
        },
        pictures=[picture(5, "wide"), picture(6, "column"), picture(7, "wide")],
        figures=FIGURES[:3],
    )
    return {
        "quarter": "2024-Q4",
        "edition": 1,
        "published": "2025-01-15",
        "name": {"en": "Digest", "ru": "Дайджест", "ar": "النشرة الفصلية"},
        "title": {
            "en": "Three months on nine shores",
            "ru": "Три месяца на девяти берегах",
            "ar": "ثلاثة أشهر على تسعة شواطئ",
        },
        "headlines": [spotlight["title"], *(title for _, title in TITLES[:4])],
        "banner": {},
        "masthead": {
            "en": "Published by the **Secretariat**, 1 Harbour Street, Orvale. <desk@lakes.example>",
            "ru": "Издатель: **Секретариат**, Орвейл, Портовая улица, 1. <desk@lakes.example>",
            "ar": "الناشر: **الأمانة**، 1 شارع الميناء، أورفيل. <desk@lakes.example>",
        },
        "correction": {},
        "opening": {
            "kind": "compilers-note",
            "title": {"en": "A note from the compilers", "ru": "От составителей", "ar": "كلمة من المعدّين"},
            "body": paragraphs(1, 5),
            "signed": {"en": "The compilers", "ru": "Составители", "ar": "المعدّون"},
        },
        "chapters": [
            {
                "ref": "spotlight",
                "kind": "spotlight",
                "items": [spotlight],
                "title": {"en": "Spotlight", "ru": "В центре внимания", "ar": "تحت الضوء"},
            },
            *months,
            {
                "ref": "flash",
                "kind": "flash",
                "items": [article(n, "2024-11", 1) for n in range(9)],
                "title": {"en": "Flash briefing", "ru": "Коротко", "ar": "أخبار موجزة"},
            },
            {
                "ref": "activities",
                "kind": "activities",
                "items": activities(28),
                "title": {
                    "en": "Activities of the quarter",
                    "ru": "Мероприятия квартала",
                    "ar": "أنشطة الفصل",
                },
            },
            {"ref": "2025-01", "kind": "month", "items": [], "title": {"en": "January is empty"}},
        ],
        "pages": [{**picture(8, "page"), "after": "2024-10"}],
    }


def draw(file: pathlib.Path, size: tuple[int, int], seed: int) -> None:
    """A lake by evening: enough detail that JPEG has work to do."""
    chance = random.Random(seed)
    image = Image.linear_gradient("L").resize(size)
    image = Image.merge(
        "RGB",
        (
            image.point(lambda v: 60 + v // 2),
            image.point(lambda v: 90 + v // 3),
            image.point(lambda v: 190 - v // 3),
        ),
    )
    pen = ImageDraw.Draw(image)
    wide, high = size
    for _ in range(60):
        x, y, r = (
            chance.randrange(wide),
            chance.randrange(high // 2, high),
            chance.randrange(wide // 40, wide // 12),
        )
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


@pytest.fixture(scope="session")
def printed(files) -> dict[str, bytes]:
    return {language: typeset(an_edition(), language=language, charter=CHARTER, files=files) for language in SENTENCES}


@pytest.fixture(params=list(SENTENCES))
def language(request) -> str:
    return request.param


def short_edition(**item) -> dict:
    """One month with one article: quick to set."""
    edition = an_edition()
    edition["chapters"] = [
        {
            "ref": "2024-10",
            "kind": "month",
            "title": {"en": "October"},
            "items": [article(1, "2024-10", 2, **item)],
        }
    ]
    edition["pages"] = []
    return edition


def set_short(files, language="en", **item) -> bytes:
    return typeset(short_edition(**item), language=language, charter=CHARTER, files=files)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def squeezed(text: str) -> str:
    """Without blanks and hyphens, as lines may be broken anywhere."""
    return "".join(c for c in text if not c.isspace() and c not in "-\u00ad\u0002\ufffe")


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            waiting.append(node.get("/K", pikepdf.Array()))
    return found


# What the file says of itself


def test_it_is_archival_and_accessible_and_says_so(printed, language):
    pdf = pikepdf.open(io.BytesIO(printed[language]))
    assert str(pdf.Root.Lang).startswith(language)
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        short = CHARTER["short"][language]
        name = an_edition()["name"][language]
        assert (
            metadata["dc:title"]
            == words.words(language)["publication"].format(short=short, name=name)
            + f", {words.quarter('2024-Q4', language)}"
        )
    assert not any("/JS" in obj or "/JavaScript" in obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary))
    assert all(font.embedded for font in fonts_of(pdf))


def fonts_of(pdf):
    class Font:
        def __init__(self, descriptor):
            self.embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))

    return [
        Font(obj)
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
    ]


def test_tags_follow_the_page(printed, language):
    pdf = pikepdf.open(io.BytesIO(printed[language]))
    tags = elements(pdf)
    kinds = {str(tag.S) for tag in tags}
    assert {"/H1", "/H2", "/H3", "/H4", "/P", "/Figure", "/Link", "/Table", "/TH", "/L", "/TOCI"} <= kinds
    figures = [tag for tag in tags if tag.S == "/Figure"]
    edition = an_edition()
    pictures = sum(len(item.get("pictures", ())) for chapter in edition["chapters"] for item in chapter["items"])
    assert len(figures) == pictures + len(edition["pages"])
    assert all(str(figure.Alt).strip() for figure in figures)


def test_bookmarks_name_every_chapter(printed):
    pdf = pikepdf.open(io.BytesIO(printed["en"]))
    with pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
    assert titles[-6:] == [
        "Spotlight",
        "October",
        "November",
        "December",
        "Flash briefing",
        "Activities of the quarter",
    ]


def test_contents_give_the_true_pages(printed, language):
    pdf = pikepdf.open(io.BytesIO(printed[language]))
    text = pypdfium2.PdfDocument(printed[language])[1].get_textpage()
    numbers = {page.objgen: place + 1 for place, page in enumerate(pdf.pages)}
    names = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
    checked = set()
    for link in pdf.pages[1].Annots:
        where = link.get("/Dest", link.get("/A", {}).get("/D"))
        if where is None:
            continue
        if isinstance(where, pikepdf.String):
            where = names[str(where)]
            where = where.D if isinstance(where, pikepdf.Dictionary) else where
        left, bottom, right, top = (float(value) for value in link.Rect)
        said = [
            int(part)
            for part in text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1).split()
            if part.isdigit()
        ]
        assert numbers[where[0].objgen] in said
        checked.add(numbers[where[0].objgen])
    assert len(checked) > 12


# Text


def test_typed_code_comes_out_as_text(files):
    typed = " ".join(INJECTIONS)
    hostile = localized(lambda _: typed)
    pdf = set_short(
        files,
        title=hostile,
        lede=hostile,
        dateline=hostile,
        next=hostile,
        body=localized(lambda _: "\n\n".join(INJECTIONS) + "\n\n<script>alert(1)</script>"),
    )
    text = squeezed(text_of(pdf))
    for piece in INJECTIONS:
        assert text.count(squeezed(piece)) >= 4, piece
    assert "<script>alert(1)</script>" in text


def test_links_lead_to_the_web_or_a_mailbox_only(files):
    pdf = pikepdf.open(
        io.BytesIO(set_short(files, body={"en": RICH + "[file](file:///etc/passwd) <desk@lakes.example>"}))
    )
    targets = {
        str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link and "/URI" in link.A
    }
    assert targets == {"https://lakes.example/a", "mailto:desk@lakes.example", "https://lakes.example"}


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        (
            "a *b*\n\n> c",
            [{"k": "p", "c": ["a ", {"k": "em", "c": ["b"]}]}, {"k": "quote", "c": [{"k": "p", "c": ["c"]}]}],
        ),
        ("a  \nb", [{"k": "p", "c": ["a", {"k": "br"}, "b"]}]),
        (
            "3. a\n4. b",
            [{"k": "ol", "start": 3, "items": [[{"k": "p", "c": ["a"]}], [{"k": "p", "c": ["b"]}]]}],
        ),
        ("[a](javascript:b) ![c](d.png)", [{"k": "p", "c": ["a", " ", "c"]}]),
        ("a <b>c</b>\x00", [{"k": "p", "c": ["a <b>c</b>"]}]),
    ],
)
def test_markdown_becomes_a_plain_tree(markdown, blocks):
    assert joined(tree(markdown, "en")) == joined(blocks)


def joined(node):
    """Neighbouring strings as one: how text is cut into strings means nothing."""
    if isinstance(node, dict):
        return {key: joined(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    whole = []
    for part in map(joined, node):
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def test_heading_levels_never_skip_one():
    levels = [block["level"] for block in tree("### a\n\n## b\n\n#### c\n\n##### d\n\n## e", "en")]
    assert levels == [1, 1, 2, 3, 1]


def test_latin_words_in_arabic_are_set_apart():
    assert tree("عبر desk@lakes.example.", "ar") == [
        {"k": "p", "c": ["عبر ", {"k": "ltr", "c": ["desk@lakes.example"]}, "."]},
    ]
    assert tree("COP 29 ok", "en") == [{"k": "p", "c": ["COP 29 ok"]}]


def test_no_word_of_the_articles_is_lost(printed, language):
    text = squeezed(text_of(printed[language]))
    letters = {letter: text.count(letter) for letter in set(text) if letter.isalpha()}
    wanted: dict[str, int] = {}
    for chapter in an_edition()["chapters"]:
        for item in chapter["items"]:
            if chapter["kind"] != "activities" and language in item["body"] and language != "ar":
                body = item["body"][language].replace("https://lakes.example/a", "").replace("javascript:alert(1)", "")
                for letter in filter(str.isalpha, body):
                    wanted[letter] = wanted.get(letter, 0) + 1
    assert {letter: count for letter, count in wanted.items() if letters.get(letter, 0) < count} == {}


def test_lines_do_not_run_into_each_other(printed, language):
    for number, page in enumerate(pypdfium2.PdfDocument(printed[language]), 1):
        text = page.get_textpage()
        boxes = [text.get_rect(place) for place in range(text.count_rects())]
        lines = [box for box in boxes if box[3] - box[1] > 4]  # the marks of Arabic letters apart
        for place, (left, bottom, right, top) in enumerate(lines):
            assert 0 <= left < right <= 596, f"page {number}"
            assert 20 < bottom < top < 842, f"page {number}"
            for other in lines[place + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(top, other[3]) - max(bottom, other[1])
                assert across < 6 or down < 0.55 * min(top - bottom, other[3] - other[1]), f"page {number}"


def test_every_character_has_a_glyph(files, caplog, language):
    set_short(files, language=language)
    assert not caplog.records


def test_a_character_without_a_glyph_is_refused(files):
    with pytest.raises(Untypesettable):
        set_short(files, title={"en": "A cuneiform sign: \U00012000"})


def test_what_is_missing_in_a_language_is_taken_from_the_first_and_marked(printed):
    assert "Only in English so far" in text_of(printed["ru"])
    pdf = pikepdf.open(io.BytesIO(printed["ru"]))
    assert any(str(tag.get("/Lang", "")).startswith("en") for tag in elements(pdf))


def test_an_empty_chapter_is_left_out(printed):
    assert "January is empty" not in text_of(printed["en"])


def test_on_whose_authority(files):
    compiled = "not issued by the Secretariat"
    assert compiled in text_of(set_short(files))
    issued = typeset(short_edition(), language="en", charter={**CHARTER, "issued_by_organisation": True}, files=files)
    assert compiled not in text_of(issued)
    edition = {**short_edition(), "banner": {"en": "A rehearsal of the Lake States"}}
    assert "A rehearsal" in text_of(typeset(edition, language="en", charter=CHARTER, files=files))


def test_a_correction_stands_in_front(files):
    edition = {**short_edition(), "edition": 2, "correction": {"en": "Page 4 named the wrong lake."}}
    pages = pypdfium2.PdfDocument(typeset(edition, language="en", charter=CHARTER, files=files))
    assert "Page 4 named the wrong lake." in pages[1].get_textpage().get_text_range()


# Figures and dates


def test_figures_carry_their_qualifier_in_words(printed):
    assert "over 450" in text_of(printed["en"])
    assert "более 450" in text_of(printed["ru"])
    assert words.grouped("36000") == "36\u00a0000"
    assert [words.grouped(value) for value in ("2024", "12.5", "²12345")] == ["2024", "12.5", "²12345"]


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        ("2024-12-17", "en", "17\u00a0December 2024"),
        ("2024-12-17", "ru", "17\u00a0декабря 2024"),
        ("2024-12-17", "ar", "17\u00a0ديسمبر 2024"),
        ("2024-12", "ru", "декабрь 2024"),
        ("2024-Q4", "en", "October–December 2024"),
        ("2011", "en", "2011"),
        ("by 2002-06-04", "en", "4\u00a0June 2002"),
        ("2024-12-17", "kk", "17\u00a0December 2024"),
    ],
)
def test_days_are_said_with_the_month_as_a_word(day, language, said):
    assert words.spoken(day, language) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-12-17", "", "17\u00a0December 2024"),
        ("2024-12-17", "2024-12-17", "17\u00a0December 2024"),
        ("2024-12-17", "2024-12-18", "17–18\u00a0December 2024"),
        ("2024-11-30", "2024-12-02", "30\u00a0November – 2\u00a0December 2024"),
        ("2024-12-30", "2025-01-02", "30\u00a0December 2024 – 2\u00a0January 2025"),
    ],
)
def test_spans_of_days(first, last, said):
    assert words.span(first, last, "en") == said


# Pictures


@pytest.mark.parametrize("file", ["missing.jpg", "../picture-1.jpg", "", "..", "notes.jpg", "cut.jpg", "huge.png"])
def test_a_file_that_is_no_usable_picture_is_named(files, file):
    (files / "notes.jpg").write_text("not a picture")
    (files / "cut.jpg").write_bytes((files / "picture-1.jpg").read_bytes()[:2000])
    Image.new("1", (9000, 8000)).save(files / "huge.png")
    with pytest.raises(BadPicture) as refusal:
        set_short(files, pictures=[{**picture(1, "wide"), "file": file}])
    assert refusal.value.file == file


def test_a_picture_needs_words(files):
    with pytest.raises(PictureWithoutAlt) as refusal:
        set_short(files, pictures=[{**picture(1, "wide"), "alt": {}, "caption": {"en": " "}}])
    assert refusal.value.file == "picture-1.jpg"


def test_pictures_are_scaled_to_their_printed_size_once(files):
    Image.effect_noise((2400, 1600), 90).save(files / "noise.png")
    Image.new("RGBA", (2400, 1600), (200, 30, 30, 120)).save(files / "clear.png")
    one, two, three = [
        {**picture(1, layout), "file": file}
        for layout, file in [("column", "noise.png"), ("wide", "noise.png"), ("column", "clear.png")]
    ]
    pdf = pikepdf.open(io.BytesIO(set_short(files, pictures=[one, two, three])))
    images = sorted(
        (int(obj.Width), str(obj.Filter))
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"
    )
    assert [width for width, _ in images] == [pytest.approx(481, abs=1), pytest.approx(1004, abs=1)]
    assert all("DCTDecode" in kind for _, kind in images)


def test_a_photograph_taken_sideways_stands_upright(files, tmp_path):
    image = Image.new("RGB", (600, 400), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "sideways.jpg", exif=exif)
    ready = prepare({"sideways.jpg": 50}, tmp_path, tmp_path)["sideways.jpg"]
    assert (ready.width, ready.height) == (400, 600)
    with Image.open(tmp_path / ready.name) as copy_made:
        assert copy_made.width < copy_made.height


def test_what_is_longer_than_a_page_is_set_all_the_same(files):
    long = " ".join(SENTENCES["en"] * 12)
    table = "\n".join(["| a | b | c | d |", "|---|---|---|---|", *["| one | two | three | four |"] * 90])
    pictures = [{**picture(1, "wide"), "caption": {"en": long}}, picture(2, "wide")]
    pdf = set_short(files, body={"en": f"{long}\n\n{table}\n\nThe end."}, next={"en": long}, pictures=pictures)
    text = text_of(pdf)
    assert text.count("three") >= 90
    assert "The end." in text


# The press


def test_the_same_edition_gives_the_same_bytes(files):
    assert set_short(files) == set_short(files)


def test_it_changes_nothing_that_it_was_given(files):
    edition = short_edition()
    before = copy.deepcopy(edition)
    typeset(edition, language="ru", charter=CHARTER, files=files)
    assert edition == before


def test_apart_gives_the_same_and_passes_refusals_on(files):
    edition = short_edition()
    apart = typeset_apart(edition, language="ar", charter=CHARTER, files=files)
    assert apart == typeset(edition, language="ar", charter=CHARTER, files=files)
    edition["chapters"][0]["items"][0]["pictures"] = [{**picture(1, "wide"), "file": "missing.jpg"}]
    with pytest.raises(BadPicture) as refusal:
        typeset_apart(edition, language="en", charter=CHARTER, files=files)
    assert refusal.value.file == "missing.jpg"


def test_apart_stops_in_time(files):
    with pytest.raises(TooSlow):
        typeset_apart(short_edition(), language="en", charter=CHARTER, files=files, timeout=0.001)


def test_without_the_fonts_of_the_house_nothing_is_set(files, monkeypatch, tmp_path):
    monkeypatch.setattr(press, "FONTS", tmp_path)
    with pytest.raises(Untypesettable, match="font"):
        set_short(files)


def test_layouts_agree_with_the_template():
    measures = (press.HERE / "house.typ").read_text()
    for measure in ("page-width = 210mm", "side = 20mm", "gutter = 7mm"):
        assert f"#let {measure}\n" in measures
    assert [LAYOUTS[name][0] for name in ("column", "wide", "page")] == [(170 - 7) / 2, 210 - 2 * 20, 210]
