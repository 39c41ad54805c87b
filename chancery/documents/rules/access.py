"""Who reads a document."""

from dataclasses import dataclass
from enum import StrEnum

from chancery.people.rules import OF_A_PARTY, Role, Standing, Unit


class Classification(StrEnum):
    """How far a document goes."""

    PUBLIC = "public"
    PARTIES = "parties"  # delegations of members and observers
    BODY = "body"  # delegations of members, who sit in the bodies
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Audience:
    """To whom something classified goes on a day: the parties that belong, and by whom it was tabled."""

    classification: Classification
    members: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    sponsors: frozenset[str] = frozenset()

    @property
    def delegations(self) -> frozenset[str]:
        """The parties whose delegations read it."""
        wide = {Classification.PUBLIC: self.parties, Classification.PARTIES: self.parties}
        body = self.members if self.classification is Classification.BODY else frozenset()
        return wide.get(self.classification, body) | self.sponsors


def reads(standing: Standing, audience: Audience) -> bool:
    """Whoever the classification reaches: the Secretariat and its auditor read everything, the presidency what goes
    to a body, a delegation what goes to its party or was tabled by it."""
    if audience.classification is Classification.PUBLIC or standing.is_officer() or standing.has(Role.AUDITOR):
        return True
    if standing.has(Role.PRESIDENCY) and audience.classification is not Classification.SECRETARIAT:
        return True
    held = {right.scope for right in standing.rights if right.role in OF_A_PARTY}
    return bool(held & audience.delegations)


def presides(standing: Standing, body: str | None) -> bool:
    """Whoever presides over a body (its reference; None for any) or over the whole organisation, and the officers
    of documents, who act for the Chair."""
    presidency = standing.has(Role.PRESIDENCY, "") or standing.has(Role.PRESIDENCY, body)
    return presidency or standing.is_officer(Unit.DOCUMENTS)


def delegate(standing: Standing, party: str | None) -> bool:
    """An accredited voice of a party (its reference; None for any)."""
    return standing.has(Role.DELEGATE, party)


def clock(standing: Standing, subject: object) -> bool:
    """The organisation's clock."""
    return standing.machine == "clock"
