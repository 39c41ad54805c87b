"""Documents as the tests of texts begin with, and a watch over what is never changed."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from chancery.bodies.models import Body
from chancery.core.text import LocalizedText
from chancery.documents.models import Document
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.tables import prepare


def body() -> Body:
    name = LocalizedText({"en": "Ministerial Council", "ru": "Совет министров"})
    return Body.objects.get_or_create(ref="mc", defaults={"kind": "governing", "name": name, "source": "practice"})[0]


def paper(ref: str = "pra-mc-7-doc-3", **more: Any) -> Document:
    """A document without a text; public unless said otherwise."""
    values = {
        "series": "DOC", "kind": "statement", "title": LocalizedText({"en": "A paper", "ru": "Бумага"}), "body": body(),
        "language": "en", "classification": "public", "tabled": dt.date(2024, 12, 3), "source": "practice", **more,
    }  # fmt: skip
    document = prepare(Document(ref=ref, **values))
    document.save(force_insert=True)
    return document


def blocks(title: str, *operative: str) -> list[Block]:
    body = [Block(f"b{at}", BlockKind.OPERATIVE, text) for at, text in enumerate(operative, 2)]
    return [Block("b1", BlockKind.TITLE, title), *body]


def texts(document: Document) -> list[Block]:
    """The text as it was circulated last."""
    return document.versions.order_by("-position").first().text


@contextmanager
def unchanged() -> Iterator[None]:
    """Nothing within may change or delete a version or a translation."""
    written = re.compile(r'\s*(UPDATE|DELETE FROM)\s+"documents_(version|translation)"', re.IGNORECASE)

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert not written.match(sql), sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
