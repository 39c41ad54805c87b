from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "chancery.bodies"
    label = "bodies"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.journal import words
        from chancery.people import policy, scopes
        from chancery.people.rules import Role, Unit, either, officer

        from . import panels, queries, rules, tables

        tables.fill()
        words.name("bodies.establish", _("A body was established"))
        words.name("bodies.place", _("A body was placed in the tree"))
        words.name("bodies.dissolve", _("A body was dissolved"))
        words.name("bodies.open-term", _("A term in the Chair was opened"))
        words.name("bodies.hand-over", _("The Chair was handed over"))
        words.name("bodies.set-programme", _("The Chair stated its theme and priorities"))
        for act in ("establish", "place", "dissolve", "open-term", "hand-over"):
            policy.allow(f"bodies.{act}", officer(Unit.PROTOCOL))
        policy.allow("bodies.set-programme", either(officer(Unit.PROTOCOL), rules.presides))
        scopes.add(queries.called, Role.PRESIDENCY)
        policy.seat_chairs(queries.chairs)
        navigation.public.append(navigation.Entry(_("Bodies"), "bodies", 30))
        navigation.add_address("bodies", lambda ref: reverse("body", args=[ref]))
        navigation.add_address("chair_terms", lambda ref: reverse("chair"))
        navigation.add_hint("chair", queries.chair_party)
        navigation.add_panel("party", navigation.Panel("bodies/party_panel.html", panels.of_party, 10))
