from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "chancery.decisions"
    label = "decisions"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import Unit, officer

        from . import panels, tables

        tables.fill()
        policy.allow("decisions.record", officer(Unit.DOCUMENTS))
        words.name("decisions.record", _("A decision of a body was recorded"))
        navigation.public.append(navigation.Entry(_("Decisions"), "decisions", 50))
        navigation.add_address("decisions", lambda ref: reverse("decision", args=[ref]))
        navigation.add_panel("meeting", navigation.Panel("decisions/meeting_panel.html", panels.of_meeting, 10))
        navigation.add_panel("body", navigation.Panel("decisions/body_panel.html", panels.of_body, 20))
        navigation.add_panel("party", navigation.Panel("decisions/party_panel.html", panels.of_party, 50))
