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
        self._silence()

    def _silence(self) -> None:
        """Silence: who may act on it, what keeps its text frozen, and the clock that closes it."""
        from chancery.documents import guards as documents
        from chancery.duties import registry
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import machine

        from . import guards
        from .acts import silence
        from .queries import procedure
        from .rules.voices import leads, speaks

        for act in ("propose-silence", "extend-silence", "withdraw-silence"):
            policy.allow(f"decisions.{act}", leads)
        policy.allow("decisions.reply", speaks)
        policy.allow("decisions.close-silence", machine)
        words.name("decisions.propose-silence", _("Silence was proposed"))
        words.name("decisions.reply", _("A delegation answered under silence"))
        words.name("decisions.break-silence", _("Silence was broken"))
        words.name("decisions.refuse-silence", _("The use of silence was objected to"))
        words.name("decisions.object-late", _("An objection came after silence had ended"))
        words.name("decisions.extend-silence", _("Silence was extended"))
        words.name("decisions.withdraw-silence", _("Silence was withdrawn"))
        words.name("decisions.close-silence", _("Silence ended unbroken"))
        documents.add(guards.frozen)
        registry.add(
            registry.Duty(
                "close-silence", due=procedure.due, coming=procedure.coming,
                do=lambda ref: silence.close(ref=ref, by=policy.CLOCK),
            )
        )  # fmt: skip
