"""The pages of the news and the Digest."""

import datetime as dt
import itertools
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.core.text import LocalizedText
from chancery.meetings.models import Attachment
from chancery.newsroom import acts, printing, queries, words
from chancery.newsroom.models import Edition, IssueDraft, News, NewsText, Picture
from tests.cast import account
from tests.meetings.stage import meeting

from .stage import activity, content, copy, draft, edition, jpeg, news, picture, story, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
FRESH = itertools.count()
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
TURNED = "\u202eexe.fdp\u202c"
BODY = f"# H\n{EVIL}\n\n[x](javascript:alert(3)) ![p](x.jpg) {TURNED}\n\n| a | b |\n|---|--:|\n| <b>c</b> | d |"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2025-02-01T09:00:00+05:00", tick=False):
        yield


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, {"fresh": next(FRESH)}).status_code == 200
    return len(found)


def page(client, url: str, status: int = 200, **query) -> str:
    answer = client.get(url, query)
    assert answer.status_code == status
    return answer.content.decode()


def evil_item(files) -> News:
    (files / "hall.jpg").write_bytes(jpeg())
    bad = text(EVIL)
    meeting("m", title=bad)
    item = news("bad", title=text(EVIL + TURNED), lede=bad, body=text(BODY), place=bad, note=EVIL, meetings="m")
    picture(item, alt=bad, caption=bad, credit=EVIL)
    return item


class Harm(HTMLParser):
    """What a browser would do of its own that no template wrote."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "script" and "src" not in named or named.get("src") == "x":
            self.found.append(tag)
        if any(name.startswith("on") for name in named) or str(named.get("href")).startswith("javascript:"):
            self.found.append(str(attrs))


# ---------------------------------------------------------------- news
def test_the_list_shows_what_was_published_by_a_day(client):
    news("early", "2024-11-01")
    news("late", "2024-12-01")
    news("draft", published="")
    assert [name in page(client, "/en/news/") for name in ("Early", "Late", "Draft<")] == [True, True, False]
    shown = page(client, "/en/news/", on="2024-11-30")
    assert ("Early" in shown, "Late" in shown) == (True, False)
    assert "/en/news/early/?on=2024-11-30" in shown
    page(client, "/en/news/late/", 404, on="2024-11-30")
    page(client, "/en/news/draft/", 404)
    page(client, "/en/news/late/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "flash"}, ["c"]),
        ({"dimension": "ec"}, ["a"]),
        ({"dimension": "in"}, ["b", "c"]),
        ({"month": "2024-12"}, ["b"]),
        ({"q": "small FIRMS"}, ["a"]),
        ({"q": "ПОРТЫ"}, ["b"]),
        ({"q": "порты firms"}, []),
        ({"q": "100%"}, []),
        ({"since": "2024-11-02", "to": "2024-12"}, ["b", "c"]),
        ({"kind": "flash", "month": "2024-12"}, []),
    ],
)
def test_the_list_is_narrowed(client, query, found):
    news("a", "2024-11-01", dimension="ec", body=text("About small Firms."))
    news("b", "2024-12-01", lede=text("Ports", "Малые порты"))
    news("c", "2024-11-02", kind="flash")
    html = page(client, "/en/news/", **query)
    assert [ref for ref in "abc" if f"/en/news/{ref}/" in html] == found
    assert ("Nothing in the record answers" in html) == (not found)


@pytest.mark.parametrize("query", [{"month": "2024-99"}, {"kind": "x"}, {"since": "never"}])
def test_a_filter_that_cannot_be_read_is_told_and_the_page_still_stands(client, query):
    news("a")
    assert "/en/news/a/" in page(client, "/en/news/", 400, **query)


def test_the_list_has_pages(client):
    for n in range(21):
        news(f"n-{n:02}", f"2024-11-{n + 1:02}")
    assert "/en/news/n-00/" not in page(client, "/en/news/")
    assert "/en/news/n-00/" in page(client, "/en/news/", page="2")


def test_an_item_says_what_where_when_and_from_which_source(client, files):
    (files / "hall.jpg").write_bytes(jpeg(1200, 800))
    meeting("bc-7", title=text("Business Council"))
    item = news(
        "firms",
        meetings="bc-7 unknown",
        place=text("Selmar"),
        dated="2024-Q4",
        note="Held twice.\nCorrected 2024-12-01: Why.",
    )
    picture(item, credit="Orla Venn")
    html = page(client, "/en/news/firms/")
    for part in ("Firms", "In short.", "At length.", "Selmar", "Q4 2024", "Business Council", "/en/meetings/bc-7/",
                 'alt="A hall"', "The hall.", "Orla Venn", 'width="1200" height="800"', "Held twice.", "Corrected",
                 "1 December 2024", "Why.", "invented"):  # fmt: skip
        assert part in html, part


def test_an_item_in_another_language_says_so(client):
    news(
        "firms",
        title=text("Firms", "Фирмы"),
        lede=text("In short."),
        body=text("At length.", "Подробно."),
        working=["ru"],
    )
    html = page(client, "/ru/news/firms/")
    assert 'class="working"' in html
    assert "Фирмы" in html
    assert 'lang="en" dir="ltr" class="fallback"' in html  # the lede is in English only
    assert 'lang="ru"' in page(client, "/en/news/firms/")
    assert 'lang="en"' in page(client, "/ar/news/firms/")


def test_what_people_typed_does_no_harm(client, files, press):
    item = evil_item(files)
    bad, body = {"en": EVIL}, {"en": BODY}
    figure = {"value": EVIL, "qualifier": "over", "label": bad}
    held = edition(
        month=[story("bad", title=bad, lede=bad, dateline=bad)],
        spotlight=[story("s", title=bad, body=body, figures=[figure])],
        flash=[story("f", title=bad, body=body)],
        activities=[activity("m", title=bad)],
    )
    held.content |= {"title": bad, "name": bad, "banner": bad, "masthead": body, "correction": body}
    held.content["opening"] |= {"title": bad, "body": body, "signed": bad}
    held.save()
    client.force_login(press)
    acts.draft(by=press, **copy(title=text(EVIL), body=text(BODY)))
    IssueDraft.objects.create(quarter="2025-Q1", content=Edition.objects.get().content)
    drafted = News.objects.get(published=None).ref
    public = ("news/", "news/bad/", "digest/", "digest/2024-q4/", "meetings/m/")
    work = ("news/", f"news/{drafted}/", "digest/2025-q1/", "digest/2025-q1/preview/", "digest/2025-q1/words/")
    for url in [*(f"/en/{one}" for one in public), *(f"/en/secretariat/{one}" for one in work)]:
        html = page(client, url)
        assert Harm(html).found == [], url
        assert "alert(" in html, url
    html = page(client, f"/en/news/{item.ref}/")
    assert "<b>c" not in html
    assert f"{TURNED}</bdi>" in html  # what turns the order of letters ends with its text
    assert "<h2>H</h2>" in html
    assert "<table" in html


def test_the_cost_of_pages_does_not_grow_with_what_they_show(client, files):
    (files / "hall.jpg").write_bytes(jpeg())
    costs = []
    for n in (1, 2, 3):
        meeting(f"m-{n}")
        item = news(f"n-{n}", meetings=" ".join(f"m-{one}" for one in range(1, n + 1)))
        for _ in range(n):
            picture(item)
        edition(f"202{n}-Q4", month=[story(f"n-{one}") for one in range(1, n + 1)], activities=[activity(f"m-{n}")])
        urls = (
            "/en/news/",
            f"/en/news/n-{n}/",
            "/en/digest/",
            f"/en/digest/202{n}-q4/",
            f"/en/meetings/m-{n}/",
            "/en/news.atom",
        )
        costs.append([queries_of(client, url) for url in urls])
    assert costs[0] == costs[2]
    assert max(costs[0]) <= 12


def test_news_stand_on_the_page_of_their_meeting(client):
    meeting("bc-7")
    meeting("bc-77")
    news("firms", meetings="x bc-7")
    assert "/en/news/firms/" in page(client, "/en/meetings/bc-7/")
    assert "/en/news/firms/" not in page(client, "/en/meetings/bc-7/", on="2024-11-20")
    assert "/en/news/firms/" not in page(client, "/en/meetings/bc-77/")


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_the_feeds_are_atom(client, language):
    news("firms", title=text("Firms & more", "Фирмы"), note="Corrected 2024-12-01: Why.")
    news("draft", published="")
    edition(number=1)
    edition(number=2, published="2025-01-20")
    for url, ids in ((f"/{language}/news.atom", ["news/firms/"]), (f"/{language}/digest.atom", ["digest/2024-q4/2/"])):
        answer = client.get(url)
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        entries = feed.findall(f"{ATOM}entry")
        assert [one.findtext(f"{ATOM}id") for one in entries] == [
            f"http://localhost:8000/{language}/{one}" for one in ids
        ]
        assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    updated = ElementTree.fromstring(client.get("/en/news.atom").content).findtext(f"{ATOM}entry/{ATOM}updated")
    assert updated == "2024-12-01T00:00:00+05:00"


# ---------------------------------------------------------------- files
def asked(client, url: str):
    """An answer that was read to its end."""
    answer = client.get(url)
    answer.read = b"".join(answer) if answer.streaming else b""
    return answer


def sent(client, url: str) -> tuple[int, bytes]:
    answer = asked(client, url)
    return answer.status_code, answer.read


def test_only_files_that_something_public_names_are_sent(client, press, files):
    for name in ("public.jpg", "draft.jpg", "issue.jpg", "nobody.jpg"):
        (files / name).write_bytes(jpeg())
    (files / "paper.pdf").write_bytes(b"%PDF-1.7")
    (files / "page.docx").write_bytes(b"PK")
    picture(news("a"), "public.jpg")
    picture(news("b", published=""), "draft.jpg")
    picture(news("later", published="2025-03-01"), "nobody.jpg")
    held = meeting("m")
    for name in ("paper.pdf", "page.docx"):
        Attachment.objects.create(ref=name, meeting=held, file=name, title=text("A"), source="practice")
    shown = {"file": "issue.jpg", "alt": {"en": "A"}, "caption": {}, "credit": "", "layout": "wide"}
    edition(month=[story("a", pictures=[shown])])
    names = ("public.jpg", "issue.jpg", "paper.pdf", "page.docx", "draft.jpg", "nobody.jpg", "missing.jpg")
    assert [sent(client, f"/files/{name}")[0] for name in names] == [200, 200, 200, 200, 404, 404, 404]
    for name in ("..%2fsecret_key", "%2e%2e/secret_key", ".hidden", "a%00b.jpg", "sizes", "digests"):
        assert sent(client, f"/files/{name}")[0] == 404, name
    answer = asked(client, "/files/public.jpg")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "attachment" not in answer.get("Content-Disposition", "")
    assert asked(client, "/files/page.docx")["Content-Disposition"].startswith("attachment")
    client.force_login(press)
    answer = asked(client, "/files/draft.jpg")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert asked(client, "/files/nobody.jpg").status_code == 200
    client.force_login(account("Petra", ("officer", "protocol")))
    assert client.get("/files/draft.jpg").status_code == 404


def test_pictures_are_sent_in_the_widths_that_are_offered(client, files):
    (files / "hall.jpg").write_bytes(jpeg(1200, 800))
    picture(news("a"))
    whole, small = sent(client, "/files/hall.jpg")[1], sent(client, "/files/480/hall.jpg")[1]
    assert len(small) < len(whole)
    assert sent(client, "/files/480/hall.jpg")[1] == small
    assert client.get("/files/481/hall.jpg").status_code == 404
    assert not (files / "sizes" / "481").exists()


# ---------------------------------------------------------------- the Digest
def test_an_issue_shows_its_chapters(client, files):
    meeting("m-1")
    news("firms")
    figure = {"value": "170", "qualifier": "over", "label": {"en": "events"}}
    edition(spotlight=[story("lit", "2024-12-17", figures=[figure])],
            month=[story("firms"), story("gone", "2024-11")], flash=[story("prize")],
            activities=[activity("m-1", "2024-11-19", ends="2024-11-21")])  # fmt: skip
    html = page(client, "/en/digest/2024-q4/")
    for part in ("October–December 2024", "In this issue", "over", "170", "events", "/en/news/firms/", "November 2024",
                 "Prize", "/en/meetings/m-1/", "19–21 November 2024", "Dear reader", "The publisher"):  # fmt: skip
        assert part in html, part
    assert "/en/news/gone/" not in html  # the record has no such item any more; the issue has its words
    assert "Gone" in html
    assert page(client, "/en/digest/2024-q4/1/").count("Lit") == html.count("Lit")


def test_a_corrected_issue_says_so_and_keeps_its_first_edition(client):
    edition(number=1)
    edition(number=2, published="2025-01-20")
    latest, first = page(client, "/en/digest/2024-q4/"), page(client, "/en/digest/2024-q4/1/")
    assert "What this edition corrects" in latest
    assert "A number." in latest
    assert "/en/digest/2024-q4/1/" in latest
    assert "Edition 2 has taken the place of this one" in first
    assert "has taken the place" not in page(client, "/en/digest/2024-q4/1/", on="2025-01-16")
    assert "What this edition corrects" not in page(client, "/en/digest/2024-q4/", on="2025-01-16")
    assert "Edition 2, corrected" in page(client, "/en/digest/")
    page(client, "/en/digest/2024-q4/3/", 404)
    page(client, "/en/digest/2024-q4/2/", 404, on="2025-01-16")
    page(client, "/en/digest/2024-q4/", 404, on="2025-01-14")
    page(client, "/en/digest/2023-q4/", 404)
    assert "No issue was published" in page(client, "/en/digest/", on="2025-01-14")


def test_a_pdf_is_waited_for_and_then_sent(client):
    held = edition()
    url = "/en/digest/2024-q4/1.pdf"
    answer = client.get(url)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (202, "10", "no-store")
    before = client.get("/en/digest/2024-q4/")
    assert "being prepared" in before.content.decode()
    assert before["Cache-Control"] == "no-store"  # else it would be kept after the PDF is there
    copy = printing.of_edition(held.ref, held.digest, "en")
    copy.path.parent.mkdir(parents=True, exist_ok=True)
    copy.path.with_suffix(".failed").write_text("a.jpg: no such file")
    assert client.get(url).status_code == 503
    assert "cannot be made" in page(client, "/en/digest/2024-q4/")
    copy.path.write_bytes(b"%PDF-" + b"x" * 2000)
    answer = asked(client, url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert 'filename="practice-digest-2024-q4-1-en.pdf"' in answer["Content-Disposition"]
    assert "PDF, 2.0\xa0KB" in page(client, "/en/digest/2024-q4/")
    assert client.get("/en/digest/2024-q4/2.pdf").status_code == 404


# ---------------------------------------------------------------- the press unit
def posted(**more) -> dict[str, str]:
    return {
        "title_en": "Small firms meet", "title_ru": "Малый бизнес", "title_ar": "", "lede_en": "They met.",
        "body_en": "A *text*.\r\n", "body_ru": "Текст.", "body_ar": "", "working": "ru", "kind": "article",
        "dated": "20 November 2024", "place_en": "Selmar", "dimension": "ec", "source": "practice", **more,
    }  # fmt: skip


def test_an_item_from_the_first_word_to_the_correction(client, press, files):
    client.force_login(press)
    meeting("bc-7", "2025-01-20")
    answer = client.post("/en/secretariat/news/draft/", posted(meetings="bc-7"))
    ref = News.objects.get().ref
    here = f"/en/secretariat/news/{ref}/"
    assert answer["Location"] == here
    assert NewsText.objects.get(language="en").body == "A *text*."
    assert "Small firms meet" in page(client, "/en/secretariat/news/")
    upload = {"file": SimpleUploadedFile("a.jpg", jpeg()), "alt_en": "A hall", "layout": "wide", "source": "practice"}
    assert client.post(f"{here}picture/", upload)["Location"] == here
    assert 'alt="A hall"' in page(client, here)
    assert client.get(f"/en/news/{ref}/").status_code == 404
    assert "Once published" in page(client, f"{here}publication/")
    assert client.post(f"{here}publication/", {"sent": "yes"})["Location"] == f"/en/news/{ref}/"
    assert "Small firms meet" in page(client, f"/en/news/{ref}/")
    assert client.get(here)["Location"] == f"/en/news/{ref}/"
    seen = re.search(r'name="seen" value="(\w+)"', page(client, f"{here}correction/"))[1]
    changed = posted(body_en="Another text.", reason="The text.", seen=seen, meetings="bc-7", kind="flash")
    assert client.post(f"{here}correction/", changed)["Location"] == f"/en/news/{ref}/"
    html = page(client, f"/en/news/{ref}/")
    assert "Another text." in html
    assert "The text." in html
    assert News.objects.get().kind == "article"
    assert client.post(f"{here}correction/", changed).status_code == 409  # somebody else was there before


def test_a_refused_draft_keeps_what_was_typed(client, press):
    client.force_login(press)
    answer = client.post("/en/secretariat/news/draft/", posted(title_en="", dated="never"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Малый бизнес" in html
    assert "“never” is not a date" in html
    ref = draft(press, body=text("")).ref
    answer = client.post(f"/en/secretariat/news/{ref}/publication/", {"sent": "yes"})
    assert (answer.status_code, News.objects.get().published) == (422, None)


def test_a_bad_picture_is_refused_beside_its_field(client, press, files):
    client.force_login(press)
    here = f"/en/secretariat/news/{draft(press).ref}/picture/"
    data = {"alt_en": "A", "layout": "wide", "source": "practice"}
    answer = client.post(here, {**data, "file": SimpleUploadedFile("evil<b>.jpg", b"<svg/>")})
    assert (answer.status_code, "is not a picture" in answer.content.decode()) == (422, True)
    assert "<b>.jpg" not in answer.content.decode()
    answer = client.post(here, {**data, "alt_en": "", "file": SimpleUploadedFile("a.jpg", jpeg())})
    assert (answer.status_code, Picture.objects.count()) == (422, 0)


def test_an_item_is_put_on_the_clock_at_the_seat(client, press):
    client.force_login(press)
    ref = draft(press).ref
    here = f"/en/secretariat/news/{ref}/"
    assert client.post(f"{here}schedule/", {"day": "2025-01-31", "time": "10:00"}).status_code == 422
    assert client.post(f"{here}schedule/", {"day": "2025-02-03", "time": ""}).status_code == 422
    assert client.post(f"{here}schedule/", {"day": "3 February 2025", "time": "10:00"})["Location"] == here
    assert News.objects.get().release == dt.datetime(2025, 2, 3, 5, tzinfo=dt.UTC)
    assert "3 February 2025, 10:00" in page(client, "/en/secretariat/news/")
    client.post(f"{here}unscheduling/")
    assert News.objects.get().release is None
    client.post(f"{here}withdrawal/", {"sent": "yes"})
    assert not News.objects.exists()


def test_a_preview_keeps_nothing_and_works_with_and_without_scripts(client, press):
    client.force_login(press)
    typed = posted(body_en="# Heading\n<script>x</script>")
    whole = client.post("/en/secretariat/news/preview/", typed).content.decode()
    part = client.post("/en/secretariat/news/preview/", typed, headers={"HX-Request": "true"}).content.decode()
    assert "<h2>Heading</h2>" in part
    assert part.strip() in re.sub(r"\n\s*\n", "\n", whole) or "<h2>Heading</h2>" in whole
    assert ("<html" in whole, "<html" in part) == (True, False)
    assert "<script>x" not in whole + part
    assert not News.objects.exists()


def test_drafts_are_the_press_units_and_an_auditors_to_see(client, press):
    ref = draft(press).ref
    urls = [
        "/en/secretariat/news/",
        f"/en/secretariat/news/{ref}/",
        f"/en/secretariat/news/{ref}/publication/",
        "/en/secretariat/news/unknown/",
    ]
    assert all("/sign-in/" in client.get(url)["Location"] for url in urls)
    client.force_login(account("Petra", ("officer", "protocol")))
    assert [client.get(url).status_code for url in urls] == [403, 403, 403, 403]  # whether it exists or not
    client.force_login(account("Alex", ("auditor", "")))
    assert [client.get(url).status_code for url in urls] == [200, 403, 403, 403]


def test_an_issue_from_composing_to_its_second_edition(client, press):
    client.force_login(press)
    meeting("bc-7", "2024-11-20")
    for ref, kind in (("a", "article"), ("b", "article"), ("f", "flash")):
        news(ref, kind=kind)
    assert client.post("/en/secretariat/digest/", {"quarter": "2023-Q1"}).status_code == 422
    answer = client.post("/en/secretariat/digest/", {"quarter": "2024-Q4"})
    here = "/en/secretariat/digest/2024-q4/"
    assert answer["Location"] == here

    def do(verb: str, version: int, **more):
        return client.post(f"{here}items/", {"do": verb, "version": version, **more})

    def order() -> dict[str, list[str]]:
        held = IssueDraft.objects.get().content["chapters"]
        return {c["ref"]: [i.get("news") or i["meeting"] for i in c["items"]] for c in held if c["items"]}

    assert do("down news:a", 1)["Location"] == f"{here}#news-a"
    assert order()["2024-11"] == ["b", "a"]
    assert do("up news:a", 1).status_code == 409
    do("to news:a", 2, **{"chapter news:a": "spotlight"})
    do("out meetings:bc-7", 3)
    assert order() == {"spotlight": ["a"], "2024-11": ["b"], "flash": ["f"]}
    assert "Take in" in page(client, here)
    do("in meetings:bc-7", 4)
    assert order()["activities"] == ["bc-7"]
    assert do("eat news:a", 5).status_code == 409
    assert do("out news:zzz", 5).status_code == 409
    assert do("out news:a", "x").status_code == 409
    typed = {"title_en": "Firms meet", "headlines_en": "One\nTwo", "opening_kind": "foreword", "opening_title_en": "F",
             "masthead_en": "M", "version": 5}  # fmt: skip
    assert client.post(f"{here}words/", {**typed, "headlines_ru": "Один"}).status_code == 422
    assert client.post(f"{here}words/", typed)["Location"] == here
    assert IssueDraft.objects.get().content["headlines"] == [{"en": "One"}, {"en": "Two"}]
    assert client.post(f"{here}words/", typed).status_code == 409
    assert "Firms meet" in page(client, f"{here}preview/")
    assert client.get("/en/digest/2024-q4/").status_code == 404
    answer = client.post(f"{here}publication/", {"source": "practice", "version": 6})
    assert answer["Location"] == "/en/digest/2024-q4/1/"
    assert "Firms meet" in page(client, "/en/digest/2024-q4/")
    client.post("/en/secretariat/digest/", {"quarter": "2024-Q4"})
    assert client.post(f"{here}publication/", {"source": "practice", "version": 1}).status_code == 422
    client.post(f"{here}words/", {**typed, "version": 1, "correction_en": "A name."})
    client.post(f"{here}publication/", {"source": "practice", "version": 2})
    assert [(one.edition, one.content["correction"]) for one in Edition.objects.order_by("edition")] == [
        (1, {}), (2, {"en": "A name."}),
    ]  # fmt: skip


def test_words_of_an_issue_that_were_left_as_they_were_keep_their_marks(client, press):
    client.force_login(press)
    held = content(month=[story("a")])
    held["title"] = LocalizedText({"en": "Firms", "ru": "Фирмы"}, frozenset({"ru"})).kept()
    held["headlines"] = [{"en": "One", "ru": "Один", "working": ["ru"]}]
    IssueDraft.objects.create(quarter="2024-Q4", content=held)
    data = {
        "title_en": "Firms",
        "title_ru": "Фирмы",
        "headlines_en": "One",
        "headlines_ru": "Раз",
        "opening_kind": "foreword",
        "version": 1,
    }
    client.post("/en/secretariat/digest/2024-q4/words/", data)
    made = IssueDraft.objects.get().content
    assert made["title"]["working"] == ["ru"]
    assert made["headlines"] == [{"en": "One", "ru": "Раз"}]


def test_a_proof_is_ordered_waited_for_and_read(client, press):
    client.force_login(press)
    issue = IssueDraft.objects.create(quarter="2024-Q4", content=content(month=[story("a")]))
    here = "/en/secretariat/digest/2024-q4/"
    file = f"{here}proof/1.ru.pdf"
    assert client.get(file).status_code == 404
    assert client.post(f"{here}proof/", {"language": "xx"}).status_code == 404
    client.post(f"{here}proof/", {"language": "ru"})
    assert client.get(file).status_code == 202
    assert "being prepared" in page(client, here)
    copy = printing.of_draft(issue, "ru")
    copy.path.parent.mkdir(parents=True)
    copy.path.write_bytes(b"%PDF-")
    answer = asked(client, file)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert file in page(client, here)


def test_the_cost_of_the_desk_does_not_grow(client, press):
    client.force_login(press)
    costs = []
    for n in (1, 2, 3):
        draft(press, title=text(f"Draft {n}"))
        news(f"n-{n}")
        IssueDraft.objects.create(quarter=f"202{n}-Q4", content=content(month=[story(f"n-{one}") for one in range(n)]))
        urls = ("/en/secretariat/news/", "/en/secretariat/digest/", f"/en/secretariat/digest/202{n}-q4/")
        costs.append([queries_of(client, url) for url in urls])
    assert costs[0] == costs[2]


def test_home_gets_the_latest(client):
    news("a", "2024-11-01")
    news("b", "2024-11-02")
    news("draft", published="")
    edition()
    edition("2024-Q3", published="2024-10-15")
    day = dt.date(2025, 1, 15)
    assert [item.ref for item in queries.latest_news(day, 5)] == ["b", "a"]
    assert [item.ref for item in queries.latest_news(day, 1)] == ["b"]
    latest = queries.latest_edition(day)
    assert (latest.quarter, latest.edition, str(latest.title), latest.period) == (
        "2024-Q4",
        1,
        "Firms meet",
        "October–December 2024",
    )
    assert queries.latest_edition(day - dt.timedelta(days=1)).quarter == "2024-Q3"
    assert queries.latest_edition(dt.date(2024, 1, 1)) is None


def test_an_issue_that_the_organisation_does_not_issue_says_so_instead_of_a_publisher(settings):
    issued = words.frame()
    assert (issued["banner"], issued["opening"]["kind"]) == ({}, "foreword")
    assert "Practice Forum" in issued["masthead"]["en"]
    settings.CHARTER = replace(settings.CHARTER, issued_by_organisation=False)
    compiled = words.frame()
    assert "not issued by the Secretariat" in compiled["banner"]["en"]
    assert compiled["masthead"] == compiled["banner"]
    assert compiled["opening"]["kind"] == "compilers-note"
