"""Who may act on decisions."""

from chancery.people.rules import Role, Standing, Unit


def leads(standing: Standing, body: str) -> bool:
    """Whoever presides over a body, or over the organisation, and the Secretariat's documents unit for the chair."""
    return standing.is_officer(Unit.DOCUMENTS) or any(standing.has(Role.PRESIDENCY, one) for one in {body, ""})


def speaks(standing: Standing, party: str) -> bool:
    """The accredited voice of a party: its delegates."""
    return standing.has(Role.DELEGATE, party)
