"""Who reads a text under negotiation, and what the charter's table lets the reader see."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from chancery.people import policy

from ...models import Document
from ...rules.access import delegate
from ...rules.visibility import audience, sees
from .. import access
from ..access import Belonging


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a text under negotiation: `party` for whom (empty for nobody), whether as its accredited voice, and
    what the charter's table lets the reader see of the others."""

    party: str
    speaks: bool
    member: bool
    leads: bool
    officer: bool
    positions: bool
    soundings: bool
    proposals: bool

    @property
    def observer(self) -> bool:
        return bool(self.party) and not self.member


def reader(person: Any, document: Document, belongs: Belonging) -> Reader:
    """What a person is before a text. Of several parties the first that the person speaks for counts."""
    standing, body, table = policy.standing_of(person), document.body_id, settings.CHARTER.visibility
    seen = {
        what: sees(
            standing, audience(table, body, what), body=body, members=belongs.members, parties=belongs.parties
        )
        for what in ("positions", "soundings", "proposals")
    }
    held = sorted(access.delegations(standing) & belongs.parties, key=lambda one: (not delegate(standing, one), one))
    party = held[0] if held else ""
    return Reader(
        party=party, speaks=bool(party) and delegate(standing, party), member=party in belongs.members,
        leads=policy.may(person, "documents.call", body), officer=policy.may(person, "people.act-on-behalf"),
        positions=seen["positions"], soundings=seen["soundings"], proposals=seen["proposals"],
    )  # fmt: skip


def sounded(document: Document) -> str:
    """The audience, in the charter's table, to which answers to soundings on a text go."""
    return audience(settings.CHARTER.visibility, document.body_id, "soundings")


def visible(reader: Reader) -> Q:
    """The positions that a reader may see: always those of the own delegation."""
    shown = Q(party=reader.party) if reader.party else Q(pk__in=[])
    if reader.positions:
        shown |= Q(sounding=False)
    if reader.soundings:
        shown |= Q(sounding=True)
    return shown
