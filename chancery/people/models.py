"""Accounts, and who may speak for whom."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from chancery.core.models import DatedQuerySet, Fact, RefField
from chancery.core.refs import short

from .rules import Entitlement, Media, Right, Role, Unit


class AccountManager(BaseUserManager):
    """Accounts are known by their e-mail address, in small letters."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, email: str | None) -> "Account":
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """A person who signs in. What the person may do follows from grants alone."""

    ref = models.CharField(max_length=20, unique=True, default=short, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, blank=True, default="")
    zone = models.CharField(max_length=64, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Grant(models.Model):
    """That an account has a role in a party, a body or a unit of the Secretariat, for a period: the first
    day, and the first day after. It begins and ends by itself; revoking it sets its end.

    `scope` is the reference of the party or body, or the unit; empty for a presidency of the whole
    organisation and for an auditor. `deputises` names the grant whose holder is stood in for."""

    ref = models.CharField(max_length=20, unique=True, default=short, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Role])
    scope = RefField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    deputises = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="deputies")
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="people_grant_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role} {self.scope}".rstrip()

    @property
    def unit(self) -> Unit | None:
        return Unit(self.scope) if self.role == Role.OFFICER and self.scope in list(Unit) else None

    @property
    def right(self) -> Right:
        return Right(Role(self.role), self.scope)

    @property
    def entitlement(self) -> Entitlement:
        return Entitlement(self.right, self.since, self.until)


class Invitation(models.Model):
    """That somebody is invited to have an account with certain rights. Only the hash of the link's secret is
    kept. `rights` lists role, scope, since and until of each grant that accepting it makes."""

    ref = models.CharField(max_length=20, unique=True, default=short, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    rights = models.JSONField(default=list)
    made = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True, blank=True)
    accepted = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="invitations")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn__isnull=True) | Q(accepted__isnull=True),
                name="people_invitation_ends_once",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def over(self) -> bool:
        return bool(self.accepted or self.withdrawn)

    @property
    def entitlements(self) -> list[Right]:
        return [Right(Role(one["role"]), one["scope"]) for one in self.rights]


class Restoration(models.Model):
    """That a lost second factor is to be restored: asked by one officer and confirmed by another, or done at
    once by the administrator of the account's `party`."""

    ref = models.CharField(max_length=20, unique=True, default=short, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="restorations")
    reason = models.CharField(max_length=400)
    party = RefField()
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    confirmed = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="people_restoration_by_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed__isnull=True) | Q(confirmed_by__isnull=False) | ~Q(party=""),
                name="people_restoration_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.asked:%Y-%m-%d}"


class NoteVerbale(Fact):
    """A formal letter of a party on the strength of which an officer records an act on its behalf."""

    party = RefField(blank=False)
    number = models.CharField(max_length=120)  # the reference that the mission gave it
    dated = models.DateField()
    scan = models.FileField(upload_to="notes-verbales/", max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the scan

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "number"], name="people_note_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def media(self) -> Media:
        return Media(self.scan.name.rpartition(".")[2])
