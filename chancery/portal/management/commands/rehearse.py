"""`chancery rehearse`: plays a negotiation in the practice organisation, up to today."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from chancery.portal import rehearsal


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError("what is played is invented: it belongs to the practice installation only")
        if not rehearsal.is_played():
            self.stdout.write("Playing a negotiation to practise on …")
            rehearsal.play()
