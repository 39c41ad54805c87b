"""Two languages of a paragraph: what one says and the other does not. Tables that a translator can read."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.documents.rules.crosscheck import check, reads_months

NAMES = {
    "aldora": {"en": ["Aldora", "Republic of Aldora"], "ru": ["Алдора", "Республика Алдора"], "ar": ["ألدورا"]},
    "jorvania": {"en": ["Jorvania"], "ru": ["Джорвания"], "ar": ["جورفانيا"], "zh": ["乔瓦尼亚"]},
    "east-ulva": {"en": ["East Ulva"], "ru": ["Восточная Ульва"], "ar": ["أولفا الشرقية"]},
    "ulva": {"en": ["Ulva"], "ru": ["Ульва"], "ar": ["أولفا"]},
    "zelmark": {"en": ["Zelmark"], "ru": ["Зельмарк"], "ar": ["زيلمارك"], "zh": ["泽尔马克"]},
    "isles": {"en": ["Kestrel Isles"], "ru": ["Острова Кестрел"], "ar": ["جزر كيستريل"]},
    "delta": {"en": ["The Delta"], "ru": ["Дельта"], "ar": ["الدلتا"]},
    "only-english": {"en": ["Nowhere"]},
}


def told(source: str, other: str, source_language: str, language: str, names=NAMES) -> list[str]:
    found = check(source, other, source_language=source_language, language=language, names=names)
    return [f"{one.only_in} {one.kind}: {one.what}" for one in found]


@pytest.mark.parametrize(
    ("english", "russian", "expected"),
    [
        # dates
        ("on 17 December 2024", "17 декабря 2024 года", []),
        ("on December 17, 2024", "17 декабря 2024 г.", []),
        ("on the 17th of December 2024", "17-го декабря 2024 года", []),
        ("on 17 December 2024", "17.12.2024", []),
        ("2024-12-17", "17 декабря 2024 года", []),
        ("on 17 December 2024", "18 декабря 2024 года", ["en date: 17 December 2024", "ru date: 18 декабря 2024 года"]),
        ("on 17 December 2024", "17 ноября 2024 года", ["en date: 17 December 2024", "ru date: 17 ноября 2024 года"]),
        ("on 17 December 2024", "17 декабря 2023 года", ["en date: 17 December 2024", "ru date: 17 декабря 2023 года"]),
        ("in December 2024", "в декабре 2024 года", []),
        ("in December 2024", "в ноябре 2024 года", ["en date: December 2024", "ru date: ноябре 2024 года"]),
        ("May 2025", "май 2025 года", []),
        ("States may meet", "государства могут встретиться", []),  # no month
        ("May 5 States join", "5 государств", ["en date: May 5", "ru number: 5"]),  # what nobody would write
        # ranges
        ("from 17 to 19 December 2024", "с 17 по 19 декабря 2024 года", []),
        ("17–19 December 2024", "17—19 декабря 2024 года", []),
        ("17, 18 and 19 December", "17, 18 и 19 декабря", []),
        ("December 17-19, 2024", "17-19 декабря 2024 года", []),
        ("28 November to 3 December 2024", "с 28 ноября по 3 декабря 2024 года", []),
        ("28 November to 3 December 2024", "с 28 ноября 2024 года по 3 декабря 2024 года", []),  # the year is known
        ("17–19 December 2024", "17–20 декабря 2024 года",
         ["en date: 17–19 December 2024", "ru date: 17–20 декабря 2024 года"]),
        # numbers
        ("28 Member States", "28 государств-членов", []),
        ("28 Member States", "27 государств-членов", ["en number: 28", "ru number: 27"]),
        ("1,000,000", "1 000 000", []),
        ("1,000,000", "1\u00a0000\u00a0000", []),
        ("1,000,000", "100 000", ["en number: 1,000,000", "ru number: 100 000"]),
        ("12.5 per cent", "12,5 процента", []),
        ("12.5 per cent", "125 процентов", ["en number: 12.5", "ru number: 125"]),
        ("1,250.75", "1 250,75", []),
        ("at 10:00 and at 15:30", "в 10.00 и в 15.30", []),
        ("at 09:30", "в 9.30", []),
        ("paragraph 3.2.1", "пункт 3.2.1", []),
        ("between 2024 and 2025", "в 2024–2025 годах", []),
        ("in the 1990s", "в 1990-х годах", []),
        ("the 7th session", "7-я сессия", []),
        ("5 and 5", "5", ["en number: 5"]),  # as often
        ("the G20", "«Группа двадцати»", []),  # within a word
        ("the seventh session", "седьмая сессия", []),  # in words
        # symbols: whole, and their numbers are not counted again
        ("document PRA/MC/7/DOC.3/Rev.1", "документ PRA/MC/7/DOC.3/Rev.1", []),
        ("document PRA/MC/7/DOC.3/Rev.1.", "документ PRA/MC/7/DOC.3/Rev.2.",
         ["en symbol: PRA/MC/7/DOC.3/Rev.1", "ru symbol: PRA/MC/7/DOC.3/Rev.2"]),
        ("document PRA/MC/7/DOC.3", "документ", ["en symbol: PRA/MC/7/DOC.3"]),
        ("resolution A/RES/72/262", "резолюция A/RES/72/262", []),
        ("document PRA/SOC/2024/DEC.1", "документ РRА/SОС/2024/DEС.1",  # Cyrillic letters that look alike
         ["en symbol: PRA/SOC/2024/DEC.1", "ru symbol: РRА/SОС/2024/DEС.1"]),
        ("and/or", "и/или", []),
        # names of states, in the cases of Russian
        ("offered by Jorvania", "предложено Джорванией", []),
        ("the capital of Jorvania", "столица Джорвании", []),
        ("JORVANIA", "ДЖОРВАНИЯ", []),
        ("thanks Jorvania", "благодарит Алдору", ["en name: Jorvania", "ru name: Алдору"]),
        ("the Republic of Aldora and Zelmark", "Республика Алдора и Зельмарк", []),
        ("the Republic of Aldora and Zelmark", "Республике Алдора и Зельмарку", []),
        ("Kestrel Isles", "на Островах Кестрел", []),
        ("Aldora, Jorvania and Zelmark", "Алдора и Зельмарк", ["en name: Jorvania"]),
        ("Aldora thanks Aldora", "Алдора благодарит", []),  # repeated or not
        ("East Ulva", "Восточной Ульвой", []),  # not Ulva besides
        ("Ulva and East Ulva", "Восточная Ульва", ["en name: Ulva"]),
        ("East Ulva", "Ульвой", ["en name: East Ulva", "ru name: Ульвой"]),
        ("Aldora’s chairmanship", "алдорское председательство", []),  # an adjective
        ("the Aldoran chairmanship", "председательство Алдоры", []),
        ("the chairmanship", "председательство Алдоры", ["ru name: Алдоры"]),
        ("meets nowhere; Nowhere", "нигде", []),  # without a Russian name it is not looked for
        # no translation yet
        ("17 December 2024, Aldora, 28", "", []),
        ("17 December 2024, Aldora, 28", "  \n", []),
        ("", "17 декабря", []),
    ],
)  # fmt: skip
def test_english_and_russian(english, russian, expected):
    assert told(english, russian, "en", "ru") == expected


@pytest.mark.parametrize(
    ("english", "other", "language", "expected"),
    [
        ("on 17 December 2024", "le 17 décembre 2024", "fr", []),
        ("from 1 to 3 March", "du 1er au 3 mars", "fr", []),
        ("17 and 18 August 2025", "les 17 et 18 août 2025", "fr", []),
        ("in May 2025", "en mai 2025", "fr", []),
        ("1,000,000 and 12.5", "1 000 000 et 12,5", "fr", []),
        ("on 17 December 2024", "le 17 novembre 2024", "fr",
         ["en date: 17 December 2024", "fr date: 17 novembre 2024"]),
        ("on 17 December 2024", "2024 жылғы 17 желтоқсанда", "kk", []),
        ("on 17 December", "17 желтоқсанда", "kk", []),
        ("in September 2024", "2024 жылғы қыркүйекте", "kk", []),
        ("on 17 December 2024", "2024 жылғы 17 қарашада", "kk",
         ["en date: 17 December 2024", "kk date: 2024 жылғы 17 қарашада"]),
        ("on 17 December 2024", "17 grudnia 2024", "pl", []),  # no months: the numbers are the same
        ("on 17 December 2024", "17 listopada 2024", "pl", []),
        ("on 17 December 2024", "18 grudnia 2024", "pl", ["en number: 17", "pl number: 18"]),
    ],
)  # fmt: skip
def test_english_and_other_languages(english, other, language, expected):
    assert told(english, other, "en", language) == expected


@pytest.mark.parametrize(
    ("languages", "read"), [(("en", "ru"), True), (("fr", "kk"), True), (("en", "zh"), True), (("en", "pl"), False)]
)
def test_where_months_are_read_is_known(languages, read):
    assert reads_months(*languages) is read


@pytest.mark.parametrize(
    ("english", "arabic", "expected"),
    [
        ("on 17 December 2024", "في 17 ديسمبر 2024", []),
        ("on 17 December 2024", "في ١٧ ديسمبر ٢٠٢٤", []),
        ("on 17 December 2024", "في ١٧ كانون الأول/ديسمبر ٢٠٢٤", []),
        ("on 17 December 2024", "في 17 كانون الاول من عام 2024", []),
        ("on 17 December 2024", "في 17\u200f ديسمبر\u200f 2024", []),  # with marks of direction that nobody sees
        ("17 and 18 December", "17 و18 ديسمبر", []),
        ("from 17 to 19 May 2025", "من 17 إلى 19 مايو 2025", []),
        ("in November and December 2024", "في نوفمبر وديسمبر 2024", []),
        ("on 17 December 2024", "في ١٨ ديسمبر ٢٠٢٤", ["en date: 17 December 2024", "ar date: ١٨ ديسمبر ٢٠٢٤"]),
        ("1,000,000 and 12.5", "١٬٠٠٠٬٠٠٠ و١٢٫٥", []),
        ("28 Member States", "٢٨ دولة عضوا", []),
        ("28 Member States", "٢٧ دولة عضوا", ["en number: 28", "ar number: ٢٧"]),
        ("document PRA/MC/7/DOC.3", "الوثيقة PRA/MC/7/DOC.3", []),
        ("Aldora and Jorvania", "ألدورا وجورفانيا", []),
        ("for Jorvania, by Aldora", "لجورفانيا بألدورا", []),
        ("Aldora", "الدورا", []),  # alef without its hamza
        ("Aldora", "أَلْدُورَا", []),  # with the signs of its vowels
        ("to The Delta", "للدلتا", []),
        ("The Delta", "والدلتا", []),
        ("Kestrel Isles", "بجزر كيستريل", []),
        ("Zelmark’s budget", "الميزانية الزيلماركية", []),
        ("Aldora and Jorvania", "ألدورا", ["en name: Jorvania"]),
    ],
)
def test_english_and_arabic(english, arabic, expected):
    assert told(english, arabic, "en", "ar") == expected


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("17 December 2024", "2024年12月17日", []),
        ("17–19 December 2024", "2024年12月17日至19日", ["en date: 17–19 December 2024", "zh number: 19"]),
        ("17–19 December 2024", "2024年12月17-19日", []),
        ("in December 2024", "2024年12月", []),
        ("Jorvania and Zelmark", "乔瓦尼亚和泽尔马克", []),
        ("Jorvania and Zelmark", "乔瓦尼亚", ["en name: Zelmark"]),
    ],
)
def test_english_and_chinese(english, chinese, expected):
    assert told(english, chinese, "en", "zh") == expected


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("Казахстан", "Казахстана Казахстану Казахстаном Казахстане"),
        ("Россия", "России Россию Россией Россиею"),
        ("Китай", "Китая Китаю Китаем Китае"),
        ("Египет", "Египта Египту Египтом Египте"),
        ("Израиль", "Израиля Израилю Израилем Израиле"),
        ("Беларусь", "Беларуси Беларусью"),
        ("Филиппины", "Филиппин Филиппинам Филиппинами Филиппинах"),
        ("Камбоджа", "Камбоджи Камбодже Камбоджу Камбоджей"),
        ("Республика Корея", "Республики Корея, Республику Корея, Республикой Корея, Республике Корея"),
        ("Объединённые Арабские Эмираты",
         "Объединенных Арабских Эмиратов, Объединённым Арабским Эмиратам, Объединёнными Арабскими Эмиратами"),
        ("Саудовская Аравия", "Саудовской Аравии, Саудовскую Аравию, Саудовской Аравией"),
        ("Иорданское Хашимитское Королевство",
         "Иорданского Хашимитского Королевства, Иорданском Хашимитском Королевстве"),
        ("Шри-Ланка", "Шри-Ланки Шри-Ланке Шри-Ланку Шри-Ланкой"),
        ("Лаосская Народно-Демократическая Республика", "Лаосской Народно-Демократической Республики"),
        ("Куба", "Кубы Кубе Кубу Кубой"),
        ("США", "США"),
    ],
)  # fmt: skip
def test_a_name_in_all_its_cases(name, cases):
    names = {"x": {"en": ["Xland"], "ru": [name]}}
    for case in cases.split(", ") if ", " in cases or " " in name else cases.split():
        assert told("Xland", f"с участием {case} и других", "en", "ru", names) == [], case


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Индия", "Индонезии"),
        ("Нигер", "Нигерией"),
        ("Мали", "Малайзии"),
        ("Иран", "Ираном-2 и Ирака"),
        ("Индия", "куба"),
        ("Куба", "два куба"),  # written small it is no name
    ],
)
def test_another_name_is_not_taken_for_it(name, other):
    names = {"x": {"en": ["Xland"], "ru": [name]}}
    found = told("the States", f"участие {other}", "en", "ru", names)
    assert [one for one in found if "name" in one] == ([] if "Иран" not in other else ["ru name: Ираном"])


RECORD = Path(__file__).resolve().parents[2] / "records"


@pytest.mark.parametrize("record", ["cica", "practice"])
def test_every_name_of_a_record_is_found_beside_its_own_translation(record):
    names: dict[str, dict[str, list[str]]] = {}
    with open(RECORD / record / "party_names.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["form"] in ("short", "formal"):
                names.setdefault(row["party"], {}).setdefault(row["language"], []).append(row["text"])
    compared = 0
    for ref, known in names.items():
        for language in known.keys() - {"en"}:
            if "en" in known:
                assert told(known["en"][0], known[language][0], "en", language, names) == [], ref
                assert told(f"{known['en'][0]} met", "¡", "en", language, names) != [], ref
                compared += 1
    assert compared > 25


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_checked(source, other):
    found = check(source, other, source_language="en", language="ar", names=NAMES)
    assert len(found) == len(set(found))
    mirrored = check(other, source, source_language="ar", language="en", names=NAMES)
    assert set(found) == set(mirrored)


PIECES = st.lists(
    st.sampled_from([
        ("on 17 December 2024", "17 декабря 2024 года"), ("28 states", "28 государств"), ("1,500", "1 500"),
        ("PRA/MC/7/DOC.3", "PRA/MC/7/DOC.3"), ("Jorvania", "Джорванию"), ("3.5 per cent", "3,5 процента"),
    ]), max_size=8,
)  # fmt: skip


@settings(deadline=None)
@given(PIECES, st.permutations(range(8)))
def test_what_is_the_same_in_another_order_is_the_same(pieces, order):
    english = "; ".join(one for one, _ in pieces)
    russian = "; ".join(pieces[place][1] for place in order if place < len(pieces))
    assert told(english, russian, "en", "ru") == []
