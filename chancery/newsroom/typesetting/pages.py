"""From an edition to the plan of its pages: one language, plain data, nothing left to choose.

A *line* is a list of inline nodes; a *text* is a list of blocks with the language that they are in.
See `markdown` for both kinds of node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chancery.core.typesetting import inline

from . import markdown, words
from .pictures import Picture

# Printed width and greatest height in millimetres; they agree with the measures in page.typ
LAYOUTS = {"column": (81.5, 85.0), "wide": (170.0, 113.4), "page": (210.0, 297.0)}
TILES = ("mp", "nc", "ec", "en", "hu")
INSTITUTIONAL = "in"


class PictureWithoutAlt(ValueError):
    """A picture has no alternative text in any language, so that not everybody could read the page."""

    def __init__(self, file: str):
        super().__init__(file)
        self.file = file


def printed_widths(edition: dict) -> dict[str, float]:
    """Every picture of the edition with the largest width in millimetres at which it is printed."""
    widths: dict[str, float] = {}
    for picture, layout in _pictures(edition):
        widths[picture["file"]] = max(LAYOUTS[layout][0], widths.get(picture["file"], 0))
    return widths


def _pictures(edition: dict) -> Iterator[tuple[dict, str]]:
    for chapter in edition["chapters"]:
        for item in chapter["items"]:
            for picture in item.get("pictures", ()):
                yield picture, _layout(picture)
    for picture in edition.get("pages", ()):
        yield picture, "page"


def _layout(picture: dict) -> str:
    return picture["layout"] if picture.get("layout") in LAYOUTS else "column"


def plan(edition: dict, *, language: str, charter: dict, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """All that is printed, in reading order. Raises PictureWithoutAlt."""
    return _Planner(edition, language, charter, pictures).plan()


class _Planner:
    def __init__(self, edition: dict, language: str, charter: dict, pictures: Mapping[str, Picture]):
        self.edition, self.language, self.charter, self.pictures = edition, language, charter, pictures
        self.words = words.words(language)
        self.first = next(iter(charter.get("languages", ())), None) or next(iter(edition["name"]), language)
        self.dimensions = {entry["code"]: entry["name"] for entry in charter.get("dimensions", ())}
        self.year = edition["quarter"][:4]

    def plan(self) -> dict[str, Any]:
        quarter = words.quarter(self.edition["quarter"], self.language)
        names = {"short": self.plain(self.charter["short"]), "name": self.plain(self.edition["name"])}
        publication = self.words["publication"].format(**names)
        return {
            "language": self.language,
            "rtl": self.language in inline.RTL,
            "published": [int(part) for part in self.edition["published"].split("-")],
            "title": f"{publication}, {quarter}",
            "author": self.plain(self.charter["name"]),
            "words": self.words,
            "organisation": self.line(self.charter["name"]),
            "name": self.line(self.edition["name"]),
            "quarter": quarter,
            "running": f"{publication} · {quarter}",
            "lead": self.line(self.edition.get("title")),
            "headlines": [self.line(text) for text in self.edition["headlines"]],
            "standing": self.standing(),
            "masthead": self.text(self.edition.get("masthead")),
            "correction": self.text(self.edition.get("correction")),
            "opening": self.opening(),
            "key": [self.dimension(code) for code in (*self.dimensions, "")],
            "chapters": [self.chapter(chapter) for chapter in self.edition["chapters"] if chapter["items"]],
            "unplaced": [self.full_page(page) for page in self.unplaced()],
            "colophon": self.colophon(),
        }

    # Text in the language of the edition, else in the first one, marked as such

    def choose(self, localized: Mapping[str, str] | None) -> tuple[str, str]:
        given = {tongue: text for tongue, text in (localized or {}).items() if text.strip()}
        for tongue in (self.language, self.first, *given):
            if tongue in given:
                return given[tongue], tongue
        return "", self.language

    def plain(self, localized: Mapping[str, str] | None) -> str:
        return self.choose(localized)[0]

    def line(self, localized: Mapping[str, str] | None) -> list:
        text, tongue = self.choose(localized)
        nodes = inline.line(text, tongue)
        return nodes if tongue == self.language else [self.foreign(tongue, nodes)]

    def text(self, localized: Mapping[str, str] | None) -> dict[str, Any]:
        text, tongue = self.choose(localized)
        return {"lang": tongue, "rtl": tongue in inline.RTL, "blocks": markdown.tree(text, tongue)}

    @staticmethod
    def foreign(tongue: str, content: list) -> dict:
        return {"k": "lang", "lang": tongue, "rtl": tongue in inline.RTL, "c": content}

    def house(self, text: str) -> list:
        return inline.line(text, self.language)

    # The parts of an edition

    def standing(self) -> list:
        """On whose authority the edition stands: its own banner, else what the charter says."""
        issued = self.charter.get("issued_by_organisation", False)
        own = self.line(self.edition.get("banner"))
        return own or self.house(self.words["issued" if issued else "not-issued"])

    def opening(self) -> dict | None:
        given = self.edition.get("opening") or {}
        body = self.text(given.get("body"))
        if not body["blocks"]:
            return None
        return {
            "title": self.line(given.get("title")),
            "body": body,
            "signed": self.line(given.get("signed")),
        }

    def chapter(self, chapter: dict) -> dict[str, Any]:
        items = chapter["items"]
        tables = chapter["kind"] == "activities"
        return {
            "id": f"chapter-{chapter['ref']}",
            "kind": chapter["kind"],
            "title": self.line(chapter["title"]),
            "articles": [] if tables else [self.article(chapter, place) for place in range(len(items))],
            "counts": self.counts(items) if tables else [],
            "activities": [self.activity(item) for item in items] if tables else [],
            "pages": [
                self.full_page(page) for page in self.edition.get("pages", ()) if page["after"] == chapter["ref"]
            ],
        }

    def unplaced(self) -> list[dict]:
        printed = {chapter["ref"] for chapter in self.edition["chapters"] if chapter["items"]}
        return [page for page in self.edition.get("pages", ()) if page["after"] not in printed]

    def article(self, chapter: dict, place: int) -> dict[str, Any]:
        item = chapter["items"][place]
        pictures = [self.picture(picture) for picture in item.get("pictures", ())]
        return {
            "id": f"item-{chapter['ref']}-{place + 1}",
            "dimension": self.dimension(item["dimension"]),
            "title": self.line(item["title"]),
            "lede": self.line(item.get("lede")),
            "body": self.dated(item),
            "figures": [self.figure(figure) for figure in item.get("figures", ())],
            "next": self.line(item.get("next")),
            **{layout: [picture for picture in pictures if picture["layout"] == layout] for layout in LAYOUTS},
        }

    def dated(self, item: dict) -> dict[str, Any]:
        """The body with its dateline in bold at the head of the first paragraph."""
        body = self.text(item.get("body"))
        blocks = body["blocks"]
        dateline = [{"k": "strong", "c": self.dateline(item)}]
        if body["lang"] != self.language:
            dateline = [self.foreign(self.language, dateline)]
        if blocks and blocks[0]["k"] == "p":
            first = {"k": "p", "c": [*dateline, " ", *blocks[0]["c"]]}
            return {**body, "blocks": [first, *blocks[1:]]}
        return {**body, "blocks": [{"k": "p", "c": dateline}, *blocks]}

    def dateline(self, item: dict) -> list:
        place = self.line(item.get("dateline"))
        day = words.spoken(item["date"], self.language, year=not item["date"].startswith(self.year))
        comma = ["، " if self.language == "ar" else ", "] if place else []
        return [*place, *comma, *self.house(f"{day}.")]

    def activity(self, item: dict) -> dict[str, Any]:
        return {
            "date": self.house(words.span(item["date"], item.get("ends", ""), self.language, year=False)),
            "title": self.line(item["title"]),
            "place": self.line(item.get("place")),
            "dimension": self.dimension(item.get("dimension", "")),
            "figures": [self.figure(figure) for figure in item.get("figures", ())],
        }

    def counts(self, items: list[dict]) -> list[dict]:
        codes = [item.get("dimension", "") for item in items]
        known = [code if code in self.dimensions else "" for code in codes]
        return [
            {**self.dimension(code), "count": known.count(code)} for code in (*self.dimensions, "") if code in known
        ]

    def figure(self, figure: dict) -> dict[str, Any]:
        qualifier = figure.get("qualifier", "")
        return {
            "value": words.grouped(figure["value"]),
            "before": self.house(self.words[qualifier]) if qualifier in ("over", "about") else [],
            "after": self.house(self.words[qualifier]) if qualifier == "stated" else [],
            "label": self.line(figure.get("label")),
        }

    def dimension(self, code: str) -> dict[str, Any]:
        if code not in self.dimensions:
            return {"tile": INSTITUTIONAL, "name": self.house(self.words["institutional"])}
        return {"tile": code if code in TILES else INSTITUTIONAL, "name": self.line(self.dimensions[code])}

    def picture(self, picture: dict, layout: str = "") -> dict[str, Any]:
        ready = self.pictures[picture["file"]]
        layout = layout or _layout(picture)
        if layout == "wide" and ready.width < ready.height * 1.1:
            layout = "column"  # an upright picture is never as wide as the page
        width, highest = LAYOUTS[layout]
        height = width * ready.height / ready.width
        shrink = min(1, highest / height) if layout != "page" else 1
        credit = picture.get("credit", "").strip()
        return {
            "file": ready.name,
            "layout": layout,
            "width": width * shrink,
            "height": height * shrink,
            "alt": self.alternative(picture),
            "caption": self.line(picture.get("caption")),
            "credit": self.house(f"{self.words['photo']}: {credit}") if credit else [],
        }

    def alternative(self, picture: dict) -> str:
        text = self.plain(picture.get("alt")) or self.plain(picture.get("caption"))
        if not text:
            raise PictureWithoutAlt(picture["file"])
        return text

    def full_page(self, page: dict) -> dict[str, Any]:
        return self.picture(page, "page")

    def colophon(self) -> dict[str, Any]:
        published = words.spoken(self.edition["published"], self.language)
        line = self.words["published"].format(edition=self.edition["edition"], date=published)
        return {
            "published": self.house(line),
            "address": self.line(self.charter.get("address")),
            "email": self.charter.get("email", ""),
            "website": self.charter.get("website", ""),
        }
