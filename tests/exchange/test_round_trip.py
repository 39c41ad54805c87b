"""What is loaded and dumped again is the same, byte by byte, whatever a record holds."""

import datetime as dt
import shutil
import tempfile
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st

from chancery.core import tables
from chancery.core.tables import Column, Table, table
from chancery.documents.rules.blocks import BlockKind
from chancery.exchange import acts
from chancery.exchange.checks import Limits
from chancery.exchange.dump import dump
from chancery.exchange.rules import FaultyRecord
from chancery.exchange.texts import read, write
from chancery.people.policy import COMPILERS
from tests.exchange.records import as_json, bytes_of, write_table

ROOT = Path(settings.CHARTER_FILE).parent.parent
_LETTERS = st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n")


def clean(size: int, least: int = 0) -> st.SearchStrategy[str]:
    """Text as the record keeps it, with everything in it that a CSV file stumbles over."""
    words = st.text(st.one_of(_LETTERS, st.sampled_from('",;\n é‏中')), max_size=size)
    kept = words.map(lambda text: unicodedata.normalize("NFC", text).strip()[:size].strip())
    return kept.filter(lambda text: unicodedata.is_normalized("NFC", text) and len(text) >= least)


DATES = st.dates(min_value=dt.date(1000, 1, 1)).map(lambda day: day.isoformat())
DAYS = st.one_of(
    DATES, DATES.map(lambda day: day[:7]), DATES.map(lambda day: day[:4]),
    st.builds("{:04}-Q{}".format, st.integers(1000, 9999), st.integers(1, 4)),
    DATES.map("by {}".format), DATES.map("attested {}".format),
)  # fmt: skip
INSTANTS = st.builds("{}T{}Z".format, DATES, st.times().map(lambda time: time.isoformat("seconds")))
WORDS = {
    "language": st.just("en"),
    "dimension": st.sampled_from(["", *(one.code for one in settings.CHARTER.dimensions)]),
    "zone": st.sampled_from(["", "Asia/Almaty"]),
    "decision_rule": st.just(""),
    "quorum": st.just(""),
    "website": st.sampled_from(["", "https://example.org/ü?a=1,2"]),
    "address": st.sampled_from(["", "https://example.org/"]),
    "email": st.sampled_from(["", "office@example.org"]),
    "until": st.just(""),
    "ends": st.just(""),
    "opens": st.just(""),
    "parent": st.just(""),
    "part_of": st.just(""),
    "classification": st.just("public"),
    "route": st.just(""),
    "addressee": st.sampled_from(["secretariat", "parties:parties.0", "bodies:bodies.0"]),
    "concerns": st.sampled_from(["", "parties:parties.0 bodies:bodies.0"]),
}


def ref(table: str, number: int = 0) -> str:
    return f"{table.replace('_', '-')}.{number}"


CONTENTS = {
    "blocks": st.lists(
        st.fixed_dictionaries({"kind": st.sampled_from(list(BlockKind)), "text": clean(40)}), max_size=3
    ).map(
        lambda more: as_json(
            [{"id": f"b{at}", **one} for at, one in enumerate([{"kind": "title", "text": "To begin"}, *more], start=1)]
        )
    ),
    "texts": clean(40).map(lambda words: as_json({"b1": words})),
}


@st.composite
def cells(draw: st.DrawFn, described: Table, column: Column) -> dict[str, str]:
    """The cells of one column of a row."""
    languages = settings.CHARTER.languages
    if column.kind == "localized":
        texts = {code: draw(clean(30, int(column.required and code == "en"))) for code in languages}
        working = sorted(code for code, text in texts.items() if text and draw(st.booleans()))
        return {f"{column.name}.{code}": text for code, text in texts.items()} | {
            f"{column.name}.working": " ".join(working)
        }
    if column.name in WORDS:
        return {column.name: draw(WORDS[column.name].filter(lambda cell: cell or not column.required))}
    needed = [st.just("")] if not column.required else []
    longest = Limits(described).lengths.get(column.name, 60)
    strategies = {
        "text": clean(min(longest, 60), int(column.required)),
        "ref": st.one_of(*needed, st.just(ref(column.table))),
        "refs": st.one_of(*needed, st.just(ref(column.table))),
        "choice": st.sampled_from([one for one in column.choices if one or not column.required] or [""]),
        "day": st.one_of(*needed, DAYS),
        "date": st.one_of(*needed, DATES),
        "time": st.one_of(st.just(""), st.times().map(lambda time: time.isoformat("minutes"))),
        "number": st.one_of(st.just(""), st.integers(0, 10**9 - 1).map(str)),
        "flag": st.sampled_from(["yes", "no"]),
        "instant": st.one_of(*needed, INSTANTS),
        "json": CONTENTS.get(column.name, st.nothing()),
    }
    return {column.name: draw(strategies[column.kind])}


LOADED = [
    "sources", "parties", "party_names", "memberships", "persons", "posts", "tenures", "focal_points", "bodies",
    "chair_terms", "catalogue_editions", "priority_areas", "coordinations", "meetings", "participations", "figures",
    "agenda", "documents", "document_relations", "versions", "translations", "papers", "decisions",
    "decision_links", "statements", "undertakings", "news",
]  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """One row of every table, and a few of those that nothing forbids to be many."""
    made = {}
    for name in LOADED:
        many = draw(st.integers(1, 3)) if name in ("sources", "parties", "persons", "news") else 1
        many = 2 if name in ("documents", "decisions") else many
        made[name] = [
            {"ref": ref(name, number)}
            | {k: v for column in table(name).columns for k, v in draw(cells(table(name), column)).items()}
            for number in range(many)
        ]
    for meeting in made["meetings"]:
        meeting["body"] = "bodies.0"
    made["party_names"][0] |= {"party": "parties.0", "form": "short", "since": ""}
    made["memberships"][0]["party"] = "parties.0"
    made["chair_terms"][0] |= {"body": "", "since": "2000-01-01"}
    for number, document in enumerate(made["documents"]):
        document |= {"symbol": f"TEST/{number}", "released_as": "public"}
    made["versions"][0]["position"] = "1"
    made["translations"][0] |= {"language": "ru", "position": "1"}
    for name, one in (("document_relations", "documents"), ("decision_links", "decisions")):
        made[name][0]["other"] = ref(one, 1)
    for decision in made["decisions"]:
        decision["expired"] = decision["expired"] if decision["manner"] == "silence" else ""
        decision["document"] = ref("documents") if decision["version"] else decision["document"]
    made["decisions"][0]["recommendation"] = ""
    made["statements"][0]["parties"] = ref("parties")
    made["undertakings"][0]["block"] = ""
    return made


@pytest.mark.django_db
@how(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(made=rows())
def test_any_record(made):
    with tempfile.TemporaryDirectory() as place:
        folder, again = Path(place) / "record", Path(place) / "again"
        folder.mkdir()
        shutil.copyfile(settings.CHARTER_FILE, folder / "charter.toml")
        for one in tables.all_tables():
            if one.layout != "markdown":
                write_table(folder, one.name, made.get(one.name, []))
        with transaction.atomic():
            try:
                acts.load(folder=folder, by=COMPILERS)
            except FaultyRecord as refused:  # pytest.fail: the rows are made to be right
                pytest.fail("\n".join(map(str, refused.faults)))
            dump(again)
            assert acts.load(folder=again, by=COMPILERS) is None
            transaction.set_rollback(True)
        written = bytes_of(again)
        written.pop("datapackage.json")
        assert written == bytes_of(folder)


@how(deadline=None)
@given(title=clean(60), lede=clean(60), body=clean(400))
def test_any_text(title, lede, body):
    head, again = read(write(title, lede, "working", body))
    assert (head, again) == ({"title": title, "lede": lede, "status": "working"}, body)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["practice", "cica"])
def test_the_records_that_are_shipped(name, settings, tmp_path):
    from chancery.core import charter

    settings.CHARTER_FILE = ROOT / name / "charter.toml"
    settings.CHARTER = charter.read(settings.CHARTER_FILE)
    acts.load(folder=ROOT / name, by=COMPILERS)
    dump(tmp_path / "again")
    written, kept = bytes_of(tmp_path / "again"), bytes_of(ROOT / name)
    kept.setdefault("datapackage.json", written["datapackage.json"])
    assert written == kept
