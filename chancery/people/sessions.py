"""Where an account is signed in, and how it is signed out there. No act of record."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from .models import Account


def of(account: Account) -> list[UserSession]:
    """The sessions that still hold, latest first."""
    held = UserSession.objects.purge_and_list(account)
    return sorted(held, key=lambda one: one.last_seen_at, reverse=True)


def end(account: Account, number: int) -> None:
    """Signs out one session of the account; nothing happens for one that is not its own."""
    for one in UserSession.objects.filter(user=account, pk=number):
        one.end()


def end_all(account: Account, but: str = "") -> None:
    """Signs out everywhere, but for the session with this key."""
    for one in UserSession.objects.filter(user=account).exclude(session_key=but):
        one.end()


def over(now: dt.datetime) -> bool:
    """Whether a session has run out and is still kept."""
    return Session.objects.filter(expire_date__lt=now).exists()


def forget(now: dt.datetime) -> None:
    """Erases sessions that have run out."""
    gone = Session.objects.filter(expire_date__lt=now)
    UserSession.objects.filter(session_key__in=list(gone.values_list("session_key", flat=True))).delete()
    gone.delete()
