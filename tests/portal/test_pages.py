"""The pages about the site, what machines look for, and what is shown when something is wrong."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from chancery.core import problems
from chancery.core.models import Source
from tests.cast import state

from .conftest import body, decided_on, held, published, queries_of


@pytest.fixture
def quiet() -> Client:
    """A client that shows the page of a failure instead of raising it."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize("name", ["about", "accessibility", "data-protection", "sources"])
def test_pages_about_the_site(client, name, language):
    answer = client.get(f"/{language}/{name}/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert f'<html lang="{language}"' in html
    assert answer["Cache-Control"] == "public, no-cache"


@pytest.mark.django_db
def test_a_record_of_others_says_so(client, settings):
    settings.CHARTER = _with(settings.CHARTER, issued_by_organisation=False, kept_to=dt.date(2024, 12, 31))
    html = client.get("/en/about/").content.decode()
    assert "This site is not issued by the <bdi>Practice Forum" in html
    assert "compiled from public sources" in html
    assert "Until when it was kept" in html
    assert "mailto:" not in client.get("/.well-known/security.txt").content.decode()
    for page in ("accessibility", "data-protection"):
        assert "Please do not write to the Secretariat" in client.get(f"/en/{page}/").content.decode()


@pytest.mark.django_db
def test_a_record_of_the_organisation_says_so(client):
    html = client.get("/en/about/").content.decode()
    assert "This site is issued by the Secretariat" in html
    assert "not issued" not in html
    assert "Until when it was kept" not in html


@pytest.mark.django_db
def test_the_numbers_of_retention_are_those_of_the_charter(client, settings):
    days = {"sessions": 3, "invitations": 17, "outbox": 99, "notices": 41}
    settings.CHARTER = _with(settings.CHARTER, retention=days, retention_defaults=frozenset({"outbox"}))
    html = client.get("/en/data-protection/").content.decode()
    for told in ("3 days after the last sign-in<", "17 days<", "99 days (product default)<", "41 days<"):
        assert told in html


@pytest.mark.django_db
def test_sources_stand_by_how_good_they_are(client):
    Source.objects.create(ref="p1", title="A newspaper", quality="press")
    Source.objects.create(ref="g1", title="A ministry", quality="government", address="https://ministry.example/x")
    Source.objects.create(ref="p2", title="An agency", quality="press", address="ministry.example")
    html = client.get("/en/sources/").content.decode()
    assert re.findall(r"<dd>(\d+)</dd>", html) == ["1", "2"]
    assert html.index("A ministry") < html.index("A newspaper") < html.index("An agency")
    assert 'href="https://ministry.example/x"' in html
    assert 'href="ministry.example"' not in html
    assert 'id="p2"' in html  # where the source marks of facts lead


@pytest.mark.django_db
def test_sources_cost_the_same_however_many_there_are(client):
    Source.objects.create(ref="a", title="A", quality="press")
    one = queries_of(client, "/en/sources/")
    Source.objects.bulk_create(Source(ref=f"b{n}", title="B", quality="government") for n in range(3))
    assert queries_of(client, "/en/sources/") == one <= 12


def _with(charter, **changes):
    from dataclasses import replace

    return replace(charter, **changes)


# ---------------------------------------------------------------- for machines
@pytest.mark.django_db
def test_robots_are_kept_from_what_is_signed_in(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /ru/account/" in lines
    assert "Disallow: /en/desk/" in lines
    assert lines[-1] == "Sitemap: http://localhost:8000/sitemap.xml"


@pytest.mark.django_db
def test_weaknesses_are_reported_to_whoever_issues_the_site(client, settings):
    with time_machine.travel(dt.datetime(2024, 12, 17, 12, tzinfo=dt.UTC)):
        text = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == f"mailto:{settings.CHARTER.email}"
    assert lines["Expires"] == "2025-06-15T00:00:00Z"


@pytest.mark.django_db
def test_the_icon_by_its_old_name(client):
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


@pytest.mark.django_db
def test_the_site_map_names_every_page_in_every_language(client, source):
    state("xa", "Aldora")
    body()
    held("mc-7", "2024-12-17")
    decided_on("statement", "2024-12-17")
    published("2024-Q3", "2024-10-15", "Title")
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {place.text.removeprefix("http://localhost:8000") for place in tree.findall(".//{*}loc")}
    for language in ("en", "ru", "ar"):
        for page in ("", "members/", "members/xa/", "bodies/mc/", "meetings/mc-7/", "decisions/statement/", "about/"):
            assert f"/{language}/{page}" in found
    for address in found:
        assert client.get(address).status_code == 200, address


@pytest.mark.django_db
def test_the_site_map_is_bounded(client, source, monkeypatch):
    from chancery.portal import queries

    monkeypatch.setattr(queries, "_ADDRESSES", 2)
    for day in (1, 2, 3):
        held(f"m{day}", f"2024-12-0{day}")
    text = client.get("/sitemap.xml").content.decode()
    assert "/en/meetings/m3/" in text
    assert "/en/meetings/m1/" not in text


# ---------------------------------------------------------------- when something is wrong
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "asked", "language"),
    [
        ("/en/nonsense/", "ru", "en"),
        ("/ru/nonsense/", "en", "ru"),
        ("/ar/members/nobody/", "en", "ar"),
        ("/nonsense", "ru", "ru"),
        ("/nonsense/", "en", "en"),
        ("/xx/nonsense/", "fr", "en"),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_its_address(client, address, asked, language):
    answer = client.get(address, headers={"Accept-Language": asked})
    html = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'href="/{language}/"' in html
    other = "ru" if language != "ru" else "en"
    assert re.search(rf'<a href="/{other}/[^"]*" lang="{other}"', html)


@pytest.mark.django_db
def test_the_other_language_of_a_page_that_does_not_exist_is_the_overview(client):
    assert '<a href="/ru/" lang="ru"' in client.get("/en/nonsense/").content.decode()


@pytest.mark.django_db
def test_an_address_of_another_host_is_refused(client):
    answer = client.get("/ru/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert '<html lang="ru"' in answer.content.decode()


@pytest.mark.django_db
def test_a_door_of_others_stays_closed(client, reader):
    client.force_login(reader)
    answer = client.get("/en/secretariat/parties/")
    assert answer.status_code == 403
    assert "You may not do this" in answer.content.decode()
    assert 'href="/en/desk/"' in answer.content.decode()


@pytest.mark.django_db
def test_a_form_sent_too_late_says_so():
    answer = Client(enforce_csrf_checks=True).post("/ru/account/sign-in/", {"login": "a"})
    assert answer.status_code == 403
    assert '<html lang="ru"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tell", "status"),
    [(problems.bad_request, 400), (problems.forbidden, 403), (problems.not_found, 404), (problems.too_many, 429)],
)
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_each_problem_says_what_to_do(rf, tell, status, language):
    from django.contrib.auth.models import AnonymousUser
    from django.utils import translation

    request = rf.get(f"/{language}/somewhere/")
    request.user = AnonymousUser()
    with translation.override(language):
        answer = tell(request)
    html = answer.content.decode()
    assert answer.status_code == status
    assert re.search(r'class="kicker">\D*' + str(status), html)
    assert html.count("<li>", html.index('class="wrap wrap--read problem"'), html.index("</main>")) == 2


@pytest.mark.django_db
def test_too_many_attempts_have_a_page_of_their_own(client):
    for _ in range(60):
        answer = client.post("/en/account/sign-in/", {"login": "nobody@practice.example", "password": "x"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "Please wait" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_a_failure_is_told_in_the_language_of_the_page(quiet, monkeypatch, language):
    monkeypatch.setattr("chancery.portal.queries.sources", _broken)
    answer = quiet.get(f"/{language}/sources/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert f'<html lang="{language}"' in html
    assert "SECRET" not in html
    assert "ETag" not in answer


def _broken():
    raise RuntimeError("SECRET")


@pytest.mark.parametrize("address", ["/en/", "/ru/members/", "/nonsense"])
def test_a_failure_needs_no_database(quiet, monkeypatch, address):
    def gone():
        raise OperationalError("no such file")

    monkeypatch.setattr("chancery.portal.cache.marked_head", gone)
    answer = quiet.get(address)
    assert answer.status_code == 500
    assert "chancery" in answer.content.decode()  # its style sheet


def test_a_failure_needs_no_style_sheet_either(quiet, monkeypatch):
    def missing(name):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(problems, "static", missing)
    monkeypatch.setattr("chancery.portal.cache.marked_head", _broken)
    answer = quiet.get("/en/")
    assert answer.status_code == 500
    assert "Something failed on our side" in answer.content.decode()


def test_the_front_door_leads_to_the_language_of_the_browser(db, client):
    answer = client.get("/", headers={"Accept-Language": "ru,en;q=0.5"})
    assert answer["Location"] == "/ru/"
    assert "ETag" not in answer
