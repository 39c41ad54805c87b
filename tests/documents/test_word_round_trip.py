"""What goes out as a Word file comes back as the same proposals, word for word."""

import datetime as dt
import io
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from chancery.documents import word
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.proposals import Amendment
from chancery.documents.rules.readings import standing
from chancery.documents.rules.rolling import compiled
from chancery.documents.word import Found

from .negotiations import negotiations

NAMES = {"xa": "Maravel (XA)", "xb": "Jorvania & Sons (XB)", "xc": "Selmar <XC>"}
EXPORTED = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def voices(proposals: list[Amendment], minutes: list[int] | None = None) -> dict[str, word.Voice]:
    return {
        one.ref: word.Voice(
            ", ".join(NAMES[it] for it in one.parties),
            dt.datetime(2026, 3, 1, 9, minutes[place] if minutes else place, tzinfo=dt.UTC),
            reason=f"Reason of {one.ref}" if place % 2 else "", supporters="Supported by XD" if place % 3 == 0 else "",
        )
        for place, one in enumerate(proposals)
    }  # fmt: skip


def column(language: str, blocks, proposals, said) -> word.Column:
    orders = {"": [one.id for one in blocks]}
    text = compiled(standing(blocks, [], orders), proposals, orders)
    return word.Column(language, language == "ar", language, text, said)


def paper(*columns: word.Column) -> word.Paper:
    return word.Paper(
        "doc-1", "2", "Statement", "CICA/MC/7/L.3", "Organisation", "Ministerial Council", "12 March 2026", columns,
        EXPORTED,
    )  # fmt: skip


def told(found: word.Returned) -> list[tuple[str, str, str, str]]:
    """author, language, status, reference."""
    return [
        (each.author, one.language, one.status.value, one.proposal)
        for each in found.contributions
        for one in each.found
    ]


@given(negotiations(), st.lists(st.integers(0, 3), min_size=8, max_size=8), st.sampled_from(["en", "ar", "zh"]))
def test_every_proposal_comes_back_as_it_went_out(made, minutes, language):
    blocks, proposals = made
    said = voices(proposals, minutes)
    sent = column(language, blocks, proposals, said)
    content = word.write(paper(sent))
    found = word.read_amended(content, word.Known({language: word.KnownText(blocks, proposals, said)}))
    assert sorted(told(found)) == sorted(
        (said[ref].author, language, "known", ref) for ref in sent.text.order
    )  # fmt: skip
    assert found.absent == ()
    assert found.remarks == ()
    texts = {one.ref: one for one in proposals}
    for each in found.contributions:
        for one in each.found:
            assert (one.kind, one.block) == (texts[one.proposal].kind, texts[one.proposal].block)
            if one.at is not None:
                assert one.at == said[one.proposal].at


@given(negotiations())
def test_the_same_in_two_columns(made):
    blocks, proposals = made
    said = voices(proposals)
    columns = [column("en", blocks, proposals, said), column("ar", blocks, proposals, said)]
    known = {one: word.KnownText(blocks, proposals, said) for one in ("en", "ar")}
    found = word.read_amended(word.write(paper(*columns)), word.Known(known))
    assert sorted(told(found)) == sorted(
        (said[ref].author, one.language, "known", ref) for one in columns for ref in one.text.order
    )  # fmt: skip
    assert (found.absent, found.remarks) == ((), ())


@given(negotiations())
def test_a_file_without_proposals_is_the_text(made):
    blocks, _ = made
    content = word.write(paper(column("en", blocks, [], {})))
    found = word.read_amended(content, word.Known({"en": word.KnownText(blocks)}))
    assert (found.contributions, found.absent, found.remarks, found.formatting) == ((), (), (), 0)
    assert word.identify(content) == found.origin
    assert found.origin is not None
    assert (found.origin.document, found.origin.version, found.origin.languages) == ("doc-1", "2", ("en",))
    assert found.origin.exported == EXPORTED


@given(negotiations(), st.data())
def test_what_is_not_known_yet_is_new_with_its_author_and_words(made, data):
    """The same file, read by somebody who knows some of the proposals only."""
    blocks, proposals = made
    said = voices(proposals)
    sent = column("en", blocks, proposals, said)
    content = word.write(paper(sent))
    inserted = {one.block for one in proposals if one.block not in {it.id for it in blocks}}
    alone = [one for one in proposals if one.block not in inserted]
    known = [one for one in alone if data.draw(st.booleans())]
    found = word.read_amended(content, word.Known({"en": word.KnownText(blocks, known, said)}))
    refs = {one.proposal for each in found.contributions for one in each.found if one.status is not Found.NEW}
    shown = set(column("en", blocks, known, said).text.order)
    assert refs | {ref for _, ref in found.absent} >= shown
    assert all(each.author for each in found.contributions)  # nothing is said to be untracked


def changed(content: bytes, change) -> bytes:
    """The same file with another body."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, change(data.decode()) if name == "word/document.xml" else data)
    return file.getvalue()


def accepted(body: str) -> str:
    """As Word leaves it when every change is accepted."""
    row = r"<w:tr><w:trPr>(?:<w:tblHeader/>|<w:cantSplit[^>]*>)<w:del [^>]*/></w:trPr>.*?</w:tr>"
    paragraph = r"<w:p><w:pPr>(?:(?!</w:pPr>).)*<w:moveFrom (?:(?!</w:pPr>).)*</w:pPr>.*?</w:p>"
    words = r"<w:ins [^>]*><w:del [^>]*[^/]>.*?</w:del></w:ins>|<w:del [^>]*[^/]>.*?</w:del>"
    marks = r"<w:(?:ins|moveTo) [^>]*/>|</?w:(?:ins|moveTo)(?: [^>]*)?>|<w:move\w+Range\w+ [^>]*/>"
    for gone in (row, paragraph, words, marks):
        body = re.sub(gone, "", body)
    return body


@given(negotiations())
def test_what_was_accepted_is_no_new_proposal(made):
    blocks, proposals = made
    said = voices(proposals)
    content = changed(word.write(paper(column("en", blocks, proposals, said))), accepted)
    found = word.read_amended(content, word.Known({"en": word.KnownText(blocks, proposals, said)}))
    assert [one for each in found.contributions for one in each.found if one.status is Found.NEW] == []


def test_two_languages_beside_each_other_count_each_for_itself():
    """Word counts on through all lists that share an abstract one, in whichever column they stand."""
    blocks = [Block("b1", BlockKind.TITLE, "T"), *(Block(f"b{n}", BlockKind.OPERATIVE, f"{n}.") for n in (2, 3))]
    content = word.write(paper(column("en", blocks, [], {}), column("ru", blocks, [], {})))
    numbering = zipfile.ZipFile(io.BytesIO(content)).read("word/numbering.xml").decode()
    abstract = re.findall(r'<w:num w:numId="\d+"><w:abstractNumId w:val="(\d+)"', numbering)
    assert len(abstract) == len(set(abstract)) >= 2
