"""Who sees what delegations say of a text, by the charter's table of visibility."""

from collections.abc import Mapping

from chancery.people.rules import OF_A_PARTY, Role, Standing, reader

PRODUCT_DEFAULT = {"positions": "body", "proposals": "body", "acknowledgements": "body", "soundings": "chair"}


def audience(table: Mapping[str, Mapping[str, str]], body: str, what: str) -> str:
    """To whom something goes in a body: as the body's own row says, else the row `default`, else the product's
    default. `what` is a column of the charter's table: `positions`, `proposals`, `acknowledgements`, `soundings`."""
    for row in (body, "default"):
        if found := table.get(row, {}).get(what):
            return found
    return PRODUCT_DEFAULT[what]


def sees(
    standing: Standing, audience: str, *, body: str, members: frozenset[str], parties: frozenset[str]
) -> bool:
    """Whether somebody sees what all delegations said. Each audience holds those before it: `chair` (the presidency
    of the body), `secretariat` (with its auditor), `body` and `members` (members sit in the bodies), `parties` (with
    observers), `public` (whoever reads the text). What the own delegation said is always seen."""
    if audience == "public" or chairs(standing, body):
        return True
    if audience == "chair":
        return False
    if reader(standing, None):
        return True
    held = {right.scope for right in standing.rights if right.role in OF_A_PARTY}
    wide = {"parties": parties, "body": members, "members": members}
    return bool(held & wide.get(audience, frozenset()))


def chairs(standing: Standing, body: str) -> bool:
    """Whoever presides over a body or over the whole organisation; not those who act for the Chair."""
    return standing.has(Role.PRESIDENCY, "") or standing.has(Role.PRESIDENCY, body)


def negotiates(standing: Standing, subject: object) -> bool:
    """Whoever has to do with texts under negotiation: delegations, presidencies, the Secretariat and its auditor."""
    return reader(standing, subject) or any(right.role in {*OF_A_PARTY, Role.PRESIDENCY} for right in standing.rights)
