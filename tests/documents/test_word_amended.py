"""Files as Word and LibreOffice leave them: what each author proposes, what is known already, and what is not
understood."""

import datetime as dt
import io
import re
import zipfile

import pytest

from chancery.documents import word
from chancery.documents.reading.pieces import FileDamaged, HasMacros, NotAWordFile
from chancery.documents.rules.blocks import LONGEST, Block, BlockKind, BlockTooLong
from chancery.documents.rules.edits import edits
from chancery.documents.rules.proposals import Amendment, ProposalKind
from chancery.documents.word import returned

from .test_word_round_trip import accepted, changed, column, paper, voices
from .word_files import HEAD, W, docx, p, run, tbl

TEXT = [
    Block("b1", BlockKind.TITLE, "Statement"),
    Block("b2", BlockKind.PREAMBULAR, "Recalling the Almaty Act,"),
    Block("b3", BlockKind.OPERATIVE, "They note the first results."),
    Block("b4", BlockKind.OPERATIVE, "They thank the host."),
    Block("b5", BlockKind.TABLE, "Year | Sum\n2025 | 10"),
    Block("b6", BlockKind.OPERATIVE, "They agree to meet."),
]
NOTED = TEXT[2].text
ANNA, BORIS = ("Anna", "2026-03-05T10:00:00Z"), ("Boris", "2026-03-05T11:00:00Z")
COMMENTS = "word/comments.xml"


def known(*proposals: Amendment) -> word.Known:
    return word.Known({"en": word.KnownText(TEXT, proposals, voices(list(proposals)))})


def by(who: tuple[str, str], name: str, inside: str = "") -> str:
    return f'<w:{name} w:id="1" w:author="{who[0]}" w:date="{who[1]}" w:rsidR="00A1">{inside}</w:{name}>'


def ins(who: tuple[str, str], text: str) -> str:
    return by(who, "ins", run(text))


def struck(who: tuple[str, str], text: str) -> str:
    return by(who, "del", run(text).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>"))


def marked(block: str, inside: str, mark: str = "") -> str:
    inside = inside if inside.startswith("<") else run(inside)
    return p(f'<w:bookmarkStart w:id="7" w:name="chancery_{block}_en"/>{inside}<w:bookmarkEnd w:id="7"/>', mark=mark)


def table(*cells: str) -> str:
    first, *rest = (marked("b5", cells[0]), *map(p, cells[1:]))
    return tbl((first, rest[0]), (rest[1], rest[2]))


def file(**paragraphs: str) -> bytes:
    """The text as Word would hold it, with other markup for some of its paragraphs (empty: not there)."""
    whole = {one.id: marked(one.id, one.text) for one in TEXT} | {"b5": table("Year", "Sum", "2025", "10")}
    return docx(*(whole | paragraphs).values())


def read(content: bytes, *proposals: Amendment) -> list[str]:
    return told(word.read_amended(content, known(*proposals)))


def told(found: word.Returned) -> list[str]:
    """`author: what block (after …) “words” [reason] – status ref`, then what is absent, then the remarks."""
    lines = []
    for each in found.contributions:
        for one in each.found:
            after = f" after {one.after or 'nothing'}" if one.kind in (ProposalKind.INSERT, ProposalKind.MOVE) else ""
            words = f" “{one.text}”" if one.text else ""
            reason = f" [{one.reason}]" if one.reason else ""
            status = "" if one.status is word.Found.NEW else f" – {one.status} {one.proposal}"
            lines.append(f"{each.author}: {one.kind} {one.block}".strip() + f"{after}{words}{reason}{status}")
    lines += [f"absent {ref}" for _, ref in found.absent]
    return lines + [f"! {one.place} {one}" for one in found.remarks]


UNTRACKED = f"! 0 {returned.UNTRACKED}"


# ------------------------------------------------------------------------------------------ as Word edits a file
@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ({}, []),
        (  # words replaced, in runs that Word split, with marks of spelling and changes of looks between
            {"b3": marked("b3", "<w:proofErr w:type=\"spellStart\"/>" + run("They ") + struck(ANNA, "no")
                          + struck(ANNA, "te") + ins(ANNA, "wel") + ins(ANNA, "come")
                          + '<w:r><w:rPr><w:b/><w:rPrChange w:id="3" w:author="Anna"><w:rPr/></w:rPrChange></w:rPr>'
                          + "<w:t> the first results.</w:t></w:r>")},
            ["Anna: words b3 “They welcome the first results.”"],
        ),
        (  # two authors, each with the own reading
            {"b3": marked("b3", run("They ") + struck(ANNA, "note") + ins(ANNA, "welcome") + run(" the ")
                          + struck(BORIS, "first ") + run("results."))},
            ["Anna: words b3 “They welcome the first results.”", "Boris: words b3 “They note the results.”"],
        ),
        (  # a new paragraph after one: its end is the inserted one
            {"b3": marked("b3", NOTED, by(ANNA, "ins")) + p(ins(ANNA, "They agree."))},
            ["Anna: insert after b3 “They agree.”"],
        ),
        (  # a new paragraph before one
            {"b3": p(ins(ANNA, "They agree."), mark=by(ANNA, "ins")) + marked("b3", NOTED)},
            ["Anna: insert after b2 “They agree.”"],
        ),
        (  # two authors add one after another
            {"b3": marked("b3", NOTED, by(ANNA, "ins")) + p(ins(ANNA, "They agree."), mark=by(BORIS, "ins"))
             + p(ins(BORIS, "They differ."))},
            ["Anna: insert after b3 “They agree.”", "Boris: insert after b3 “They differ.”"],
        ),
        (
            {"b4": marked("b4", struck(ANNA, TEXT[3].text), by(ANNA, "del"))},
            ["Anna: delete b4"],
        ),
        (  # struck from the end of the paragraph before
            {"b3": marked("b3", NOTED, by(ANNA, "del")), "b4": marked("b4", struck(ANNA, TEXT[3].text))},
            ["Anna: delete b4"],
        ),
        (  # all of its words replaced
            {"b4": marked("b4", struck(ANNA, TEXT[3].text) + ins(ANNA, "They thank nobody."))},
            ["Anna: words b4 “They thank nobody.”"],
        ),
        (
            {"b3": marked("b3", NOTED, by(ANNA, "del")) },
            ["Anna: words b3 “They note the first results.They thank the host.”", "Anna: delete b4",
             f"! 3 {returned.JOINED.format(author='Anna')}"],
        ),
        (
            {"b3": marked("b3", run("They note "), by(ANNA, "ins")) + p("the first results.")},
            ["Anna: words b3 “They note”", "Anna: insert after b3 “the first results.”",
             f"! 3 {returned.DIVIDED.format(author='Anna')}"],
        ),
        (  # moved, as Word says it
            {"b3": marked("b3", by(ANNA, "moveFrom", run(NOTED)), by(ANNA, "moveFrom")),
             "b6": marked("b6", TEXT[5].text, by(ANNA, "ins")) + p(by(ANNA, "moveTo", run(NOTED)))},
            ["Anna: move b3 after b6"],
        ),
        (  # moved and changed; struck and pasted comes to the same where the words are
            {"b3": marked("b3", by(ANNA, "moveFrom", run(NOTED)), by(ANNA, "moveFrom")),
             "b6": marked("b6", TEXT[5].text, by(ANNA, "ins"))
             + p(by(ANNA, "moveTo", run("They note the results."))),
             "b4": marked("b4", struck(BORIS, TEXT[3].text), by(BORIS, "del")),
             "b2": p(ins(BORIS, TEXT[3].text), mark=by(BORIS, "ins")) + marked("b2", TEXT[1].text)},
            ["Boris: move b4 after b1", "Anna: move b3 after b6", "Anna: words b3 “They note the results.”"],
        ),
        (  # in a table: words of a cell, a row, all of it
            {"b5": table("Year", "Sum", "2025", struck(ANNA, "10") + ins(ANNA, "12"))},
            ["Anna: words b5 “Year | Sum\n2025 | 12”"],
        ),
        (
            {"b5": table("Year", "Sum", "2025", "10").replace(
                "</w:tbl>", f"<w:tr><w:trPr>{by(ANNA, 'ins')}</w:trPr><w:tc>{p(ins(ANNA, '2026'))}</w:tc>"
                f"<w:tc>{p(ins(ANNA, '11'))}</w:tc></w:tr></w:tbl>")},
            ["Anna: words b5 “Year | Sum\n2025 | 10\n2026 | 11”"],
        ),
        (
            {"b5": table(*(struck(ANNA, one) for one in ("Year", "Sum", "2025", "10")))
             .replace("<w:tr>", f"<w:tr><w:trPr>{by(ANNA, 'del')}</w:trPr>")},
            ["Anna: delete b5"],
        ),
        (  # somebody strikes, or writes amid, what somebody else inserts
            {"b3": marked("b3", run("They note the ") + by(ANNA, "ins", run("very ") + struck(BORIS, "promising "))
                          + ins(BORIS, "good ") + ins(ANNA, "fine ") + run("first results."))},
            ["Anna: words b3 “They note the very promising fine first results.”",
             "! 3 " + returned.NESTED.format(author="Boris", other="Anna", words="promising … good")],
        ),
        (  # without tracking: typed over, left out, added
            {"b3": marked("b3", "They welcome the first results."), "b4": "",
             "b6": marked("b6", TEXT[5].text) + p("New.")},
            [": words b3 “They welcome the first results.”", ": delete b4", ": insert after b6 “New.”", UNTRACKED],
        ),
        (  # tracked beside what was typed over: the tracked words are carried to the known ones
            {"b3": marked("b3", run("They welcome the ") + struck(ANNA, "first ") + run("results."))},
            ["Anna: words b3 “They note the results.”", ": words b3 “They welcome the first results.”", UNTRACKED],
        ),
        (  # no bookmark is left: known again by the words
            {"b3": p(run("They ") + struck(ANNA, "note") + ins(ANNA, "welcome") + run(" the first results."))},
            ["Anna: words b3 “They welcome the first results.”"],
        ),
    ],
)  # fmt: skip
def test_an_edited_file_is_understood(paragraphs, expected):
    found = read(file(**paragraphs))
    assert sorted(found) == sorted(expected)


def test_comments_are_reasons_where_their_author_changed_something():
    content = file(
        b3=marked("b3", '<w:commentRangeStart w:id="4"/>' + struck(ANNA, "They note the ") + ins(ANNA, "The ")
                  + run("first results.") + '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
                  + '<w:r><w:commentReference w:id="5"/></w:r>'),
    )  # fmt: skip
    said = "".join(
        f'<w:comment w:id="{id}" w:author="{who}" w:date="2026-03-05T12:00:00Z">{p(text)}</w:comment>'
        for id, who, text in ((4, "Anna", "Shorter."), (5, "Boris", "Why?"))
    )
    found = read(_with(content, {COMMENTS: f"{HEAD}<w:comments {W}>{said}</w:comments>"}))
    assert found == [
        "Anna: words b3 “The first results.” [Shorter.]",
        "! 3 " + returned.COMMENTED.format(author="Boris", words="Why?"),
    ]


def test_what_is_not_understood_is_said():
    note = f'{HEAD}<w:footnotes {W}><w:footnote w:id="2">{p(ins(ANNA, "more"))}</w:footnote></w:footnotes>'
    content = _with(file(b3=marked("b3", run(NOTED) + '<w:r><w:footnoteReference w:id="2"/></w:r>')), {
        "word/footnotes.xml": note,
    })  # fmt: skip
    assert read(content) == [
        "! 0 " + returned.ELSEWHERE.format(count=1),
        "! 3 Footnotes left out: 1. Put into the text what delegations are to agree on.",
    ]


def test_another_text_is_not_taken_for_this_one():
    found = word.read_amended(docx(p("Menu"), p("Soup of the day"), p("Fish"), p("Coffee")), known())
    assert returned.OTHER_TEXT in [one.sentence for one in found.remarks]
    assert [one.author for one in found.contributions] == [""]


# ------------------------------------------------------------------------------------------- what is known already
def words(ref: str, text: str, *parties: str) -> Amendment:
    return Amendment(
        ref, ProposalKind.WORDS, "b3", parties or ("xa",), before=NOTED, text=text, edits=edits(NOTED, text)
    )  # fmt: skip


P = words("p", NOTED.replace("note", "welcome"))
Q = words("q", NOTED.replace("first", "final"), "xb")
R = words("r", NOTED.replace("note", "commend"), "xb")  # beside the text, since p touches the same word
S = Amendment("s", ProposalKind.INSERT, "b9", ("xb",), after="b3", text="They agree.")
OPEN = (P, Q, R, S)


def exported(*proposals: Amendment, old: str = "", new: str = "") -> bytes:
    """A file as it goes out, with one thing in it written otherwise."""
    content = word.write(paper(column("en", TEXT, proposals, voices(list(proposals)))))
    if not old:
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    made, times = re.subn(old, new, body, flags=re.DOTALL)
    assert times == 1
    return _with(content, {"word/document.xml": made})


def _with(content: bytes, parts: dict[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()} | {
            name: data.encode() for name, data in parts.items()
        }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
    return file.getvalue()


XA, XB = "Maravel (XA)", "Jorvania & Sons (XB)"
LINES = [
    f"{XA}: words b3 “They welcome the first results.” – known p",
    f"{XB}: words b3 “They note the final results.” – known q",
    f"{XB}: words b3 “They commend the first results.” – known r",
    f"{XB}: insert b9 after b3 “They agree.” – known s",
]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", LINES),
        (">welcome<", ">praise<", [f"{XA}: words b3 “They praise the first results.” – changed p", *LINES[1:]]),
        (  # rejected in the file
            r"<w:ins [^>]*><w:r><w:t[^>]*>welcome</w:t></w:r></w:ins>", "",
            [f"{XA}: words b3 “They  the first results.” – changed p", *LINES[1:]],
        ),
        (
            r"<w:del [^>]*>(<w:r>)<w:delText([^>]*>first</)w:delText>(</w:r>)</w:del><w:ins [^>]*>.*?</w:ins>",
            r"\1<w:t\2w:t>\3", [LINES[0], *LINES[2:], "absent q"],
        ),
        (  # accepted in the file
            r"<w:del [^>]*><w:r><w:delText[^>]*>first</w:delText></w:r></w:del><w:ins [^>]*>(.*?)</w:ins>", r"\1",
            [LINES[0], *LINES[2:], ": words b3 “They note the final results.” – known q", UNTRACKED],
        ),
        (
            ">They agree.<", ">They agree to write.<",
            [*LINES[:3], f"{XB}: insert b9 after b3 “They agree to write.” – changed s"],
        ),
        (
            "They commend the first results.", "They commend these results.",
            [*LINES[:2], f"{XB}: words b3 “They commend these results.” – changed r", LINES[3]],
        ),
        (  # somebody else changes the inserted paragraph
            ">They agree.</w:t></w:r></w:ins>",
            f">They agree</w:t></w:r></w:ins>{ins(ANNA, ' to write')}"
            + ins(("Jorvania &amp; Sons (XB)", "2026-03-01T09:03:00Z"), "."),
            [*LINES, "Anna: words b9 “They agree to write.”"],
        ),
        (  # an author goes on with the own words, and elsewhere
            r"(welcome</w:t></w:r></w:ins>.*?)(<w:r><w:t[^>]*> results\.)",
            lambda it: it[1].replace("</w:ins>", "</w:ins>" + ins((XA, ANNA[1]), " warmly"), 1) + it[2],
            [f"{XA}: words b3 “They welcome warmly the first results.” – changed p", *LINES[1:]],
        ),
    ],
    ids=[
        "as it was", "other words", "half rejected", "rejected", "accepted", "insertion", "beside", "within", "goes on",
    ],
)  # fmt: skip
def test_open_proposals_are_known_again(old, new, expected):
    assert sorted(read(exported(*OPEN, old=old, new=new), *OPEN)) == sorted(expected)


def test_changes_accepted_before_the_file_came_back_are_the_proposals_that_they_were():
    found = read(changed(exported(*OPEN), accepted), *OPEN)
    assert sorted(found) == sorted([*(f": {line.partition(': ')[2]}" for line in LINES), UNTRACKED])


def test_the_text_that_moved_on_is_told():
    content = exported(P)
    now = [*TEXT[:3], Block("b4", BlockKind.OPERATIVE, "They thank the hosts."), *TEXT[4:]]
    found = word.read_amended(content, word.Known({"en": word.KnownText(now, (P,), voices([P]))}))
    assert returned.TEXT_MOVED_ON in [one.sentence for one in found.remarks]


# --------------------------------------------------------------------------------------------------- bad files
def test_files_that_are_not_read():
    with pytest.raises(NotAWordFile):
        word.read_amended(b"PK\x05\x06" + bytes(18), known())
    with pytest.raises(NotAWordFile):
        word.identify(b"%PDF-1.7")
    with pytest.raises(FileDamaged):
        word.read_amended(exported(P)[:3000], known())
    with pytest.raises(HasMacros):
        word.read_amended(_with(file(), {"word/vbaProject.bin": "x"}), known())
    with pytest.raises(BlockTooLong):
        word.read_amended(file(b3=marked("b3", run(NOTED) + ins(ANNA, "x" * LONGEST))), known())


def test_many_changes_are_read_and_too_many_refused():
    many = "".join(ins(ANNA, "a ") + struck(ANNA, "b ") for _ in range(500))
    found = word.read_amended(file(b3=marked("b3", many)), known())
    assert len(found.contributions) == 2  # and what it was of is without an author
    with pytest.raises(word.TooManyChanges) as refused:
        word.read_amended(file(b3=marked("b3", by(ANNA, "ins") * (returned.MOST_CHANGES + 1))), known())
    assert "20001" in refused.value.english
    crowd = [ins((f"Author {place}", ANNA[1]), "a ") for place in range(returned.MOST_AUTHORS + 1)]
    with pytest.raises(word.TooManyAuthors):
        word.read_amended(file(b3=marked("b3", "".join(crowd))), known())


def test_a_file_of_somebody_else_has_no_origin():
    assert word.identify(file()) is None
    assert word.identify(exported(P)).exported == dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
