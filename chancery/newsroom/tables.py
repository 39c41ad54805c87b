"""The area's facts as plain rows."""

from chancery.core.tables import (
    Table,
    choice,
    date,
    day,
    flag,
    json,
    localized,
    number,
    ref,
    refs_of,
    register,
    sources,
    text,
)  # fmt: skip

from .models import Edition, News, NewsText, Picture
from .rules import Layout, NewsKind, digest_of

TABLES = [
    Table(
        "news",
        News,
        [
            choice("kind", [one.value for one in NewsKind]), day("dated", required=True), localized("place"),
            date("published", required=True), refs_of("meetings", "meetings"), text("dimension"),
            flag("spotlight"), number("position"), *sources(),
        ],
        public=lambda news: news.published is not None,
    ),
    Table(
        "news_texts",
        NewsText,
        [
            ref("news", "news", required=True), text("language", required=True), text("title", required=True),
            text("lede"), choice("status", ["confirmed", "working"]), text("body"),
        ],
        layout="markdown",
        public=lambda text: text.news.published is not None,
        rests_on=("news",),
    ),
    Table(
        "pictures",
        Picture,
        [
            ref("news", "news", required=True), text("file", required=True), localized("alt", required=True),
            localized("caption"), text("credit"), choice("layout", [one.value for one in Layout]),
            number("position"), *sources(),
        ],
        public=lambda picture: picture.news.published is not None,
        rests_on=("news",),
    ),
    Table(
        "digests",
        Edition,
        [
            text("quarter", required=True), number("edition"), date("published", required=True), *sources(),
            json("content"),
        ],
        layout="json",
        derive=lambda values: {"digest": digest_of(values["content"])},
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
