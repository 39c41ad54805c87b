"""`chancery clock`: does what is due."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chancery.duties import clock, registry

log = logging.getLogger("chancery.clock")


class Command(BaseCommand):
    help = "Does what falls due: deadlines, letters, retention. Several may run; each thing is done once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, verbosity: int, **options: Any) -> None:
        logging.getLogger("chancery").setLevel(logging.INFO if verbosity else logging.WARNING)
        if once:
            self.stdout.write(str(clock.once(registry.all_duties())))
            return
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        log.info("the clock runs: %s", ", ".join(duty.name for duty in registry.all_duties()))
        clock.run(registry.all_duties(), stop)
        log.info("the clock stopped")
