"""`chancery create-officer`: the first account of an installation."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chancery.core.asof import default
from chancery.core.refusals import Refusal
from chancery.people import acts, policy
from chancery.people.rules import Entitlement, Right, Role, Unit


class Command(BaseCommand):
    help = "Makes an officer of the Secretariat: prints a link to be used once, or takes a password."

    def add_arguments(self, parser: CommandParser) -> None:
        units = [unit.value for unit in Unit]
        parser.add_argument("--email")
        parser.add_argument("--name")
        parser.add_argument("--unit", action="append", choices=units, help="may be given several times")
        parser.add_argument("--language", default="")
        parser.add_argument(
            "--password", action="store_true", help="take the password from standard input instead of a link"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"] or input("E-mail address: ")
        name = options["name"] or input("Name: ")
        since = default().today
        rights = [Entitlement(Right(Role.OFFICER, unit), since) for unit in options["unit"] or self._units()]
        person = {"email": email, "name": name, "language": options["language"], "rights": rights}
        try:
            if options["password"]:
                acts.create_account(**person, password=self._password(), by=policy.OPERATOR)
                self.stdout.write(f"{name} can sign in.")
            else:
                link = acts.invite(**person, by=policy.OPERATOR, letter=False).link
                self.stdout.write(f"Give this link to {name}; it can be used once:\n{link}")
        except Refusal as refusal:
            raise CommandError(refusal.english) from None
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None

    def _units(self) -> list[str]:
        asked = input(f"Units ({', '.join(Unit)}): ").replace(",", " ").split()
        if unknown := set(asked) - set(Unit):
            raise CommandError(f"not a unit: {', '.join(sorted(unknown))}")
        return asked or [Unit.PROTOCOL.value]

    def _password(self) -> str:
        if sys.stdin.isatty():
            return getpass.getpass()
        return sys.stdin.readline().rstrip("\n")
