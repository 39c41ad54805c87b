"""The record as data for everybody."""

import io
import json
import zipfile

import pytest
from django.conf import settings

from chancery.exchange import acts
from chancery.journal import queries, rows
from chancery.newsroom.models import News
from chancery.people.policy import COMPILERS
from tests.exchange.records import bytes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(folder):
    acts.load(folder=folder, by=COMPILERS)
    return folder


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_table_is_listed_with_its_number_of_rows(client, loaded):
    News.objects.create(ref="draft", kind="flash", dated="2024-01-01")
    page = client.get("/en/data/").content.decode()
    assert "Memberships and observerships" in page
    assert '<td data-l="Rows">2</td>' in page
    listed = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert listed.partition('href="/data/news.csv"')[0].rpartition('data-l="Rows">')[2].startswith("1<")
    assert "entry 1 of the journal" in page


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_before_anything_was_loaded(client, language):
    assert client.get(f"/{language}/data/").status_code == 200


def test_a_table_is_what_dump_writes(client, loaded):
    answer = client.get("/data/memberships.csv")
    assert answer.content == (loaded / "memberships.csv").read_bytes()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="practice-memberships.csv"'


def test_drafts_are_not_in_a_table(client, loaded):
    News.objects.create(ref="draft", kind="flash", dated="2024-01-01")
    assert b"draft" not in client.get("/data/news.csv").content


@pytest.mark.parametrize(
    "address", ["/data/nothing.csv", "/data/news_texts.csv", "/data/people_account.csv", "/data/manifests/2"]
)
def test_what_is_no_table(client, loaded, address):
    assert client.get(address).status_code == 404


def test_the_whole_record_packed(client, loaded, tmp_path):
    answer = client.get("/data/record.zip")
    first = body(answer)
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        packed.extractall(tmp_path / "unpacked")
    written = bytes_of(tmp_path / "unpacked")
    written.pop("datapackage.json")
    assert written == bytes_of(loaded)
    assert answer["Chancery-Entry"] == "1"
    assert body(client.get("/data/record.zip")) == first
    assert len(list((settings.HOME / "packed").glob("*.zip"))) == 1


def test_a_record_that_is_too_large_is_not_packed(client, loaded, monkeypatch):
    monkeypatch.setattr("chancery.exchange.downloads._LARGEST", 10)
    assert client.get("/data/record.zip").status_code == 503


def test_the_manifest_of_a_load(client, loaded):
    named = queries.decided(queries.public()[0])["said"]["manifest"]
    assert rows.digest(body(client.get("/data/manifests/1"))) == named


def test_the_description_of_the_tables(client, loaded):
    package = json.loads(client.get("/data/datapackage.json").content)
    assert package["name"] == "practice"
    described = {one["name"]: one for one in package["resources"]}
    for name, resource in described.items():
        header = (loaded / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        for key in resource["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in {*described, ""}
    kinds = {field["name"]: field["type"] for field in described["meetings"]["schema"]["fields"]}
    assert (kinds["opens"], kinds["ordinal"], kinds["starts"]) == ("time", "integer", "string")
    keys = described["meetings"]["schema"]["foreignKeys"]
    assert {"fields": "part_of", "reference": {"resource": "", "fields": "ref"}} in keys
