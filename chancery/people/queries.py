"""Reading accounts, rights, invitations and notes."""

import datetime as dt
from hashlib import sha256

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from chancery.core.asof import now
from chancery.core.models import held_on
from chancery.core.refusals import NotAllowed

from . import policy, rules
from .models import Account, Grant, Invitation, NoteVerbale, Restoration
from .policy import Person
from .rules import OF_A_PARTY, Right, Role


def has_account(email: str) -> bool:
    return Account.objects.filter(email__iexact=email).exists()


def rights_of(account: Account, day: dt.date) -> frozenset[Right]:
    """The rights of an account that hold on a day or are to begin after it."""
    later = Grant.objects.filter(account=account).filter(Q(until=None) | Q(until__gt=day))
    return frozenset(one.right for one in later)


def accounts(*, asked: str = "", role: str = "", day: dt.date) -> QuerySet[Account]:
    """Accounts with their grants, by name; those whose name or address holds `asked`, or who hold a role."""
    found = Account.objects.all()
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    if role:
        found = found.filter(held_on(day, "grants__"), grants__role=role).distinct()
    return with_grants(found).order_by("name", "pk")


def people_of(party: str, day: dt.date) -> QuerySet[Account]:
    """Accounts that hold a role for a party on a day or later, with the grants for that party only."""
    still = Q(until=None) | Q(until__gt=day)
    of_party = Grant.objects.filter(still, role__in=OF_A_PARTY, scope=party)
    found = Account.objects.filter(pk__in=of_party.values("account"))
    return with_grants(found, of_party).order_by("name", "pk")


def with_grants(found: QuerySet[Account], grants: QuerySet[Grant] | None = None) -> QuerySet[Account]:
    chosen = Grant.objects.all() if grants is None else grants
    ordered = chosen.select_related("deputises__account").order_by("since", "pk")
    return found.prefetch_related(Prefetch("grants", ordered, to_attr="shown"), "authenticator_set")


def own(pk: int) -> Account:
    """An account with all its grants."""
    return with_grants(Account.objects.filter(pk=pk)).get()


def deputies_of(account: Account, day: dt.date) -> QuerySet[Grant]:
    """The grants of those who stand in for an account, on a day or later."""
    still = Q(until=None) | Q(until__gt=day)
    found = Grant.objects.filter(still, deputises__account=account)
    return found.select_related("account", "deputises__account").order_by("since", "pk")


def account_seen_by(person: Person, ref: str, day: dt.date) -> Account:
    """An account, with the grants that the person may see. Raises `Account.DoesNotExist` for one that is not
    there and for one that may not be seen, so that nothing is told by the difference."""
    account = Account.objects.get(ref=ref)
    if not policy.may(person, "people.see-account", rights_of(account, day)):
        raise Account.DoesNotExist
    return with_grants(Account.objects.filter(pk=account.pk), grants_seen_by(person)).get()


def grants_seen_by(person: Person) -> QuerySet[Grant]:
    """The grants that the person may see: all, or those of the parties whose administrator it is."""
    if policy.may(person, "people.see-accounts"):
        return Grant.objects.all()
    return Grant.objects.filter(role__in=OF_A_PARTY, scope__in=administered_by(person))


def grant_seen_by(person: Account, ref: str) -> Grant | None:
    """A grant that the person holds or may see."""
    seen = grants_seen_by(person).filter(ref=ref) | Grant.objects.filter(ref=ref, account=person)
    return seen.select_related("account", "deputises__account").first()


def administered_by(person: Person) -> list[str]:
    """The parties whose administrator the person is."""
    rights = policy.standing_of(person).rights
    return sorted(right.scope for right in rights if right.role is Role.ADMINISTRATOR)


def colleagues(account: Account, day: dt.date) -> QuerySet[Account]:
    """Accounts that work for the same party or, like this one, in the Secretariat; who may stand in."""
    held = Grant.objects.on(day)
    own = held.filter(account=account)
    shared = Q(role__in=OF_A_PARTY, scope__in=own.filter(role__in=OF_A_PARTY).values("scope"))
    if own.filter(role=Role.OFFICER).exists():
        shared |= Q(role=Role.OFFICER)
    others = held.filter(shared).exclude(account=account)
    return Account.objects.filter(pk__in=others.values("account"), is_active=True).order_by("name", "pk")


# --------------------------------------------------------------------------------------- invitations
def _retention() -> int:
    return settings.CHARTER.retention["invitations"]


def waiting_invitations(at: dt.datetime) -> QuerySet[Invitation]:
    """Those that can still be accepted, latest first."""
    since = at - dt.timedelta(days=_retention())
    return Invitation.objects.filter(accepted=None, withdrawn=None, made__gt=since).order_by("-made")


def old_invitations(at: dt.datetime) -> QuerySet[Invitation]:
    """Those whose time has passed, whatever became of them."""
    return Invitation.objects.filter(made__lte=at - dt.timedelta(days=_retention()))


def digest_of(token: str) -> str:
    """What is kept of the secret in a link."""
    return sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation:
    """The open invitation behind a link. Raises `InvitationNotOpen`."""
    return open_invitation(digest_of(token), now())


def open_invitation(digest: str, at: dt.datetime) -> Invitation:
    """The invitation with this hash. Raises `InvitationNotOpen`, also where there never was one."""
    found = Invitation.objects.filter(digest=digest).first()
    if found is None or not rules.is_open(found.made, found.over, _retention(), at):
        raise rules.InvitationNotOpen
    return found


def invitations_seen_by(person: Person, at: dt.datetime, party: str = "") -> list[Invitation]:
    """The waiting invitations that the person could have made, for one party if it is named."""
    act = "people.withdraw-invitation"
    return [
        one
        for one in waiting_invitations(at).select_related("made_by")
        if policy.may(person, act, one.entitlements)
        and (not party or any(right.scope == party for right in one.entitlements))
    ]


# ----------------------------------------------------------------------------------- second factors
def waiting_restorations(at: dt.datetime) -> QuerySet[Restoration]:
    """Those that a second officer can still confirm."""
    since = at - dt.timedelta(days=rules.CONFIRMATION_DAYS)
    return Restoration.objects.filter(confirmed=None, asked__gt=since).select_related("account", "asked_by")


# ------------------------------------------------------------------------------------ notes verbales
def notes() -> QuerySet[NoteVerbale]:
    return NoteVerbale.objects.order_by("-dated", "party", "number")


def note_seen_by(person: Person, ref: str) -> NoteVerbale:
    """A note. Raises `NoteVerbale.DoesNotExist`, also where it may not be seen."""
    note = NoteVerbale.objects.get(ref=ref)
    if not policy.may(person, "people.see-note", note.party):
        raise NoteVerbale.DoesNotExist
    return note


def require(person: Person, act: str) -> None:
    """For pages: raises `NotAllowed` where the policy lets nobody read. Needs no second factor."""
    if not policy.may(person, act):
        raise NotAllowed
