from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "chancery.decisions"
    label = "decisions"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation

        from . import panels, tables
        from .queries import route

        tables.fill()
        navigation.public.append(navigation.Entry(_("Decisions"), "decisions", 50))
        navigation.add_address("decisions", lambda ref: reverse("decision", args=[ref]))
        navigation.add_hint("settled-documents", route.settled)
        navigation.add_hint("adopted-versions", route.adopted)
        navigation.add_panel("meeting", navigation.Panel("decisions/meeting_panel.html", panels.of_meeting, 10))
        navigation.add_panel("body", navigation.Panel("decisions/body_panel.html", panels.of_body, 20))
        navigation.add_panel("party", navigation.Panel("decisions/party_panel.html", panels.of_party, 50))
        navigation.add_panel("document", navigation.Panel("decisions/document_panel.html", panels.of_document, 10))
        self._register()
        self._room()
        self._followup()
        self._silence()
        self._silence_pages()
        self._chair()

    def _register(self) -> None:
        """The register of decisions: what is recorded, published and noted."""
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import Unit, officer

        from .rules.voices import leads

        for act in ("record", "relate", "publish"):
            policy.allow(f"decisions.{act}", officer(Unit.DOCUMENTS))
        for act in ("note-taken", "attach-statement"):
            policy.allow(f"decisions.{act}", leads)
        words.name("decisions.record", _("A decision of a body was recorded"))
        words.name("decisions.relate", _("It was recorded what a decision does to earlier ones"))
        words.name("decisions.publish", _("A decision was published"))
        words.name("decisions.note-taken", _("A decision taken by silence was noted at a session"))
        words.name("decisions.attach-statement", _("A statement was attached to a decision"))

    def _room(self) -> None:
        """The room: who records what was decided there, and the way of a text."""
        from chancery.documents import guards as documents
        from chancery.documents import routes
        from chancery.journal import words
        from chancery.notices import kinds
        from chancery.people import policy

        from . import guards
        from .queries import route
        from .rules.voices import leads

        for act in ("adopt", "object-in-room"):
            policy.allow(f"decisions.{act}", leads)
        words.name("decisions.adopt", _("A body decided on a text"))
        words.name("decisions.object-in-room", _("A member objected in the room"))
        kinds.add("decision-taken", _("A body has decided"), legal=True)
        kinds.add("objection-in-room", _("A member objected in the room"), legal=True)
        kinds.add("decision-published", _("A decision is public"))
        kinds.add("decision-noted", _("A decision taken by silence was noted"))
        kinds.add("statement-attached", _("A statement was attached to a decision"))
        documents.add(guards.adopted)
        routes.add(route.way)

    def _followup(self) -> None:
        """What follows from decisions."""
        from chancery.core import navigation
        from chancery.journal import words
        from chancery.notices import kinds
        from chancery.people import policy
        from chancery.people.rules import Unit, officer

        from . import panels
        from .rules.followup import reports

        for act in ("undertake", "lapse"):
            policy.allow(f"decisions.{act}", officer(Unit.DOCUMENTS))
        policy.allow("decisions.report-progress", reports)
        words.name("decisions.undertake", _("It was recorded what follows from a decision"))
        words.name("decisions.report-progress", _("Progress on a decision was reported"))
        words.name("decisions.lapse", _("Something owed from a decision lapsed"))
        kinds.add("undertaking-given", _("Something is asked of you by a decision"))
        kinds.add("undertaking-reported", _("Progress on a decision was reported"))
        navigation.add_panel("party", navigation.Panel("decisions/owed_panel.html", panels.owed_by_party, 55))

    def _silence(self) -> None:
        """Silence: who may act on it, what keeps its text frozen and its body in being, what closes it."""
        from chancery.bodies import guards as bodies
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
        words.name("decisions.lapse-silence", _("Silence lapsed: its body does not exist any more"))
        documents.add(guards.frozen)
        bodies.add(guards.silent)
        registry.add(
            registry.Duty(
                "close-silence", due=procedure.due, coming=procedure.coming,
                do=lambda ref: silence.close(ref=ref, by=policy.CLOCK),
            )
        )  # fmt: skip
        registry.add(
            registry.Duty(
                "announce-silence", due=procedure.untold, do=lambda ref: silence.announce(ref=ref, by=policy.CLOCK),
                lane="notices",
            )
        )  # fmt: skip

    def _silence_pages(self) -> None:
        """Where silences are followed, and what their events are called."""
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.documents.rules.visibility import negotiates
        from chancery.notices import kinds
        from chancery.people import policy

        from .queries import silence

        policy.allow("decisions.follow-silences", negotiates, reading=True)
        navigation.add_address("silences", lambda ref: reverse("silence", args=[ref]))
        navigation.work.append(
            navigation.Entry(
                _("Silence"), "silences", 20, act="decisions.follow-silences", count=silence.awaiting
            )
        )  # fmt: skip
        kinds.add("silence-opened", _("Silence was proposed"), legal=True)
        kinds.add("silence-extended", _("Silence was extended"), legal=True)
        kinds.add("silence-broken", _("Silence was broken"), legal=True)
        kinds.add("silence-refused", _("The use of silence was objected to"), legal=True)
        kinds.add("silence-withdrawn", _("Silence was withdrawn"), legal=True)
        kinds.add("silence-lapsed", _("Silence lapsed"), legal=True)
        kinds.add("silence-adopted", _("A text was adopted by silence"), legal=True)

    def _chair(self) -> None:
        """The chair: who wishes to have it, and what is handed over with it."""
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.journal import words
        from chancery.notices import kinds
        from chancery.people import policy
        from chancery.people.rules import Unit, either, officer, reader

        from . import panels
        from .rules.candidature import declares, follows
        from .rules.handover import hands_over, may_sign
        from .rules.voices import leads

        policy.allow("decisions.see-candidatures", either(reader, follows), reading=True)
        policy.allow("decisions.declare-candidature", declares)
        policy.allow("decisions.withdraw-candidature", declares)
        policy.allow("decisions.put-candidature", officer(Unit.DOCUMENTS))
        policy.allow("decisions.see-handovers", either(reader, hands_over), reading=True)
        policy.allow("decisions.draw-up-handover", either(officer(Unit.PROTOCOL), leads))
        policy.allow("decisions.countersign-handover", lambda standing, side: may_sign(standing, *side))
        words.name("decisions.declare-candidature", _("A candidature for the Chair was declared"))
        words.name("decisions.put-candidature", _("A candidature was put to a body"))
        words.name("decisions.withdraw-candidature", _("A candidature was withdrawn"))
        words.name("decisions.draw-up-handover", _("A handover file was drawn up"))
        words.name("decisions.countersign-handover", _("A handover file was countersigned"))
        kinds.add("candidature-declared", _("A candidature for the Chair was declared"), legal=True)
        navigation.add_panel("chair", navigation.Panel("decisions/chair_panel.html", panels.of_chair, 90))
        navigation.add_address("candidatures", lambda ref: reverse("candidatures"))
        navigation.add_address("handovers", lambda ref: reverse("handover", args=[ref]))
