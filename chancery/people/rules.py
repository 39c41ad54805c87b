"""Who may do what: roles, units and the predicates that the one policy is made of. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chancery.core.refusals import Refusal, sentence


class Role(StrEnum):
    """What an account can be."""

    OFFICER = "officer"  # of a unit of the Secretariat
    FOCAL_POINT = "focal-point"  # of a party
    DELEGATE = "delegate"  # of a party: its accredited voice
    ADMINISTRATOR = "administrator"  # of a party: invites and dismisses its own people
    PRESIDENCY = "presidency"  # of a body, or of the whole organisation
    AUDITOR = "auditor"  # reads everything, does nothing


class Unit(StrEnum):
    """The units of the Secretariat."""

    PROTOCOL = "protocol"  # membership, chair, bodies, accounts
    DOCUMENTS = "documents"  # decisions and documents
    PROGRAMME = "programme"  # measures, coordinators, meetings
    PRESS = "press"  # news and the Digest
    FINANCE = "finance"


@dataclass(frozen=True, slots=True)
class Right:
    """A grant as the policy sees it."""

    role: Role
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody before the policy: the rights held on a day, and whether a second factor is set up.

    `machine` is the clock or the operator at the console, who stand outside grants; `account` the reference
    of the account, empty for the public."""

    rights: frozenset[Right] = frozenset()
    second_factor: bool = False
    signed_in: bool = False
    machine: str = ""
    day: dt.date | None = None
    account: str = ""

    def has(self, role: Role, scope: str | None = None) -> bool:
        return any(right.role is role and scope in (None, right.scope) for right in self.rights)

    def is_officer(self, *units: Unit) -> bool:
        held = {right.scope for right in self.rights if right.role is Role.OFFICER}
        return bool(held & set(units) if units else held)


Predicate = Callable[[Standing, Any], bool]


def anybody(standing: Standing, subject: Any) -> bool:
    return True


def signed_in(standing: Standing, subject: Any) -> bool:
    return standing.signed_in


def officer(*units: Unit) -> Predicate:
    """An officer of one of the units (of any, if none is named)."""
    return lambda standing, subject: standing.is_officer(*units)


def reader(standing: Standing, subject: Any) -> bool:
    """Whoever works in the Secretariat, or audits it."""
    return standing.is_officer() or standing.has(Role.AUDITOR)


def machine(standing: Standing, subject: Any) -> bool:
    return bool(standing.machine)


def either(*predicates: Predicate) -> Predicate:
    return lambda standing, subject: any(one(standing, subject) for one in predicates)


# ------------------------------------------------------------------------------------- rights in time
OF_A_PARTY = frozenset({Role.FOCAL_POINT, Role.DELEGATE, Role.ADMINISTRATOR})
"""The roles that somebody holds for a party."""

GIVEN_BY_ADMINISTRATORS = frozenset({Role.FOCAL_POINT, Role.DELEGATE})
"""The roles that a party's own administrator gives; the rest is the Secretariat's to give."""

def presiding(rights: frozenset[Right], chairs: Mapping[str, str]) -> frozenset[Right]:
    """The rights without a presidency that does not hold today: whoever acts for a delegation presides only while
    that delegation's state is in the chair, so that the presidency moves with the term. `chairs` names the party in
    each chair by body, and by "" in that of the organisation."""
    parties = {right.scope for right in rights if right.role in OF_A_PARTY}
    if not parties:
        return rights
    return frozenset(
        right
        for right in rights
        if right.role is not Role.PRESIDENCY or chairs.get(right.scope, chairs.get("")) in parties
    )


CONFIRMATION_DAYS = 7
"""How long a second officer may take to confirm that a second factor is restored (product default)."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A right for a period: its first day, and the first day after it."""

    right: Right
    since: dt.date
    until: dt.date | None = None

    def overlaps(self, other: "Entitlement") -> bool:
        """Whether both hold on one same day. One that was ended before it began holds on none."""
        since = max(self.since, other.since)
        return all(one.until is None or since < one.until for one in (self, other))


@dataclass(frozen=True, slots=True)
class Held:
    """A right, and the account that holds it."""

    right: Right
    holder: str


class UnknownScope(Refusal):
    """A right is held for something that exists."""

    sentence = sentence("Choose for what this role is held; “{scope}” is not known.")
    field = "scope"


class PeriodTurned(Refusal):
    sentence = sentence("It would end before it begins. Give a later day, or none.")
    field = "until"


class AlreadyGranted(Refusal):
    """Nobody holds one right twice at once."""

    sentence = sentence("{name} already holds this right from {since}. Give a period that does not overlap.")
    field = "since"


class NotToOneself(Refusal):
    """Whoever gives rights gives them to others."""

    sentence = sentence("Nobody gives or extends a right of one’s own. Ask another officer.")
    status = 403


class DeputyOfDeputy(Refusal):
    """Standing in goes one step: a deputy has no deputy."""

    sentence = sentence("This right is itself held as a deputy; a deputy cannot name another one.")


class BeyondPrincipal(Refusal):
    """A deputy stands in only while the right that is stood in for holds."""

    sentence = sentence("The right itself holds from {since} to {until}; a deputy cannot go beyond it.")
    field = "until"


class NoColleague(Refusal):
    sentence = sentence("Choose somebody of the same delegation or of the Secretariat.")
    field = "deputy"


class AlreadyEnded(Refusal):
    sentence = sentence("This right ended on {until}; there is nothing to end.")
    field = "until"
    status = 409


class NotInThePast(Refusal):
    """What somebody had a right to yesterday stays so."""

    sentence = sentence("A right can end today or later, but not later than it ends by itself.")
    field = "until"


def check_period(since: dt.date, until: dt.date | None) -> None:
    """Raises `PeriodTurned`."""
    if until and until <= since:
        raise PeriodTurned


def check_free(wanted: Entitlement, held: Iterable[Entitlement], name: str) -> None:
    """Raises `AlreadyGranted` if the same right is held in a period that overlaps."""
    for one in held:
        if one.right == wanted.right and one.overlaps(wanted):
            raise AlreadyGranted(name=name, since=one.since)


def check_deputy(principal: Entitlement, is_deputy: bool, since: dt.date, until: dt.date | None) -> None:
    """Raises `DeputyOfDeputy` or `BeyondPrincipal`."""
    if is_deputy:
        raise DeputyOfDeputy
    ends_later = principal.until and (until is None or until > principal.until)
    if since < principal.since or ends_later:
        raise BeyondPrincipal(since=principal.since, until=principal.until or "…")


def last_day(entitlement: Entitlement, asked: dt.date, today: dt.date) -> dt.date:
    """The first day on which a right that is revoked no longer holds: the day asked for, or the first day of
    a right that has not begun. Raises `AlreadyEnded` or `NotInThePast`."""
    if entitlement.until and entitlement.until <= today:
        raise AlreadyEnded(until=entitlement.until)
    if asked < today or (entitlement.until and asked > entitlement.until):
        raise NotInThePast
    return max(asked, entitlement.since)


# --------------------------------------------------------------------------------------- invitations
class AlreadyInvited(Refusal):
    sentence = sentence("An invitation to this address is waiting. Withdraw it first to make it anew.")
    field = "email"


class InvitationNotOpen(Refusal):
    """One sentence for a link that was used, withdrawn, that ran out, or that never was: it tells nothing."""

    sentence = sentence("This invitation cannot be used any more. Ask whoever invited you for a new one.")
    status = 404


class SignInFirst(Refusal):
    sentence = sentence("You have an account already. Sign in, then open the link of the invitation again.")
    status = 403


class AnotherAddress(Refusal):
    sentence = sentence("This invitation is for another address than that of your account. Sign out first.")
    status = 403


def is_open(made: dt.datetime, over: bool, days: int, now: dt.datetime) -> bool:
    """Whether an invitation that is not `over` (accepted or withdrawn) can still be accepted."""
    return not over and now < made + dt.timedelta(days=days)


# ------------------------------------------------------------------------------- the second factor
class NothingToRestore(Refusal):
    sentence = sentence("This account has no second factor; its holder can set one up after signing in.")
    status = 409


class AlreadyAsked(Refusal):
    sentence = sentence("An officer has already asked for this; a second officer can confirm it.")
    status = 409


class NotForOneself(Refusal):
    """A lost second factor is restored by others."""

    sentence = sentence("Nobody restores a second factor of one’s own. Ask somebody else.")
    status = 403


class AnotherOfficer(Refusal):
    """Two different officers vouch for the person."""

    sentence = sentence("You asked for this yourself; another officer must confirm it.")
    status = 403


class RestorationNotOpen(Refusal):
    sentence = sentence("This was confirmed already, or is too old. Ask for it again.")
    status = 409


# ----------------------------------------------------------------------------------- notes verbales
class Media(StrEnum):
    """The kinds of file a scan may be, by the suffix under which it is kept."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


class ScanTooLarge(Refusal):
    sentence = sentence("The scan is larger than {megabytes} MB. Scan it again with a lower resolution.")
    field = "scan"


class ScanUnreadable(Refusal):
    """A scan is told by its content, never by its name."""

    sentence = sentence("This is not a PDF, a JPEG or a PNG that can be read. Scan the note again.")
    field = "scan"


class NoteKnown(Refusal):
    sentence = sentence("A note with this number from this party is kept already, dated {dated}.")
    field = "number"


class NoteOfTheFuture(Refusal):
    sentence = sentence("A note cannot be dated later than today.")
    field = "dated"


# ---------------------------------------------------------------------------------------- predicates
def operator(standing: Standing, subject: Any) -> bool:
    """Whoever runs the commands of the installation."""
    return standing.machine == "operator"


def gives(standing: Standing, right: Right) -> bool:
    """Who may give and take a right: the Secretariat's protocol, the operator, and a party's administrator
    for the delegates and focal points of that party."""
    if standing.is_officer(Unit.PROTOCOL) or operator(standing, right):
        return True
    return right.role in GIVEN_BY_ADMINISTRATORS and standing.has(Role.ADMINISTRATOR, right.scope)


def gives_all(standing: Standing, rights: Iterable[Right]) -> bool:
    """Who may invite somebody to hold all of these (at least one, unless it is the Secretariat's
    protocol)."""
    rights = list(rights)
    anything = standing.is_officer(Unit.PROTOCOL) or operator(standing, rights)
    return all(gives(standing, right) for right in rights) and (bool(rights) or anything)


def names_deputy(standing: Standing, held: Held) -> bool:
    """Who may name a deputy: the holder, and whoever gives that right."""
    return (bool(held.holder) and standing.account == held.holder) or gives(standing, held.right)


def sees_account(standing: Standing, rights: Iterable[Right]) -> bool:
    """Who may see an account with these rights: the Secretariat's protocol, an auditor, and the administrator
    of a party for which it holds one."""
    if standing.is_officer(Unit.PROTOCOL) or standing.has(Role.AUDITOR):
        return True
    return any(right.role in OF_A_PARTY and standing.has(Role.ADMINISTRATOR, right.scope) for right in rights)


def restores_alone(standing: Standing, rights: Iterable[Right]) -> bool:
    """Whether this is the administrator of the one party for which the account holds all its rights."""
    rights = list(rights)
    given = GIVEN_BY_ADMINISTRATORS
    return bool(rights) and all(
        right.role in given and standing.has(Role.ADMINISTRATOR, right.scope) for right in rights
    )


def restores(standing: Standing, rights: Iterable[Right]) -> bool:
    """Who may ask for a second factor to be restored: the party's administrator, or an officer (with
    another)."""
    return standing.is_officer() or restores_alone(standing, rights)


def of_party(standing: Standing, party: str) -> bool:
    """Whoever holds a role for the party."""
    return any(standing.has(role, party) for role in OF_A_PARTY)


def sees_note(standing: Standing, party: str) -> bool:
    """Who may open a scan: officers, auditors and the people of the party that sent it."""
    return reader(standing, party) or of_party(standing, party)


def own_account(standing: Standing, account: str) -> bool:
    """Whoever the account belongs to."""
    return bool(account) and standing.account == account
