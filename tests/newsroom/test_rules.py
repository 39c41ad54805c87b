"""Composing and editing an issue, and what keeps news from being published, as tables."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.core.dates import Day, quarter_of
from chancery.core.text import LocalizedText
from chancery.newsroom import rules
from chancery.newsroom.rules import Happening, NewsKind, Story

from .stage import activity, content, story

Q = "2024-Q4"
TITLES = {ref: LocalizedText({"en": str(ref)}) for ref in rules.chapter_refs(Q)}
FRAME = {"name": {"en": "Digest"}, "banner": {}, "masthead": {}, "opening": {}}


def item(ref: str, day: str, kind: str = "article", **more) -> Story:
    return Story(ref=ref, kind=NewsKind(kind), dated=Day.parse(day), title=LocalizedText({"en": ref}), **more)


def held(ref: str, starts: str, ends: str = "", **more) -> Happening:
    last = Day.parse(ends) if ends else None
    return Happening(ref, more.pop("kind", "seminar"), Day.parse(starts), last, LocalizedText({"en": ref}), **more)


def composed(stories=(), happenings=()) -> dict:
    return rules.compose(Q, stories, happenings, titles=TITLES, frame=FRAME)


def layout(issue: dict) -> dict[str, list[str]]:
    """The items by chapter, empty ones left out."""
    return {c["ref"]: [rules.key(i).partition(":")[2] for i in c["items"]] for c in issue["chapters"] if c["items"]}


# ---------------------------------------------------------------- composing
@pytest.mark.parametrize(
    ("story", "chapter"),
    [
        (item("a", "2024-10-01"), "2024-10"),
        (item("a", "2024-12-31"), "2024-12"),
        (item("a", "2024-11"), "2024-11"),
        (item("a", "2024-Q4"), "2024-12"),  # a span goes under its last month
        (item("a", "2024"), "2024-12"),
        (item("a", "by 2024-11-05"), "2024-11"),
        (item("a", "2024-11-05", "flash"), "flash"),
        (item("a", "2024-Q4", "flash"), "flash"),
        (item("a", "2024-11-05", spotlight=True), "spotlight"),
        (item("a", "2024-11-05", "flash", spotlight=True), "spotlight"),
    ],
)
def test_where_an_item_stands(story, chapter):
    assert layout(composed([story])) == {chapter: ["a"]}


@pytest.mark.parametrize("day", ["2024-09-30", "2025-01-01", "2024-Q3", "2023", "2025"])
def test_what_lies_outside_the_quarter_is_not_composed(day):
    with pytest.raises(rules.EmptyIssue):
        composed([item("a", day)], [held("m", day)])


@pytest.mark.parametrize(
    ("starts", "ends", "belongs"),
    [
        ("2024-09-29", "2024-10-01", True),
        ("2024-12-30", "2025-01-02", False),
        ("2024-12-31", "", True),
        ("2024-11", "", True),
        ("2024", "", True),  # its last possible day is in the fourth quarter
    ],
)
def test_a_meeting_belongs_to_the_quarter_of_its_last_day(starts, ends, belongs):
    issue = layout(composed([item("a", "2024-11-01")], [held("m", starts, ends)]))
    assert issue.get("activities", []) == (["m"] if belongs else [])


def test_items_stand_by_day_then_position_then_reference():
    stories = [item("d", "2024-10-02"), item("b", "2024-10-01", position=2), item("c", "2024-10-01", position=1),
               item("a", "2024-10-01", position=2)]  # fmt: skip
    assert layout(composed(stories)) == {"2024-10": ["c", "a", "b", "d"]}
    assert composed(stories) == composed(stories[::-1])


def test_without_a_mark_the_session_of_the_highest_body_is_in_the_spotlight():
    days = [("soc", "2024-12-04", 2), ("mc", "2024-11-17", 1), ("mc-2", "2024-12-17", 1), ("bc", "2024-12-20", None)]
    sessions = [held(ref, day, kind="session", rank=rank) for ref, day, rank in days]
    stories = [item(ref, "2024-12-18", meetings=(ref,)) for ref in ("soc", "mc", "mc-2", "bc")]
    assert layout(composed(stories, sessions))["spotlight"] == ["mc-2"]
    marked = [*stories, item("x", "2024-12-01", spotlight=True)]
    assert layout(composed(marked, sessions))["spotlight"] == ["x"]


def test_figures_and_what_follows_come_from_the_meetings():
    label = LocalizedText({"en": "delegates"})
    following = LocalizedText({"en": "Next in Arvessa."})
    meeting = held("m", "2024-11-20", figures=(("450", "over", label),), next=following)
    issue = composed([item("a", "2024-11-20", meetings=("m", "unknown"))], [meeting])
    told = issue["chapters"][2]["items"][0]
    figures = [{"value": "450", "qualifier": "over", "label": {"en": "delegates"}}]
    assert (told["figures"], told["next"], told["meetings"]) == (figures, {"en": "Next in Arvessa."}, ["m", "unknown"])
    assert issue["chapters"][-1]["items"][0]["figures"] == figures


def test_the_cover_begins_with_the_spotlight_and_has_six_further_lines():
    stories = [item(f"{n}", f"2024-10-{n + 10}", dimension="ec" if n < 6 else "hu") for n in range(9)]
    issue = composed([*stories, item("lit", "2024-12-17", spotlight=True), item("f", "2024-10-01", "flash")])
    assert issue["title"] == {"en": "lit"}
    assert [line["en"] for line in issue["headlines"]] == ["0", "6", "1", "2", "3", "4"]


days = st.dates(dt.date(2024, 8, 1), dt.date(2025, 2, 28)).map(str)
imprecise = st.one_of(days, st.sampled_from(["2024-Q4", "2024", "2024-10", "2024-11", "2025-Q1", "by 2024-10-01"]))
stories_of = st.lists(st.tuples(imprecise, st.sampled_from(["article", "flash"]), st.booleans()), max_size=12)
meetings_of = st.lists(st.tuples(imprecise, st.sampled_from([None, 0, 1])), max_size=8)


@settings(deadline=None)
@given(stories_of, meetings_of)
def test_every_item_of_the_quarter_stands_in_the_issue_exactly_once(news, meetings):
    stories = [item(f"n{n}", day, kind, spotlight=lit) for n, (day, kind, lit) in enumerate(news)]
    happenings = [held(f"m{n}", day, rank=rank) for n, (day, rank) in enumerate(meetings)]
    belong = [f"news:{one.ref}" for one in stories if quarter_of(one.dated.last) == Q]
    belong += [f"meetings:{one.ref}" for one in happenings if quarter_of(one.last.last) == Q]
    if not belong:
        return
    issue = composed(stories, happenings)
    assert sorted(rules.key(i) for c in issue["chapters"] for i in c["items"]) == sorted(belong)


# ---------------------------------------------------------------- editing
ISSUE = content(month=[story("a"), story("b"), story("c")], flash=[story("f")], activities=[activity("m")])


@pytest.mark.parametrize(
    ("change", "month", "flash"),
    [
        (lambda c: rules.moved(c, "news:b", up=True), ["b", "a", "c"], ["f"]),
        (lambda c: rules.moved(c, "news:b", up=False), ["a", "c", "b"], ["f"]),
        (lambda c: rules.moved(c, "news:a", up=True), ["a", "b", "c"], ["f"]),
        (lambda c: rules.moved(c, "news:c", up=False), ["a", "b", "c"], ["f"]),
        (lambda c: rules.left_out(c, "news:a"), ["b", "c"], ["f"]),
        (lambda c: rules.put_into(c, "news:a", "flash"), ["b", "c"], ["f", "a"]),
        (lambda c: rules.put_into(c, "news:a", "2024-11"), ["a", "b", "c"], ["f"]),
        (lambda c: rules.taken_in(c, content(flash=[story("g")]), "news:g"), ["a", "b", "c"], ["f", "g"]),
    ],
)
def test_editing_changes_one_thing_and_leaves_the_old_issue(change, month, flash):
    before = content(month=[story("a"), story("b"), story("c")], flash=[story("f")], activities=[activity("m")])
    made = layout(change(before))
    assert (made["2024-11"], made["flash"], made["activities"]) == (month, flash, ["m"])
    assert before == ISSUE


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda c: rules.moved(c, "news:x", up=True), rules.NotInIssue),
        (lambda c: rules.left_out(c, "meetings:x"), rules.NotInIssue),
        (lambda c: rules.put_into(c, "news:a", "activities"), rules.WrongChapter),
        (lambda c: rules.put_into(c, "meetings:m", "flash"), rules.WrongChapter),
        (lambda c: rules.put_into(c, "news:a", "2024-09"), rules.WrongChapter),
        (lambda c: rules.taken_in(c, ISSUE, "news:x"), rules.NotInIssue),
    ],
)
def test_what_editing_refuses(change, refusal):
    with pytest.raises(refusal):
        change(ISSUE)


def test_an_item_is_brought_up_to_date_in_its_place():
    fresh = content(flash=[story("b", title={"en": "New"})])
    made = rules.taken_in(ISSUE, fresh, "news:b")
    assert layout(made)["2024-11"] == ["a", "b", "c"]
    assert made["chapters"][1]["items"][1]["title"] == {"en": "New"}


def test_what_is_missing_is_what_the_record_tells_and_the_issue_does_not():
    recorded = content(month=[story("a"), story("x")], flash=[story("b")], activities=[activity("m"), activity("n")])
    found = [(chapter, rules.key(item)) for chapter, item in rules.missing(ISSUE, recorded)]
    assert found == [("2024-11", "news:x"), ("activities", "meetings:n")]


WORDLESS = story("a", pictures=[{"file": "x.jpg", "alt": {"ru": "x"}, "caption": {}, "credit": "", "layout": "wide"}])


@pytest.mark.parametrize(
    ("issue", "edition", "refusal"),
    [
        (content(), 1, rules.NothingComposed),
        ({**ISSUE, "title": {"ru": "x"}}, 1, rules.TitleMissing),
        (content(month=[WORDLESS]), 1, rules.PictureWithoutWords),
        (ISSUE, 2, rules.CorrectionWithoutReason),
        ({**ISSUE, "correction": {"ru": "x"}}, 2, rules.CorrectionWithoutReason),
        ({**ISSUE, "correction": {"en": "x"}}, 2, None),
        (ISSUE, 1, None),
    ],
)
def test_what_an_edition_needs(issue, edition, refusal):
    if refusal is None:
        assert rules.check_issue(issue, edition, "en", "English") is None
        return
    with pytest.raises(refusal):
        rules.check_issue(issue, edition, "en", "English")


# ---------------------------------------------------------------- news
@pytest.mark.parametrize(("title", "words"), [("", "x"), ("x", ""), (" ", " ")])
def test_nothing_is_published_without_title_and_text(title, words):
    with pytest.raises(rules.NothingToPublish, match="English"):
        rules.check_words(title, words, "English")


def test_the_clock_releases_what_is_still_to_come():
    now = dt.datetime(2024, 11, 20, 9, tzinfo=dt.UTC)
    rules.check_release(now + dt.timedelta(seconds=1), now)
    with pytest.raises(rules.ReleaseInThePast):
        rules.check_release(now, now)


def test_corrections_travel_in_the_note():
    first = rules.with_correction("Held twice.", dt.date(2024, 12, 1), "The\nnumber  was 28.")
    both = rules.with_correction(first, dt.date(2024, 12, 2), "The place.")
    assert both == "Held twice.\nCorrected 2024-12-01: The number was 28.\nCorrected 2024-12-02: The place."
    rest, found = rules.corrections(both)
    assert rest == "Held twice."
    assert [(one.day.day, one.reason) for one in found] == [(2, "The place."), (1, "The number was 28.")]
    assert rules.corrections("") == ("", [])
    with pytest.raises(rules.ReasonMissing):
        rules.with_correction("", dt.date(2024, 12, 1), " ")
