"""What is wrong with a record is told, all of it, with file, row, column and reason; and nothing is written."""

import os

import pytest
from django.conf import settings

from chancery.core.models import Source
from chancery.exchange import acts
from chancery.exchange.record import read
from chancery.exchange.rules import FaultyRecord
from chancery.journal.models import Entry
from chancery.people.policy import COMPILERS
from tests.exchange.records import add_edition, agreed, as_json, build, edition, small, table_text, write_table


def faults(folder) -> list[str]:
    return [str(fault) for fault in sorted(read(folder, settings.CHARTER).faults)]


def set_(table, at, **cells):
    return lambda rows: rows[table][at].update(cells)


def test_the_small_record_has_no_faults(folder):
    assert faults(folder) == []


ROWS = {
    "overlapping memberships": (
        lambda rows: rows["memberships"].append(
            {"ref": "xa-observer", "party": "xa", "capacity": "observer", "since": "2001-01-01", "source": "invented"}
        ),
        "memberships.csv, row 3, since: overlaps with xa-member",
    ),
    "two chairs at one instant": (
        set_("chair_terms", 1, since="2003-12-31"),
        "chair_terms.csv, row 3, since: overlaps with xa-1999",
    ),
    "31 February": (
        set_("memberships", 0, since="1999-02-31"),
        "memberships.csv, row 2, since: “1999-02-31” is not a date that can be read. Write it like 17 December 2024"
        " or 2024-12-17.",
    ),
    "unknown party": (
        set_("memberships", 1, party="zz"),
        "memberships.csv, row 3, party: “zz” is not in the record",
    ),
    "duplicated row": (
        lambda rows: rows["parties"].append(rows["parties"][0]),
        "parties.csv, row 3, ref: “xa” stands in row 2 already",
    ),
    "unknown session": (
        set_("memberships", 0, session="council-9"),
        "memberships.csv, row 2, session: “council-9” is not in the record",
    ),
    "unknown among several": (
        set_("meetings", 0, hosts="xa zz"),
        "meetings.csv, row 2, hosts: “zz” is not in the record",
    ),
    "concerns an unknown body": (
        set_("decisions", 0, concerns="parties:xa bodies:nobody"),
        "decisions.csv, row 2, concerns: “bodies:nobody” is not in the record",
    ),
    "unknown source": (
        set_("parties", 0, source="hearsay"),
        "parties.csv, row 2, source: “hearsay” is not in the record",
    ),
    "no source": (set_("parties", 0, source=""), "parties.csv, row 2, source: must not be empty"),
    "a cycle of bodies": (
        set_("bodies", 0, parent="council"),
        "bodies.csv, row 2, parent: the bodies form a cycle",
    ),
    "a dimension that the charter has not": (
        set_("meetings", 0, dimension="zz"),
        "meetings.csv, row 2, dimension: “zz” is not a dimension of the charter",
    ),
    "a language that the charter has not": (
        set_("party_names", 0, language="fr"),
        "party_names.csv, row 2, language: “fr” is not a language of the charter",
    ),
    "a zone that is none": (
        set_("meetings", 0, zone="Asia/Nowhere"),
        "meetings.csv, row 2, zone: “Asia/Nowhere” is not a time zone",
    ),
    "an address of a scheme to beware of": (
        set_("parties", 0, website="javascript:alert(1)"),
        "parties.csv, row 2, website: “javascript:alert(1)” is not an address of the web",
    ),
    "a member without a name": (
        lambda rows: rows["party_names"].pop(),
        "memberships.csv, row 3, party: “xb” has no short name in en on 2002-06-01",
    ),
    "a name that ends too early": (
        set_("party_names", 0, until="2005-01-01"),
        "memberships.csv, row 2, party: “xa” has no short name in en on 2005-01-01",
    ),
    "text in another form of Unicode": (
        set_("sources", 0, title="Cafe\u0301"),
        "sources.csv, row 2, title: text must be in Unicode NFC, without blanks at its ends",
    ),
    "a control character": (
        set_("sources", 0, title="A\u0007larm"),
        "sources.csv, row 2, title: text must not contain control characters",
    ),
    "a day that is written in two ways": (
        set_("memberships", 0, since="by 2002-06"),
        "memberships.csv, row 2, since: “by 2002-06” is written “by 2002-06-01”",
    ),
    "a time that is none": (
        set_("meetings", 0, opens="24:00"),
        "meetings.csv, row 2, opens: “24:00” is not a time such as 10:00",
    ),
    "a translation of nothing": (
        set_("bodies", 0, **{"name.working": "ar ru"}),
        "bodies.csv, row 2, name: “ar” in name.working is not a language of a text beside it",
    ),
    "a title that is too long for the database": (
        set_("sources", 0, title="x" * 401),
        "sources.csv, row 2, title: has 401 characters; at most 400 are kept",
    ),
    "a file that is not there": (
        lambda rows: rows["pictures"].append({**rows["pictures"][0], "ref": "2", "file": "gone.png"}),
        "pictures.csv, row 3, file: there is no file files/gone.png",
    ),
    "a file's name that leads elsewhere": (
        lambda rows: rows["pictures"].append({**rows["pictures"][0], "ref": "2", "file": "../charter.toml"}),
        "pictures.csv, row 3, file: “../charter.toml” is not a file's name: letters, digits, dots, hyphens,"
        " underscores",
    ),
    "two sessions of one number": (
        lambda rows: rows["meetings"].append({**rows["meetings"][0], "ref": "council-again"}),
        "meetings.csv, row 3, ordinal: council-1 has the same number",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_of_rows(tmp_path, name):
    change, told = ROWS[name]
    assert told in faults(build(tmp_path / "record", change))


def test_every_fault_is_told_in_order(tmp_path):
    def change(rows):
        rows["parties"][1]["kind"] = "empire"
        rows["memberships"][0]["since"] = "soon"
        rows["memberships"][1]["party"] = "zz"

    told = faults(build(tmp_path / "record", change))
    assert [line.partition(":")[0] for line in told] == [
        "memberships.csv, row 2, since", "memberships.csv, row 3, party", "parties.csv, row 3, kind",
    ]  # fmt: skip


HEADERS = {
    "missing": (lambda line: line.replace(",iso3", ""), "the column iso3 is missing"),
    "unknown": (lambda line: line.replace(",iso3", ",iso3,colour"), "the column colour is not known"),
    "twice": (lambda line: line.replace(",iso3", ",iso2"), "the column iso2 stands there 2 times"),
    "misordered": (
        lambda line: line.replace("iso2,iso3", "iso3,iso2"),
        "the columns stand in another order than the format has them; first at iso2",
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_wrong_header(folder, name):
    change, told = HEADERS[name]
    path = folder / "parties.csv"
    header, _, rest = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(f"{change(header)}\n{rest}", encoding="utf-8")
    assert f"parties.csv, row 1: {told}" in faults(folder)


BYTES = {
    "broken UTF-8": (
        lambda data: data.replace(b"Aldora", b"Ald\xffora"),
        "party_names.csv: line 2 is not UTF-8 text (byte 0xff)",
    ),
    "a byte order mark": (
        lambda data: b"\xef\xbb\xbf" + data,
        "party_names.csv: begins with a byte order mark; save it as UTF-8 without BOM",
    ),
    "a quote that does not end": (
        lambda data: data.replace(b"Aldora", b'"Aldora'),
        "party_names.csv, row 2: cannot be read as CSV: unexpected end of data",
    ),
    "a cell too many": (
        lambda data: data.replace(b"Aldora", b"Aldora,Aldora"),
        "party_names.csv, row 2: has 11 cells, the header 10",
    ),
    "nothing at all": (lambda data: b"", "party_names.csv, row 1: the column ref is missing"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_table(folder, name):
    change, told = BYTES[name]
    path = folder / "party_names.csv"
    path.write_bytes(change(path.read_bytes()))
    assert told in faults(folder)


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(folder):
    for name in ("meetings.csv", "files/hall.png"):
        with open(folder / name, "r+b") as file:
            file.truncate(1024**3)
    told = faults(folder)
    assert "meetings.csv: has 1024 MB; at most 200 MB are read" in told
    assert "files/hall.png: has 1024 MB; at most 50 MB are read" in told


def test_an_image_that_is_not_one(folder):
    (folder / "files" / "hall.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing more")
    assert faults(folder)[0].startswith("files/hall.png: is not a picture of the kind PNG")


def test_an_image_that_is_cut_short(folder):
    path = folder / "files" / "hall.png"
    path.write_bytes(path.read_bytes()[:-20])
    assert faults(folder)[0].startswith("files/hall.png: is not a picture of the kind PNG")


def test_a_picture_of_another_kind_than_its_name(folder):
    (folder / "files" / "hall.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert faults(folder)[0].startswith("files/hall.png: is not a picture of the kind PNG")


def test_an_attachment_that_a_browser_would_run(folder):
    write_table(folder, "attachments", [
        {"ref": "a", "meeting": "workshop", "file": "page.html", "title.en": "Page", "source": "invented"}
    ])  # fmt: skip
    (folder / "files" / "page.html").write_text("<script>alert(1)</script>")
    assert faults(folder)[0].startswith("files/page.html: is not of a kind that is kept")


def test_files_that_nobody_names_and_that_the_format_does_not_know(folder):
    (folder / "files" / "spare.png").write_bytes((folder / "files" / "hall.png").read_bytes())
    (folder / "notes.txt").write_text("?")
    (folder / "news" / "draft.txt").write_text("?")
    assert faults(folder) == [
        "files/spare.png: no row names this file",
        "news/draft.txt: is not known to the format of the record",
        "notes.txt: is not known to the format of the record",
    ]


def test_links_are_not_followed(folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes((folder / "parties.csv").read_bytes())
    (folder / "parties.csv").unlink()
    (folder / "parties.csv").symlink_to(secret)
    (folder / "files" / "hall.png").rename(tmp_path / "hall.png")
    (folder / "files" / "hall.png").symlink_to(tmp_path / "hall.png")
    told = faults(folder)
    assert "parties.csv: is a link" in told
    assert "files/hall.png: is a link" in told


def test_a_folder_that_is_a_link(folder, tmp_path):
    (folder / "news").rename(tmp_path / "news")
    (folder / "news").symlink_to(tmp_path / "news")
    assert "news: is not known to the format of the record" in faults(folder)


def test_a_pipe_is_not_opened(folder):
    (folder / "parties.csv").unlink()
    os.mkfifo(folder / "parties.csv")
    assert "parties.csv: is not a plain file" in faults(folder)


def test_a_charter_of_another_organisation(folder):
    path = folder / "charter.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('ref = "practice"', 'ref = "other"'), encoding="utf-8")
    assert faults(folder) == [
        "charter.toml, identity.ref: is of other, but practice is kept here; start with CHANCERY_CHARTER naming this"
        " file and a CHANCERY_HOME of its own"
    ]


def test_a_charter_that_differs_from_the_one_in_force(folder):
    path = folder / "charter.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert faults(folder) == [
        "charter.toml: differs from the charter in force here; start with CHANCERY_CHARTER naming this file"
    ]


HEADS = {
    "no head": ("Only a text.\n", "begins with a head between two lines ---"),
    "unknown word": ('---\ntitle: "A"\nmood: "B"\n---\n', "line 3: the head has title, lede and status, each once"),
    "no quotes": ("---\ntitle: A\n---\n", 'line 2: a text in double quotes is expected, with \\" for a quote inside'),
    "no end": ('---\ntitle: "A"\nstatus: "confirmed"\n---\nText', "ends without a line feed"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_text_that_cannot_be_read(folder, name):
    text, told = HEADS[name]
    (folder / "news" / "1999-09-15-begun.en.md").write_text(text, encoding="utf-8")
    assert faults(folder) == [f"news/1999-09-15-begun.en.md: {told}"]


def test_a_text_of_news_that_is_not_there(folder):
    (folder / "news" / "1999-09-15-begun.en.md").rename(folder / "news" / "2000-01-01-other.en.md")
    assert faults(folder) == ["news/2000-01-01-other.en.md, news: “2000-01-01-other” is not in the record"]


def test_an_edition_of_the_digest(folder):
    add_edition(folder, edition())
    assert faults(folder) == []


def test_an_agreed_text_has_no_faults(tmp_path):
    assert faults(build(tmp_path / "record", agreed)) == []


def text(*blocks):
    return {"blocks": as_json(list(blocks))}


TITLE = {"id": "b1", "kind": "title", "text": "On wells"}
AGREED = {
    "a symbol given twice": (
        "documents", 1, {"symbol": "t/1/doc.01"}, "documents.csv, row 3, symbol: is that of “wells”, too",
    ),
    "a route of another charter": (
        "documents", 0, {"route": "by-air"}, "documents.csv, row 2, route: “by-air” is not a route of the charter",
    ),
    "what is not public": (
        "documents", 1, {"classification": "body"},
        "documents.csv, row 3, classification: “body” is not “public”: a record as files holds what is public",
    ),
    "a decision that is not public": (
        "decisions", 1, {"classification": "parties"},
        "decisions.csv, row 3, classification: “parties” is not “public”: a record as files holds what is public",
    ),
    "an embargo without end": (
        "documents", 0, {"embargo": "2003-01-08T10:00:00Z"},
        "documents.csv, row 2, released_as: must say what it becomes when the embargo ends",
    ),
    "a document that amends itself": (
        "document_relations", 0, {"other": "wells-add-1"}, "document_relations.csv, row 2, other: names itself",
    ),
    "a decision that implements itself": (
        "decision_links", 0, {"other": "wells"}, "decision_links.csv, row 2, other: names itself",
    ),
    "two versions in one place": (
        "versions", 1, {"position": "1"},
        "versions.csv, row 3, document, position: the same stands in row 2, “wells-1”",
    ),
    "a version in another language": (
        "versions", 0, {"language": "ru"}, "versions.csv, row 2, language: differs from that of its document, en",
    ),
    "no list of blocks": (
        "versions", 0, {"blocks": as_json({})}, "versions.csv, row 2, blocks: must be a list",
    ),
    "no block": ("versions", 0, text(), "versions.csv, row 2, blocks: The text has no paragraph yet. Write or import"
                 " one first."),
    "no title": (
        "versions", 0, text({**TITLE, "kind": "heading"}),
        "versions.csv, row 2, blocks: A text begins with its title. Add one as the first paragraph.",
    ),
    "a block of no kind": (
        "versions", 0, text(TITLE, {**TITLE, "id": "b2", "kind": "poem"}),
        "versions.csv, row 2, blocks[1].kind: must be one of: title, heading, preambular, operative, paragraph, annex,"
        " table",
    ),
    "a block whose kind is a list": (
        "versions", 0, text({**TITLE, "kind": []}),
        "versions.csv, row 2, blocks[0].kind: must be one of: title, heading, preambular, operative, paragraph, annex,"
        " table",
    ),
    "a block with more": (
        "versions", 0, text({**TITLE, "colour": "red"}),
        "versions.csv, row 2, blocks[0].colour: is not known to the format",
    ),
    "a block without words": (
        "versions", 0, text({"id": "b1", "kind": "title"}), "versions.csv, row 2, blocks[0].text: is missing",
    ),
    "an id of another form": (
        "versions", 0, text({**TITLE, "id": "<b1>"}),
        "versions.csv, row 2, blocks[0].id: '<b1>' has not the expected form",
    ),
    "an id twice": (
        "versions", 0, text(TITLE, TITLE), "versions.csv, row 2, blocks: The paragraph b1 stands in the text twice.",
    ),
    "a block too long": (
        "versions", 0, text(TITLE, {"id": "b2", "kind": "operative", "text": "x" * 20_001}),
        "versions.csv, row 2, blocks[1].text: has 20001 characters; at most 20000 are kept",
    ),
    "words with a control character": (
        "versions", 0, text({**TITLE, "text": "On\x07wells"}),
        "versions.csv, row 2, blocks[0].text: must not contain control characters",
    ),
    "a translation into the language itself": (
        "translations", 0, {"language": "en"}, "translations.csv, row 2, language: is that of the text itself",
    ),
    "a paragraph that the version has not": (
        "translations", 0, {"texts": as_json({"b7": "Семь"})},
        "translations.csv, row 2, texts.b7: is not a paragraph of the version",
    ),
    "a translation that is a list": (
        "translations", 0, {"texts": as_json([])},
        "translations.csv, row 2, texts: must be an object with the words of each paragraph",
    ),
    "a translation that is no text": (
        "translations", 0, {"texts": as_json({"b1": 7})}, "translations.csv, row 2, texts.b1: must be a text",
    ),
    "a version of another document": (
        "decisions", 1, {"document": "wells-add-1"},
        "decisions.csv, row 3, version: is not a version of the document that the decision names",
    ),
    "silence that ended in a session": (
        "decisions", 1, {"manner": "session"},
        "decisions.csv, row 3, expired: is only known of a decision taken by silence",
    ),
    "an instant on 31 February": (
        "decisions", 1, {"expired": "2003-02-31T12:00:00Z"},
        "decisions.csv, row 3, expired: “2003-02-31T12:00:00Z” is not an instant such as 2024-12-13T12:00:00Z",
    ),
    "an instant without zone": (
        "decisions", 1, {"expired": "2003-03-07T12:00:00"},
        "decisions.csv, row 3, expired: “2003-03-07T12:00:00” is not an instant such as 2024-12-13T12:00:00Z",
    ),
    "a statement of nobody": ("statements", 0, {"parties": ""}, "statements.csv, row 2, parties: must not be empty"),
    "owed by nobody known": (
        "undertakings", 0, {"addressee": "parties:zz"},
        "undertakings.csv, row 2, addressee: is neither “secretariat” nor a party (parties:xa) or body (bodies:soc)"
        " of the record",
    ),
    "owed for another paragraph": (
        "undertakings", 0, {"block": "b9"},
        "undertakings.csv, row 2, block: is not a paragraph of the text that was decided",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AGREED)
def test_a_fault_of_an_agreed_text(tmp_path, name):
    table, at, cells, told = AGREED[name]

    def change(rows):
        agreed(rows)
        rows[table][at].update(cells)

    assert faults(build(tmp_path / "record", change)) == [told]


def test_a_text_without_its_file(tmp_path):
    folder = build(tmp_path / "record", agreed)
    (folder / "versions" / "wells-1.json").rename(folder / "versions" / "other.json")
    told = faults(folder)
    assert "versions.csv, row 2, ref: there is no file versions/wells-1.json" in told
    assert "versions/other.json: no row of versions.csv has this ref" in told


EDITIONS = {
    "a part is missing": (lambda e: e.pop("chapters"), "chapters: is missing"),
    "a part is unknown": (lambda e: e.update(colour="red"), "colour: is not known to the format"),
    "a language is unknown": (
        lambda e: e["title"].update(fr="Bon"), "title.fr: must be a text in a language of the charter",
    ),
    "an item has no title": (
        lambda e: e["chapters"].append({"ref": "flash", "kind": "flash", "title": {}, "items": [{}]}),
        "chapters[0].items[0].title: is missing",
    ),
    "a kind is unknown": (
        lambda e: e["opening"].update(kind="poem"), "opening.kind: must be one of: foreword, compilers-note",
    ),
    "a number is a text": (lambda e: e.update(edition="1"), "edition: must be a int"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_of_another_shape(folder, name):
    change, told = EDITIONS[name]
    content = edition()
    change(content)
    add_edition(folder, content)
    assert f"digests/1999-q3-1.json, {told}" in faults(folder)


def test_an_edition_that_says_another_quarter_than_its_row(folder):
    add_edition(folder, {**edition(), "quarter": "2000-Q1"})
    assert faults(folder) == ["digests.csv, row 2, quarter: differs from that of digests/1999-q3-1.json"]


def test_an_edition_whose_picture_is_not_there(folder):
    page = {"file": "lost.jpg", "alt": {"en": "Lost"}, "credit": "", "after": "1999-10"}
    add_edition(folder, {**edition(), "pages": [page]})
    assert faults(folder) == ["digests.csv, row 2, content: there is no file files/lost.jpg"]


def test_an_edition_without_its_file(folder):
    add_edition(folder, edition())
    (folder / "digests" / "1999-q3-1.json").rename(folder / "digests" / "other.json")
    told = faults(folder)
    assert "digests.csv, row 2, ref: there is no file digests/1999-q3-1.json" in told
    assert "digests/other.json: no row of digests.csv has this ref" in told


@pytest.mark.django_db
def test_a_faulty_record_changes_nothing(folder):
    text = table_text("parties", [*small()["parties"], {"ref": "xc", "kind": "empire", "source": "invented"}])
    (folder / "parties.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FaultyRecord) as refused:
        acts.load(folder=folder, by=COMPILERS)
    assert len(refused.value.faults) == 1
    assert not Source.objects.exists()
    assert not Entry.objects.exists()
    assert not settings.MEDIA_ROOT.exists()
