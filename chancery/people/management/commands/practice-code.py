"""`chancery practice-code NAME`: what an authenticator app would show for a practice account."""

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Shows the code of the second factor of a practice account. Refused unless CHANCERY_PRACTICE is set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what stands before the @, such as delegate.xp")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError("these accounts have known secrets: only a practice installation has them")
        found = Authenticator.objects.filter(
            type=Authenticator.Type.TOTP, user__email=f"{name}@practice.example"
        ).first()
        if found is None:
            raise CommandError(f"no practice account {name} has a second factor")
        step = int(time.time()) // app_settings.TOTP_PERIOD
        self.stdout.write(format_hotp_value(hotp_value(decrypt(found.data["secret"]), step)))
