"""How sign-in behaves here: nobody signs up, letters go through the outbox, secrets are kept encrypted."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from chancery.duties import outbox
from chancery.duties.rules import Classification

from . import letters, policy
from .models import Account


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk, in the language of the account; but first to the second factor where there is none."""
        account: Any = request.user
        with translation.override(letters.spoken(account.language or translation.get_language() or "")):
            return reverse("desk" if policy.has_second_factor(account) else "mfa_activate_totp")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the installation's own origin: a request's host is not to be trusted with a secret."""
        address = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.ORIGIN + address.replace("UID-KEY", key)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in need not say again who it is; the library would ask even then."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queues what the library wants to say; it holds a link or tells of the account, so it is
        personal."""
        account = context.get("user") or Account.objects.filter(email__iexact=email).first()
        language = letters.spoken(getattr(account, "language", "") or translation.get_language() or "")
        with translation.override(language), transaction.atomic():
            subject, body = letters.write(f"{template_prefix}.txt", {**context, "email": email})
            outbox.post(
                to=email, subject=subject, body=body, language=language,
                classification=Classification.PERSONAL,
            )  # fmt: skip

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells the holder of an account what was changed about signing in, and from where."""
        told = {"ip": self.get_client_ip(self.request), "user": user, **(context or {})}
        self.send_mail(template_prefix, email or user.email, told)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted under the installation's secret key, so that a copy of the
    database alone does not let anybody in."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Any:
    # imported where it is used: a process that signs nobody in need not hold it
    from cryptography.fernet import Fernet

    key = sha256(b"second factors\x00" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
