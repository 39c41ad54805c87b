"""The room in which the tests negotiate: a body, a text in two languages, and delegations."""

import datetime as dt
from collections.abc import Iterable

from chancery.bodies.models import Body
from chancery.core.text import LocalizedText
from chancery.documents.models import Document, Translation, Version
from chancery.documents.rules import blocks as texts
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.meetings.models import Meeting
from chancery.meetings.tables import prepare
from chancery.people.models import Account
from chancery.people.rules import Role
from tests.people.cast import person

DAY = dt.date(2026, 12, 1)
NOW = "2026-12-01T09:00:00+05:00"


def body(ref: str = "swg", name: str = "Special Working Group") -> Body:
    return Body.objects.get_or_create(
        ref=ref, defaults={"kind": "working", "name": LocalizedText({"en": name}), "source": "practice"}
    )[0]


def session(of: Body, ref: str, starts: dt.date = DAY) -> Meeting:
    made = Meeting(
        ref=ref, kind="session", title=LocalizedText({"en": f"Session {ref}"}), starts=starts, starts_as="day",
        ends_as="day", body=of, source="practice",
    )  # fmt: skip
    prepare(made).save(force_insert=True)
    return made


def blocks(paragraphs: int, words: str = "The Ministers agree on point") -> list[Block]:
    """A title, a preambular paragraph, a heading, and operative paragraphs `b4`, `b5`, …"""
    return [
        Block("b1", BlockKind.TITLE, "Statement on trust"),
        Block("b2", BlockKind.PREAMBULAR, "Recalling the founding act"),
        Block("b3", BlockKind.HEADING, "What is agreed"),
        *(Block(f"b{number + 4}", BlockKind.OPERATIVE, f"{words} {number + 1}.") for number in range(paragraphs)),
    ]


def text(ref: str = "statement", *, paragraphs: int = 3, classification: str = "body", **more) -> Version:
    """The first version of a document that climbs from the working group."""
    document = Document.objects.create(
        ref=ref, symbol=f"PRA/SWG/1/DOC.{ref}", series="DOC", kind="statement", route="statement",
        title=LocalizedText({"en": "Statement on trust"}), body=more.pop("of", None) or body(), language="en",
        classification=classification, tabled=DAY, source="practice", **more,
    )  # fmt: skip
    return version(document, 1, blocks(paragraphs))


def version(document: Document, position: int, made: Iterable[Block]) -> Version:
    made = list(made)
    return Version.objects.create(
        ref=f"{document.ref}.{position}", document=document, position=position,
        kind="original" if position == 1 else "revision", number=None if position == 1 else position - 1,
        circulated=DAY, language="en", blocks=texts.keep(made), digest=texts.digest(made, "en"), source="practice",
    )  # fmt: skip


def translated(of: Version, language: str = "ru", words: str = "По-русски") -> Translation:
    return Translation.objects.create(
        ref=f"{of.ref}.{language}.1", version=of, language=language, position=1, standing="working", circulated=DAY,
        texts={one.id: f"{words} {one.id}" for one in of.text}, source="practice",
    )  # fmt: skip


def known(name: str, *rights: tuple[str, str]) -> Account:
    """Somebody of this name, who enters the room once."""
    return Account.objects.filter(name=name).first() or person(name, *rights)


def voice(party: str, name: str = "") -> Account:
    """A delegate of a party."""
    return known(name or f"Voice {party}", (Role.DELEGATE, party))


def chair(scope: str = "") -> Account:
    return known(f"Chair {scope}".strip(), (Role.PRESIDENCY, scope))


def officer(unit: str = "documents") -> Account:
    return known(f"Officer {unit}", (Role.OFFICER, unit))


def at(instant: str) -> dt.datetime:
    return dt.datetime.fromisoformat(instant)
