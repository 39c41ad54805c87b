from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "chancery.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.bodies import guards as bodies
        from chancery.core import navigation
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import Unit, officer

        from . import guards, panels, tables

        tables.fill()
        bodies.add(guards.sits)
        sentences = {
            "convene": _("A meeting was convened"),
            "amend": _("The date or the details of a meeting changed"),
            "call-off": _("A meeting was postponed or cancelled"),
            "record-outcome": _("The outcome of a meeting was recorded"),
            "attach": _("A file was put with the papers of a meeting"),
        }
        for act, sentence in sentences.items():
            policy.allow(f"meetings.{act}", officer(Unit.PROGRAMME, Unit.PROTOCOL))
            words.name(f"meetings.{act}", sentence)
        navigation.public.append(navigation.Entry(_("Meetings"), "meetings", 40))
        navigation.add_address("meetings", lambda ref: reverse("meeting", args=[ref]))
        navigation.add_panel("party", navigation.Panel("meetings/party_panel.html", panels.of_party, 40))
        navigation.add_panel("body", navigation.Panel("meetings/body_panel.html", panels.of_body, 10))
