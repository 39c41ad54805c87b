from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "chancery.parties"
    label = "parties"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.journal import words
        from chancery.people import policy, scopes
        from chancery.people.rules import OF_A_PARTY, Unit, officer

        from . import queries, tables

        tables.fill()
        words.name("parties.register", _("A State or organisation was entered"))
        words.name("parties.admit", _("A party began to belong"))
        words.name("parties.change-capacity", _("A party changed its capacity"))
        words.name("parties.withdraw", _("A party ceased to belong"))
        words.name("parties.rename", _("A party took another name"))
        words.name("parties.confirm-name", _("A name was confirmed"))
        words.name("parties.establish-post", _("A post was established"))
        words.name("parties.appoint", _("A post was taken"))
        words.name("parties.leave-post", _("A post was left"))
        words.name("parties.accredit-focal-point", _("A focal point was named"))
        for act in ("register", "admit", "change-capacity", "withdraw", "rename", "establish-post", "appoint",
                    "leave-post", "accredit-focal-point"):  # fmt: skip
            policy.allow(f"parties.{act}", officer(Unit.PROTOCOL))
        scopes.add(queries.called_today, *OF_A_PARTY)
        navigation.public.append(navigation.Entry(_("Members"), "members", 20))
        navigation.add_address("parties", lambda ref: reverse("party", args=[ref]))
        navigation.add_address("persons", lambda ref: reverse("person", args=[ref]))
