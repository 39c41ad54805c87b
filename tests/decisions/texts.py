"""Texts to decide on: a body of the practice charter, a document, a version."""

import datetime as dt

from chancery.bodies.models import Body
from chancery.core.text import LocalizedText
from chancery.documents.models import Document, Version
from chancery.documents.rules import blocks
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from tests.cast import account, state

BODIES = {"swg": "Special Working Group", "soc": "Senior Officials Committee", "mc": "Ministerial Council"}
WORDS = [
    (BlockKind.TITLE, "Statement on confidence"),
    (BlockKind.PREAMBULAR, "Recalling the Declaration on Principles,"),
    (BlockKind.OPERATIVE, "Reaffirm the equality of States;"),
    (BlockKind.OPERATIVE, "Invite the Chair to report on it each year."),
]


def body(ref: str) -> Body:
    """A body of the charter, made once."""
    found = Body.objects.filter(ref=ref).first()
    return found or Body.objects.create(
        ref=ref, kind="governing", name=LocalizedText({"en": BODIES[ref]}), decision_rule="consensus",
        quorum="two-thirds", source="practice",
    )  # fmt: skip


def document(
    ref: str = "pra-soc-2024-l.1", *, route: str = "", classification: str = "body", at: str = "soc"
) -> Document:
    """A document of a body, with its symbol made of its reference."""
    return Document.objects.create(
        ref=ref, symbol=ref.upper().replace("-", "/"), series="L", number=1, kind="statement", route=route,
        title=LocalizedText({"en": "Statement on confidence", "ru": "Заявление о доверии"}), body=body(at),
        language="en", classification=classification, tabled=dt.date(2024, 10, 1), source="practice",
    )  # fmt: skip


def version(of: Document | None = None, *, position: int = 1) -> Version:
    """The first version of a document, or the next revision."""
    of = of or document()
    made = [Block(f"b{place}", kind, text) for place, (kind, text) in enumerate(WORDS, start=1)]
    if position > 1:
        made[2] = Block("b3", BlockKind.OPERATIVE, f"Reaffirm the equality of States, for the {position}th time;")
    return Version.objects.create(
        ref=f"{of.ref}.v{position}", document=of, position=position,
        kind="original" if position == 1 else "revision", number=None if position == 1 else position - 1,
        circulated=dt.date(2024, 10, position), language="en", blocks=blocks.keep(made),
        digest=blocks.digest(made, "en"), source="practice",
    )  # fmt: skip


def session(of: str = "soc", *, day: dt.date = dt.date(2024, 12, 4), ordinal: int | None = 3) -> Meeting:
    """A session of a body."""
    return Meeting.objects.create(
        ref=f"{of}-{day.isoformat()}", kind="session", title=LocalizedText({"en": f"Session of {BODIES[of]}"}),
        starts=day, until=day + dt.timedelta(days=1), body=body(of), ordinal=ordinal, source="practice",
    )  # fmt: skip


def observer(ref: str = "qo", name: str = "Orlend") -> Party:
    return state(ref, name, capacity="observer")


def voice(party: str) -> object:
    """A delegate of a party."""
    return account(f"Voice of {party}", ("delegate", party))
