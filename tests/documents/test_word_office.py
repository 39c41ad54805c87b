"""Files as a word processor takes them: LibreOffice opens each without complaint, prints it, saves it again, and every
proposal is still in it; python-docx reads the same paragraphs."""

import datetime as dt
import io
import re
import subprocess
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest

from chancery.documents import word
from chancery.documents.reading.files import read
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.edits import edits
from chancery.documents.rules.proposals import Amendment, ProposalKind
from chancery.documents.rules.readings import standing
from chancery.documents.rules.rolling import compiled

from .office_macro import edit

KINDS = [
    BlockKind.TITLE, BlockKind.HEADING, BlockKind.PREAMBULAR, BlockKind.PREAMBULAR, BlockKind.OPERATIVE,
    BlockKind.OPERATIVE, BlockKind.ANNEX, BlockKind.TABLE, BlockKind.OPERATIVE,
]  # fmt: skip
TEXTS = {
    "en": ["Joint statement on water", "The Ministerial Council,", "Recalling its decision CICA/MC/6,",
           "Deeply concerned about the droughts,", "Notes the first results and invites the Chair to report each year;",
           "Thanks the host:\n(a) for the hospitality;\n(b) for the “arrangements” & more.", "Annex I",
           "Year | Sum\n2024 | 10,000", "Contacts are kept by the Secretariat."],
    "ru": ["Совместное заявление о воде", "Совет министров,", "ссылаясь на своё решение CICA/MC/6,",
           "будучи обеспокоен засухами,", "отмечает первые результаты и просит докладывать ежегодно;",
           "благодарит принимающую сторону:\n(a) за гостеприимство;\n(b) за «организацию».", "Приложение I",
           "Год | Сумма\n2024 | 10 000", "Список контактов ведёт Секретариат."],
    "ar": ["بيان مشترك بشأن المياه", "إن المجلس الوزاري،", "إذ يشير إلى قراره CICA/MC/6،", "وإذ يساوره القلق،",
           "يلاحظ النتائج الأولى ويدعو الرئاسة إلى تقديم تقرير كل عام؛",
           "يشكر البلد المضيف:\n(أ) على كرم الضيافة؛\n(ب) على الترتيبات.", "المرفق الأول",
           "السنة | المبلغ\n2024 | 10000", "تحتفظ الأمانة بجهات الاتصال."],
    "zh": ["关于水的联合声明", "部长理事会，", "回顾其第CICA/MC/6号决定，", "深切关注干旱，",
           "注意到初步成果，并请主席每年提出报告；", "感谢东道国：\n(a) 热情款待；\n(b) 周到安排。", "附件一",
           "年份 | 金额\n2024 | 10000", "秘书处保存联系人名单。"],
}  # fmt: skip
CHANGED = {  # in b5: a word, then another word in its place; words at the end; a cell of the table
    "en": ("first", "final", "initial", "each month", "each year", "10,000", "12,000"),
    "ru": ("первые", "итоговые", "начальные", "ежемесячно", "ежегодно", "10 000", "12 000"),
    "ar": ("الأولى", "النهائية", "الأولية", "كل شهر", "كل عام", "10000", "12000"),
    "zh": ("初步", "最终", "首批", "每月", "每年", "10000", "12000"),
}
AUTHORS = ["Maravel (XA)", "Jorvania (XB), Selmar (XC)", "Chair", "Маравель (XA)"]
PAIRS = [("en",), ("ru",), ("ar",), ("zh",), ("en", "ar"), ("ar", "en"), ("ru", "zh")]


def blocks(language: str) -> list[Block]:
    texts = zip(KINDS, TEXTS[language], strict=True)
    return [Block(f"b{place}", kind, text) for place, (kind, text) in enumerate(texts, 1)]


def proposals(language: str) -> list[Amendment]:
    """Of every kind; some on the same words, and on paragraphs that others insert."""
    words = {one.id: one.text for one in blocks(language)}
    first, final, initial, month, year, sum_then, sum_now = CHANGED[language]
    new = words["b9"] + " CICA/MC/7"

    def said(ref: str, block: str, before: str, text: str) -> Amendment:
        return Amendment(
            ref, ProposalKind.WORDS, block, ("xa",), before=before, text=text, edits=edits(before, text)
        )  # fmt: skip

    return [
        said("p1", "b5", words["b5"], words["b5"].replace(first, final)),
        said("p2", "b5", words["b5"], words["b5"].replace(year, month)),
        said("p3", "b5", words["b5"], words["b5"].replace(first, initial)),
        Amendment("p4", ProposalKind.ALTERNATIVE, "b5", ("xb",), before=words["b5"], text=words["b9"]),
        Amendment("p5", ProposalKind.INSERT, "b20", ("xb",), after="b5", text=new),
        said("p6", "b20", new, new.replace("7", "8")),
        Amendment("p7", ProposalKind.DELETE, "b4", ("xa",)),
        Amendment("p8", ProposalKind.DELETE, "b4", ("xb",)),
        Amendment("p9", ProposalKind.MOVE, "b6", ("xa",), after="b3"),
        said("p10", "b8", words["b8"], words["b8"].replace(sum_then, sum_now)),
        Amendment("p11", ProposalKind.INSERT, "b21", ("xb",), after="b8", text="A | B", block_kind=BlockKind.TABLE),
        Amendment("p12", ProposalKind.MOVE, "b9", ("xb",), after="b7"),
    ]


def voices(language: str) -> dict[str, word.Voice]:
    return {
        one.ref: word.Voice(
            AUTHORS[place % 4], dt.datetime(2026, 3, 1, 9, place, 30, tzinfo=dt.UTC),
            reason=TEXTS[language][0] if place % 3 == 0 else "", supporters="XD" if place % 4 == 0 else "",
        )
        for place, one in enumerate(proposals(language))
    }  # fmt: skip


def paper(*languages: str, clean: bool = False) -> word.Paper:
    columns = []
    for language in languages:
        orders = {"": [one.id for one in blocks(language)]}
        open_ones = [] if clean else proposals(language)
        text = compiled(standing(blocks(language), [], orders), open_ones, orders)
        columns.append(word.Column(language, language == "ar", language, text, voices(language)))
    return word.Paper(
        "doc-1", "2", TEXTS[languages[0]][0], "CICA/MC/7/L.3", "Organisation", "Ministerial Council", "12 March 2026",
        tuple(columns), dt.datetime(2026, 3, 2, tzinfo=dt.UTC), "Members only",
    )  # fmt: skip


def known(*languages: str) -> word.Known:
    return word.Known({
        one: word.KnownText(blocks(one), proposals(one), voices(one)) for one in languages
    })  # fmt: skip


def convert(folder: Path, to: str, into: Path, files: list[Path]) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to, "--outdir",
         str(into), *map(str, files)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    """Every file as LibreOffice saves and prints it, in the folders `docx` and `pdf`."""
    folder = tmp_path_factory.mktemp("office")
    files = []
    for languages in PAIRS:
        files.append(folder / f"{'-'.join(languages)}.docx")
        files[-1].write_bytes(word.write(paper(*languages)))
    for kind in ("docx", "pdf"):
        convert(folder, kind, folder / kind, files)
    return folder


def check_all_known(found: word.Returned, languages: tuple[str, ...]) -> None:
    """Every proposal is there with its author, words and instant, and nothing else."""
    met = [(each.author, one) for each in found.contributions for one in each.found]
    assert sorted((one.language, one.proposal) for _, one in met) == sorted(
        (language, one.ref) for language in languages for one in proposals(language)
    )  # fmt: skip
    for author, one in met:
        voice, meant = voices(one.language)[one.proposal], {it.ref: it for it in proposals(one.language)}[one.proposal]
        assert (one.status, author, one.at) == (word.Found.KNOWN, voice.author, voice.at)
        assert (one.kind, one.block, one.text) == (meant.kind, meant.block, meant.text)
    assert (found.absent, found.remarks) == ((), ())


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
def test_it_goes_through_libreoffice_unharmed(saved, languages):
    content = (saved / "docx" / f"{'-'.join(languages)}.docx").read_bytes()
    assert content != word.write(paper(*languages))
    found = word.read_amended(content, known(*languages))
    check_all_known(found, languages)
    assert found.origin == word.identify(word.write(paper(*languages)))


def test_what_somebody_changes_in_libreoffice_is_new(saved):
    target = saved / "edited.docx"
    edit(
        saved / "profile", saved / "en.docx", target,
        ("replace", "Joint statement", "Joint declaration"),
        ("replace", "invites the Chair", "asks the Chair"),
        ("add after", "Annex I", "Thanks the translators."),
        ("leave out", "The Ministerial Council,", ""),
        ("replace", "2024", "2025"),
    )  # fmt: skip
    found = word.read_amended(target.read_bytes(), known("en"))
    new = [(each.author, one) for each in found.contributions for one in each.found if one.status is word.Found.NEW]
    assert len({author for author, _ in new}) == 1
    was = {one.id: one.text for one in blocks("en")}
    assert {(one.kind.value, one.block, one.after, one.text) for _, one in new} == {
        ("words", "b1", "", was["b1"].replace("statement", "declaration")),
        ("words", "b8", "", was["b8"].replace("2024", "2025")),
        ("words", "b5", "", was["b5"].replace("invites the", "asks the")),
        ("insert", "", "b7", "Thanks the translators."),
        ("delete", "b2", "", ""),
    }


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
def test_its_numbers_and_symbol_are_printed(saved, languages):
    pdf = pypdfium2.PdfDocument(saved / "pdf" / f"{'-'.join(languages)}.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert "CICA/MC/7/L.3" in text
    left_to_right = sum(one != "ar" for one in languages)  # a PDF keeps the others as they look
    for number in ("PP1", "1 alt 2", "1 bis"):
        assert len(re.findall(rf"{number}\b", text)) >= left_to_right


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
def test_what_reads_no_tracked_changes_opens_it(languages):
    found = python_docx.Document(io.BytesIO(word.write(paper(*languages, clean=True))))
    if len(languages) == 1:
        said = [one.text for one in found.paragraphs if one.text]
        assert said == [one.text for one in blocks(languages[0]) if one.kind is not BlockKind.TABLE]
        assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == blocks(languages[0])[7].rows
        assert found.paragraphs[2].style.name == "Preambular"
    else:
        assert len(found.tables[0].rows) == 1 + len(KINDS)
        assert found.tables[0].rows[1].cells[1].text == TEXTS[languages[1]][0]
    assert found.core_properties.title == TEXTS[languages[0]][0]
    assert found.core_properties.subject == "CICA/MC/7/L.3"


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_a_clean_file_is_read_as_the_same_text(language):
    """By the ordinary import, which knows nothing of where a file comes from."""
    found = read("text.docx", word.write(paper(language, clean=True)))
    assert [(one.kind, one.text.split()) for one in found.blocks] == [
        (one.kind, one.text.split()) for one in blocks(language)
    ]  # fmt: skip
