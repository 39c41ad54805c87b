from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "chancery.parties"
    label = "parties"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.people import policy, scopes
        from chancery.people.rules import OF_A_PARTY, Unit, officer

        from . import queries, tables

        tables.fill()
        for act in ("register", "admit", "change-capacity", "withdraw", "rename", "establish-post", "appoint",
                    "leave-post", "accredit-focal-point"):  # fmt: skip
            policy.allow(f"parties.{act}", officer(Unit.PROTOCOL))
        scopes.add(queries.called_today, *OF_A_PARTY)
        navigation.public.append(navigation.Entry(_("Members"), "members", 20))
        navigation.add_address("parties", lambda ref: reverse("party", args=[ref]))
        navigation.add_address("persons", lambda ref: reverse("person", args=[ref]))
