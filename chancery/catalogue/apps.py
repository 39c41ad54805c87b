from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "chancery.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import Unit, officer

        from . import panels, tables

        tables.fill()
        words.name("catalogue.adopt-edition", _("An edition of the catalogue came into force"))
        words.name("catalogue.define-area", _("A priority area was defined"))
        words.name("catalogue.appoint-coordinator", _("A coordinator was appointed"))
        words.name("catalogue.end-coordination", _("A coordination ended"))
        for act in ("adopt-edition", "define-area", "appoint-coordinator", "end-coordination"):
            policy.allow(f"catalogue.{act}", officer(Unit.PROGRAMME))
        navigation.public.append(navigation.Entry(_("Programme"), "programme", 35))
        navigation.add_address("priority_areas", lambda ref: reverse("area", args=[ref]))
        navigation.add_panel("party", navigation.Panel("catalogue/party_panel.html", panels.of_party, 20))
        navigation.add_panel("members", navigation.Panel("catalogue/members_cell.html", panels.of_members, 10))
