"""Accounts, and who may speak for whom."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from chancery.core.models import DatedQuerySet, Fact, RefField
from chancery.core.refs import short

from .rules import Role, Unit


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
    """That an account has a role in a party, a body or a unit of the Secretariat, for a period: the first day,
    and the first day after. It begins and ends by itself; revoking it sets its end.

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
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="people_grant_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role} {self.scope}".rstrip()

    @property
    def unit(self) -> Unit | None:
        return Unit(self.scope) if self.role == Role.OFFICER and self.scope in list(Unit) else None


class NoteVerbale(Fact):
    """A formal letter of a party on the strength of which an officer records an act on its behalf."""

    party = RefField(blank=False)
    number = models.CharField(max_length=120)  # the reference that the mission gave it
    dated = models.DateField()
    scan = models.FileField(upload_to="notes-verbales/", max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the scan

    def __str__(self) -> str:
        return self.number
