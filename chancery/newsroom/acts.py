"""What may happen to news and to the Digest.

A draft is a paper of the press unit and no part of the public record: its acts seal private entries, which say who
did what to which draft and never its words. Publishing seals the facts themselves, and from then on they change by
corrections only, which say so."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db.models import Max

from chancery.core.asof import now, today
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.dates import Day
from chancery.core.refs import slug
from chancery.core.refusals import OutOfDate
from chancery.core.tables import table_of
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.parties.acts import days, free_ref
from chancery.people import policy
from chancery.people.policy import Person

from . import pictures, queries
from .models import Edition, IssueDraft, News, NewsText, Picture
from .rules import (
    AlreadyComposing,
    AlreadyPublished,
    Layout,
    NewsKind,
    NothingToTell,
    PictureWithoutWords,
    UnknownMeeting,
    check_issue,
    check_release,
    check_words,
    digest_of,
    with_correction,
)  # fmt: skip


class Copy(TypedDict):
    """What an item says. `working` names the languages whose words are a working translation."""

    kind: NewsKind
    dated: Day
    place: LocalizedText
    title: LocalizedText
    lede: LocalizedText
    body: LocalizedText
    working: Sequence[str]
    meetings: Sequence[str]
    dimension: str
    spotlight: bool
    position: int | None
    source: str


# ---------------------------------------------------------------- news
def draft(*, by: Person, **copy: Unpack[Copy]) -> News:
    """Somebody begins an item of news. Its reference is made of its day and title. Raises `UnknownMeeting`."""
    policy.require(by, "newsroom.draft")
    with recording():
        first = next(iter(copy["title"].texts.values()), "")
        ref = free_ref(News, f"{copy['dated'].date.isoformat()}-{slug(first, limit=60)}")
        news = News(ref=ref)
        _write(news, copy)
        _seal_privately("newsroom.draft", news, by)
    return news


def edit(*, news: News, seen: str = "", by: Person, **copy: Unpack[Copy]) -> News:
    """A draft is written anew. `seen` is the version that the editor had before him.

    Raises `AlreadyPublished`, `OutOfDate`, `UnknownMeeting`, and `NothingToPublish` while it is scheduled."""
    policy.require(by, "newsroom.edit", news)
    with recording():
        news = _draft(news, seen)
        _write(news, copy)
        if news.release:
            _check_publishable(news)
        _seal_privately("newsroom.edit", news, by)
    return news


def add_picture(
    *, news: News, content: bytes, name: str, alt: LocalizedText, caption: LocalizedText, credit: str = "",
    layout: Layout = Layout.COLUMN, source: str, by: Person,
) -> Picture:  # fmt: skip
    """A picture is put with a draft: checked, drawn anew without its metadata, with words for those who cannot see.

    Raises `NotAPicture`, `PictureWithoutWords`, `AlreadyPublished`."""
    policy.require(by, "newsroom.add-picture", news)
    if not alt.texts.get(settings.CHARTER.reference_language):
        raise PictureWithoutWords
    file = pictures.accept(content, name)
    with recording():
        news = _draft(news)
        last = news.pictures.aggregate(last=Max("position"))["last"] or 0
        picture = Picture.objects.create(
            ref=free_ref(Picture, f"{news.ref}.{last + 1}"), news=news, file=file, alt=alt, caption=caption,
            credit=credit, layout=layout, position=last + 1, source=source,
        )  # fmt: skip
        _seal_privately("newsroom.add-picture", news, by)
    return picture


def remove_picture(*, picture: Picture, by: Person) -> None:
    """A picture is taken out of a draft. Its file is shown to nobody any more. Raises `AlreadyPublished`."""
    policy.require(by, "newsroom.remove-picture", picture)
    with recording():
        news = _draft(picture.news)
        Picture.objects.filter(pk=picture.pk).delete()
        _seal_privately("newsroom.remove-picture", news, by)


def schedule(*, news: News, at: dt.datetime | None, by: Person) -> News:
    """The clock is to publish a draft at an instant; None takes that back.

    Raises `ReleaseInThePast`, `NothingToPublish`, `AlreadyPublished`."""
    policy.require(by, "newsroom.schedule", news)
    with recording():
        news = _draft(news)
        if at:
            check_release(at, now())
            _check_publishable(news)
        news.release = at
        news.save(update_fields=["release"])
        _seal_privately("newsroom.schedule", news, by)
    return news


def publish(*, news: News, by: Person) -> News:
    """An item becomes public today. Raises `NothingToPublish`, `AlreadyPublished`."""
    policy.require(by, "newsroom.publish", news)
    with recording():
        news = _draft(news)
        _publish(news, by)
    return news


def release(*, ref: str, by: Person) -> News | None:
    """The clock publishes a scheduled draft, once however many clocks there are: who comes second finds it public,
    withdrawn or taken off the schedule, and does nothing. Raises `NothingToPublish`."""
    policy.require(by, "newsroom.release")
    with recording():
        news = News.objects.filter(ref=ref, published=None, release__lte=now()).first()
        if news:
            _publish(news, by)
    return news


def correct(*, news: News, reason: str, seen: str = "", by: Person, **copy: Unpack[Copy]) -> News:
    """A published item says something else from now on; the page shows that it was corrected, and why. The journal
    keeps what it said before.

    Raises `ReasonMissing`, `NothingToTell`, `OutOfDate`, `NothingToPublish`, `UnknownMeeting`."""
    policy.require(by, "newsroom.correct", news)
    with recording():
        news = _current(news, seen)
        if not news.published:
            raise OutOfDate
        before = _rows(news)
        held = {text.pk: text for text in news.texts.all()}
        _write(news, {**copy, "kind": NewsKind(news.kind)})
        _check_publishable(news)
        after = _rows(news)
        if before == after:
            raise NothingToTell
        news.note = with_correction(news.note, today(), reason)
        news.save(update_fields=["note"])
        texts = list(news.texts.select_related("news"))
        seal(
            "newsroom.correct", facts=[news, *texts],
            removed=[text for pk, text in held.items() if pk not in {one.pk for one in texts}],
            said={"reason": reason, "before": before}, **policy.signed(by),
        )  # fmt: skip
    return news


def withdraw(*, news: News, by: Person) -> None:
    """A draft is given up, with its words and pictures. Raises `AlreadyPublished`."""
    policy.require(by, "newsroom.withdraw", news)
    with recording():
        news = _draft(news)
        _seal_privately("newsroom.withdraw", news, by)
        news.delete()


def _publish(news: News, by: Person) -> None:
    _check_publishable(news)
    news.published, news.release = today(), None
    news.save(update_fields=["published", "release"])
    texts = news.texts.select_related("news").order_by("ref")
    shown = news.pictures.select_related("news").order_by("ref")
    seal("newsroom.publish", facts=[news, *texts, *shown], subjects=_about(news), **policy.signed(by))


def _current(news: News, seen: str = "") -> News:
    """The item as it is now that nobody else can change it. Raises `OutOfDate`."""
    found = News.objects.filter(ref=news.ref).first()
    if found is None or (seen and seen != queries.version(found)):
        raise OutOfDate
    return found


def _draft(news: News, seen: str = "") -> News:
    """The same of a draft. Raises `AlreadyPublished`, `OutOfDate`."""
    found = _current(news, seen)
    if found.published:
        raise AlreadyPublished(day=found.published)
    return found


def _write(news: News, copy: Copy) -> None:
    """The item and its words as they were typed. Raises `UnknownMeeting`."""
    known = set(Meeting.objects.filter(ref__in=copy["meetings"]).values_list("ref", flat=True))
    for ref in copy["meetings"]:
        if ref not in known:
            raise UnknownMeeting(ref=ref)
    values = {**days("dated", copy["dated"]), "meetings": " ".join(dict.fromkeys(copy["meetings"]))}
    values |= {name: copy[name] for name in ("kind", "dimension", "spotlight", "position", "source")}
    values["place"] = copy["place"].with_marks_of(news.place)
    for name, value in values.items():
        setattr(news, name, value)
    news.save()
    _write_texts(news, copy)


def _write_texts(news: News, copy: Copy) -> None:
    """One text for each language in which anything is said."""
    parts = {name: copy[name].texts for name in ("title", "lede", "body")}
    said = [code for code in settings.CHARTER.languages if any(texts.get(code) for texts in parts.values())]
    news.texts.exclude(language__in=said).delete()
    for code in said:
        words = {name: texts.get(code, "") for name, texts in parts.items()}
        status = "working" if code in copy["working"] else "confirmed"
        defaults = {"news": news, "language": code, "status": status, **words}
        NewsText.objects.update_or_create(ref=f"{news.ref}.{code}", defaults=defaults)


def _check_publishable(news: News) -> None:
    """There are words in the reference language, and in no language half of them. Raises `NothingToPublish`."""
    said = {settings.CHARTER.reference_language: ("", "")}
    said |= {text.language: (text.title, text.lede + text.body) for text in news.texts.all()}
    for code, (title, text) in said.items():
        check_words(title, text, LANGUAGE_NAMES.get(code, code))


def _rows(news: News) -> list[dict[str, Any]]:
    """The item and its words as the record has them."""
    facts = [news, *news.texts.select_related("news").order_by("ref")]
    languages = settings.CHARTER.languages
    return [{"ref": fact.ref, **table_of(type(fact)).row(fact, languages)} for fact in facts]


def _about(news: News) -> list[str]:
    return [f"meetings:{ref}" for ref in news.meetings.split()]


def _seal_privately(act: str, news: News, by: Person) -> None:
    seal(act, subjects=[f"news:{news.ref}"], public=False, **policy.signed(by))


# ---------------------------------------------------------------- the Digest
def compose_issue(*, quarter: str, by: Person) -> IssueDraft:
    """An issue is begun: composed from the record of a quarter or, where it was published already, from its last
    edition, which the new one is to correct. Raises `EmptyIssue`, `AlreadyComposing`, `UnclearDay`."""
    policy.require(by, "newsroom.compose-issue")
    with recording():
        if queries.issue_draft(quarter):
            raise AlreadyComposing(quarter=quarter)
        last = queries.last_edition(quarter)
        content = {**last.content, "correction": {}} if last else queries.compose_edition(quarter)
        issue = IssueDraft.objects.create(quarter=quarter, content=content)
        _seal_issue("newsroom.compose-issue", issue, by)
    return issue


def edit_issue(
    *, issue: IssueDraft, version: int, change: Callable[[dict[str, Any]], dict[str, Any]], by: Person
) -> IssueDraft:
    """An issue is changed: `change` is one of the functions of `rules.issue` with what was chosen. `version` is the
    one that the editor had before him.

    Raises `OutOfDate` and what the change raises."""
    policy.require(by, "newsroom.edit-issue", issue)
    with recording():
        issue = _held(issue, version)
        issue.content = change(issue.content)
        issue.version, issue.proofs = issue.version + 1, ""
        issue.save()
        _seal_issue("newsroom.edit-issue", issue, by)
    return issue


def order_proof(*, issue: IssueDraft, language: str, by: Person) -> IssueDraft:
    """A PDF of a draft is asked for; the clock makes it. Nothing of the record changes."""
    policy.require(by, "newsroom.order-proof", issue)
    with recording():
        issue = _held(issue, issue.version)
        issue.proofs = " ".join(dict.fromkeys([*issue.proofs.split(), language]))
        issue.save(update_fields=["proofs"])
        _seal_issue("newsroom.order-proof", issue, by)
    return issue


def publish_issue(*, issue: IssueDraft, version: int, source: str, by: Person) -> Edition:
    """An issue is published as an edition, which never changes; from the second one on it says what it corrects.

    Raises `OutOfDate`, `NothingComposed`, `TitleMissing`, `PictureWithoutWords`, `CorrectionWithoutReason`."""
    policy.require(by, "newsroom.publish-issue", issue)
    with recording():
        issue = _held(issue, version)
        last = queries.last_edition(issue.quarter)
        number, day = (last.edition if last else 0) + 1, today()
        code = settings.CHARTER.reference_language
        check_issue(issue.content, number, code, LANGUAGE_NAMES.get(code, code))
        content = {**issue.content, "edition": number, "published": day.isoformat()}
        edition = Edition.objects.create(
            ref=f"{issue.quarter.lower()}-{number}", quarter=issue.quarter, edition=number, published=day,
            content=content, digest=digest_of(content), source=source,
        )  # fmt: skip
        issue.delete()
        seal("newsroom.publish-issue", facts=[edition], **policy.signed(by))
    return edition


def discard_issue(*, issue: IssueDraft, by: Person) -> None:
    """The draft of an issue is given up; what was published stays. Raises `OutOfDate`."""
    policy.require(by, "newsroom.discard-issue", issue)
    with recording():
        issue = _held(issue, issue.version)
        _seal_issue("newsroom.discard-issue", issue, by)
        issue.delete()


def _held(issue: IssueDraft, version: int) -> IssueDraft:
    """The draft as it is now that nobody else can change it. Raises `OutOfDate`."""
    found = IssueDraft.objects.filter(quarter=issue.quarter).first()
    if found is None or found.version != version:
        raise OutOfDate
    return found


def _seal_issue(act: str, issue: IssueDraft, by: Person) -> None:
    seal(act, said={"quarter": issue.quarter, "version": issue.version}, public=False, **policy.signed(by))
