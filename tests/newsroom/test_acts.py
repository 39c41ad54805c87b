"""What happens to news and to the Digest, and what is refused."""

import datetime as dt
from functools import partial

import pytest
import time_machine

from chancery.core.dates import Day
from chancery.core.refusals import NotAllowed, OutOfDate, SecondFactorMissing
from chancery.core.text import LocalizedText
from chancery.journal.models import Entry
from chancery.newsroom import acts, queries, rules
from chancery.newsroom.models import Edition, IssueDraft, News, NewsText, Picture
from chancery.people.policy import CLOCK, OPERATOR
from tests.cast import account, decided
from tests.meetings.stage import meeting

from .stage import copy, draft, edition, jpeg, news, picture, story, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
LATER = dt.datetime(2024, 11, 22, 6, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2024-11-21T20:00:00+00:00", tick=False):  # the 22nd at the seat
        yield


def last() -> Entry:
    return Entry.objects.order_by("-seq").first()


# ---------------------------------------------------------------- drafts
def test_a_draft_is_no_part_of_the_public_record(press):
    item = draft(press, working=["ru"])
    assert (item.ref, item.published) == ("2024-11-20-small-firms-meet", None)
    texts = {one.language: one for one in item.texts.all()}
    assert {code: one.status for code, one in texts.items()} == {"en": "confirmed", "ru": "working"}
    assert texts["ru"].ref == f"{item.ref}.ru"
    entry = last()
    assert (entry.act, entry.is_public, decided(entry)) == ("newsroom.draft", False, {})
    assert "Small firms" not in entry.private
    assert queries.latest_news(dt.date(2200, 1, 1), 5) == []


def test_two_drafts_of_one_title_have_two_references(press):
    assert [draft(press).ref, draft(press).ref] == ["2024-11-20-small-firms-meet", "2024-11-20-small-firms-meet-2"]


def test_a_draft_reports_on_meetings_that_exist(press):
    meeting("bc-7")
    assert draft(press, meetings=["bc-7", "bc-7"]).meetings == "bc-7"
    with pytest.raises(rules.UnknownMeeting, match="bc-8"):
        draft(press, meetings=["bc-7", "bc-8"])
    assert News.objects.count() == 1


def test_editing_takes_languages_away_and_brings_others(press):
    item = draft(press)
    seen = queries.version(item)
    acts.edit(news=item, seen=seen, by=press, **copy(title=LocalizedText({"en": "T", "ar": "ع"}), body=text("B")))
    assert sorted(NewsText.objects.values_list("language", flat=True)) == ["ar", "en"]


def test_two_editors_do_not_write_over_each_other(press):
    item = draft(press)
    seen = queries.version(item)
    acts.edit(news=item, seen=seen, by=press, **copy(body=text("First.")))
    with pytest.raises(OutOfDate):
        acts.edit(news=item, seen=seen, by=press, **copy(body=text("Second.")))
    assert NewsText.objects.get(language="en").body == "First."


def test_a_draft_can_be_given_up(press, files):
    item = draft(press)
    acts.add_picture(
        news=item, content=jpeg(), name="a.jpg", alt=text("A"), caption=text(""), source="practice", by=press
    )
    acts.withdraw(news=item, by=press)
    assert (News.objects.count(), NewsText.objects.count(), Picture.objects.count()) == (0, 0, 0)
    assert (last().act, last().is_public) == ("newsroom.withdraw", False)


# ---------------------------------------------------------------- publishing
def test_publishing_tells_the_item_its_words_and_pictures(press):
    meeting("bc-7")
    item = draft(press, meetings=["bc-7"])
    shown = picture(item)
    acts.publish(news=item, by=press)
    item.refresh_from_db()
    assert item.published == dt.date(2024, 11, 22)
    told = decided(last())
    assert {one["table"]: one["ref"] for one in told["facts"]} == {
        "news": item.ref, "news_texts": f"{item.ref}.ru", "pictures": shown.ref,
    }  # fmt: skip
    assert len(told["facts"]) == 4
    assert "meetings:bc-7" in told["subjects"]
    assert told["by"] == "secretariat"


@pytest.mark.parametrize(
    "lacking",
    [
        {"title": LocalizedText({"ru": "x"})},
        {"body": LocalizedText(), "lede": LocalizedText()},
        {"title": text("Only English")},  # Russian would have a text without a title
    ],
)
def test_half_of_the_words_are_not_published(press, lacking):
    item = draft(press, **lacking)
    with pytest.raises(rules.NothingToPublish):
        acts.publish(news=item, by=press)
    item.refresh_from_db()
    assert item.published is None


def test_what_is_public_does_not_become_public_twice(press):
    item = draft(press)
    acts.publish(news=item, by=press)
    before = Entry.objects.count()
    for again in (
        partial(acts.publish, news=item),
        partial(acts.edit, news=item, **copy()),
        partial(acts.schedule, news=item, at=LATER),
        partial(acts.withdraw, news=item),
    ):
        with pytest.raises(rules.AlreadyPublished):
            again(by=press)
    assert Entry.objects.count() == before


def test_a_scheduled_draft_is_released_by_the_clock_once(press):
    item = acts.schedule(news=draft(press), at=LATER, by=press)
    assert list(queries.due_releases(LATER - dt.timedelta(seconds=1))) == []
    assert queries.coming_release() == LATER
    assert acts.release(ref=item.ref, by=CLOCK) is None  # not yet
    with time_machine.travel(LATER, tick=False):
        assert list(queries.due_releases(LATER)) == [item.ref]
        assert acts.release(ref=item.ref, by=CLOCK).published == dt.date(2024, 11, 22)
        assert acts.release(ref=item.ref, by=CLOCK) is None
        assert list(queries.due_releases(LATER)) == []
    told = [entry for entry in Entry.objects.all() if entry.act == "newsroom.publish"]
    assert [decided(entry)["by"] for entry in told] == ["clock"]


def test_after_downtime_the_day_of_publication_is_the_day_on_which_it_happened(press):
    item = acts.schedule(news=draft(press), at=LATER, by=press)
    with time_machine.travel(LATER + dt.timedelta(days=3), tick=False):
        acts.release(ref=item.ref, by=CLOCK)
    item.refresh_from_db()
    assert item.published == dt.date(2024, 11, 25)


def test_what_was_taken_off_the_clock_or_given_up_is_not_released(press):
    first = acts.schedule(news=draft(press), at=LATER, by=press)
    second = acts.schedule(news=draft(press), at=LATER, by=press)
    acts.schedule(news=first, at=None, by=press)
    acts.withdraw(news=second, by=press)
    with time_machine.travel(LATER, tick=False):
        assert [acts.release(ref=one.ref, by=CLOCK) for one in (first, second)] == [None, None]


def test_a_scheduled_draft_stays_complete(press):
    item = acts.schedule(news=draft(press), at=LATER, by=press)
    with pytest.raises(rules.NothingToPublish):
        acts.edit(news=item, by=press, **copy(body=LocalizedText(), lede=LocalizedText()))
    assert NewsText.objects.get(language="en").body
    with pytest.raises(rules.ReleaseInThePast):
        acts.schedule(news=item, at=dt.datetime(2024, 11, 21, 20, tzinfo=dt.UTC), by=press)


# ---------------------------------------------------------------- correcting
def test_a_correction_is_seen_and_keeps_what_was_said_before(press):
    item = news("firms", body=text("28 states.", "28 государств."), working=["ru"], note="Held twice.")
    changed = copy(title=text("Firms"), body=text("27 states."), kind=None, working=[])
    acts.correct(news=item, reason="The number of States.", seen=queries.version(item), by=press, **changed)
    item.refresh_from_db()
    assert (item.published, item.kind) == (dt.date(2024, 11, 21), "article")
    assert item.remark == "Held twice."
    assert [one.reason for one in item.corrections] == ["The number of States."]
    entry = last()
    told = decided(entry)
    assert entry.is_public
    assert told["said"]["reason"] == "The number of States."
    assert "28 states." in str(told["said"]["before"])
    rows = {one["ref"]: one["row"] for one in told["facts"]}
    assert rows["firms.en"]["body"] == "27 states."
    assert rows["firms.ru"] is None  # the Russian words were taken out
    assert "Corrected 2024-11-22" in rows["firms"]["note"]


def test_a_correction_says_why_and_changes_something(press):
    item = draft(press)
    acts.publish(news=item, by=press)
    with pytest.raises(rules.NothingToTell):
        acts.correct(news=item, reason="x", by=press, **copy())
    with pytest.raises(rules.ReasonMissing):
        acts.correct(news=item, reason=" ", by=press, **copy(body=text("Other.", "Иное.")))
    with pytest.raises(rules.NothingToPublish):
        acts.correct(news=item, reason="x", by=press, **copy(body=text(""), lede=text("")))
    with pytest.raises(OutOfDate):
        acts.correct(news=draft(press), reason="x", by=press, **copy(body=text("Other.", "Иное.")))
    assert NewsText.objects.get(ref=f"{item.ref}.en").body == "A *text*."


# ---------------------------------------------------------------- who may
@pytest.mark.parametrize("unit", ["protocol", "documents", "programme", "finance"])
def test_news_are_the_press_units(press, unit):
    item = draft(press)
    officer = account("Other", ("officer", unit))
    issue = IssueDraft.objects.create(quarter="2024-Q4", content={})
    for act in (
        partial(acts.draft, **copy()), partial(acts.edit, news=item, **copy()), partial(acts.publish, news=item),
        partial(acts.schedule, news=item, at=LATER), partial(acts.withdraw, news=item),
        partial(acts.correct, news=item, reason="x", **copy()), partial(acts.release, ref=item.ref),
        partial(acts.compose_issue, quarter="2024-Q4"), partial(acts.discard_issue, issue=issue),
        partial(acts.edit_issue, issue=issue, version=1, change=dict),
        partial(acts.order_proof, issue=issue, language="en"),
        partial(acts.publish_issue, issue=issue, version=1, source="practice"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act(by=officer)


def test_the_clock_alone_releases(press):
    for by in (press, OPERATOR, None):
        with pytest.raises(NotAllowed):
            acts.release(ref="x", by=by)


def test_a_second_factor_is_needed():
    with pytest.raises(SecondFactorMissing):
        draft(account("Weak", ("officer", "press"), second_factor=False))


# ---------------------------------------------------------------- the Digest
def quarter() -> None:
    """A little record of the fourth quarter."""
    meeting("bc-7", "2024-11-20")
    news("firms", dated="2024-11-20", meetings="bc-7")
    news("prize", dated="2024-11-21", kind="flash")
    news("secret", published="", dated="2024-11-22")


def test_an_issue_is_composed_from_what_is_public(press):
    quarter()
    issue = acts.compose_issue(quarter="2024-Q4", by=press)
    held = {c["ref"]: [rules.key(i) for i in c["items"]] for c in issue.content["chapters"] if c["items"]}
    assert held == {"2024-11": ["news:firms"], "flash": ["news:prize"], "activities": ["meetings:bc-7"]}
    assert not last().is_public
    with pytest.raises(rules.AlreadyComposing):
        acts.compose_issue(quarter="2024-Q4", by=press)
    with pytest.raises(rules.EmptyIssue):
        acts.compose_issue(quarter="2023-Q1", by=press)


def test_two_editors_of_an_issue_do_not_write_over_each_other(press):
    quarter()
    issue = acts.compose_issue(quarter="2024-Q4", by=press)
    change = partial(rules.left_out, item="news:prize")
    assert acts.edit_issue(issue=issue, version=1, change=change, by=press).version == 2
    with pytest.raises(OutOfDate):
        acts.edit_issue(issue=issue, version=1, change=partial(rules.left_out, item="news:firms"), by=press)
    with pytest.raises(OutOfDate):
        acts.publish_issue(issue=issue, version=1, source="practice", by=press)
    assert not Edition.objects.exists()


def test_a_change_of_a_draft_asks_for_its_proofs_anew(press):
    quarter()
    issue = acts.compose_issue(quarter="2024-Q4", by=press)
    for language in ("en", "ru", "en"):
        issue = acts.order_proof(issue=issue, language=language, by=press)
    assert issue.proofs == "en ru"
    change = partial(rules.worded, title={"en": "New"})
    assert acts.edit_issue(issue=issue, version=1, change=change, by=press).proofs == ""


def test_publishing_makes_an_edition_and_tells_it(press):
    quarter()
    issue = acts.compose_issue(quarter="2024-Q4", by=press)
    made = acts.publish_issue(issue=issue, version=1, source="practice", by=press)
    assert (made.ref, made.edition, made.published) == ("2024-q4-1", 1, dt.date(2024, 11, 22))
    assert (made.content["edition"], made.content["published"]) == (1, "2024-11-22")
    assert made.digest == rules.digest_of(made.content)
    assert not IssueDraft.objects.exists()
    assert [one["ref"] for one in decided(last())["facts"]] == ["2024-q4-1"]
    with pytest.raises(OutOfDate):
        acts.publish_issue(issue=issue, version=1, source="practice", by=press)


def test_a_correction_is_a_further_edition_and_the_first_stays_as_it_was(press):
    first = edition(month=[story("firms"), story("ships")])
    before = dict(first.content)
    issue = acts.compose_issue(quarter="2024-Q4", by=press)
    assert issue.content["chapters"] == first.content["chapters"]
    issue = acts.edit_issue(issue=issue, version=1, change=partial(rules.left_out, item="news:ships"), by=press)
    with pytest.raises(rules.CorrectionWithoutReason):
        acts.publish_issue(issue=issue, version=2, source="practice", by=press)
    issue = acts.edit_issue(issue=issue, version=2, change=partial(rules.worded, correction={"en": "Ships."}), by=press)
    second = acts.publish_issue(issue=issue, version=3, source="practice", by=press)
    first.refresh_from_db()
    assert (second.ref, second.edition, first.content) == ("2024-q4-2", 2, before)


def test_a_draft_of_an_issue_can_be_given_up(press):
    quarter()
    issue = acts.compose_issue(quarter="2024-Q4", by=press)
    acts.discard_issue(issue=issue, by=press)
    assert not IssueDraft.objects.exists()
    with pytest.raises(OutOfDate):
        acts.discard_issue(issue=issue, by=press)


def test_a_refused_act_leaves_nothing_behind(press, monkeypatch):
    item = draft(press)
    monkeypatch.setattr(acts, "seal", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acts.publish(news=item, by=press)
    item.refresh_from_db()
    assert item.published is None


def test_the_day_of_an_item_keeps_its_precision(press):
    item = draft(press, dated=Day.parse("2024-Q4"))
    assert (item.ref[:10], str(item.day)) == ("2024-10-01", "2024-Q4")


def test_a_translation_that_nobody_touched_stays_a_working_one(press):
    item = draft(press)
    News.objects.update(place=LocalizedText({"en": "Selmar", "ru": "Сельмар"}, frozenset({"ru"})))
    acts.edit(news=item, by=press, **copy(title=text("Other", "Другое")))
    assert News.objects.get().place.working == {"ru"}
    acts.edit(news=item, by=press, **copy(place=text("Selmar", "Селмар")))
    assert News.objects.get().place.working == frozenset()
