from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "chancery.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from django.urls import reverse

        from chancery.core import navigation
        from chancery.duties import registry
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import Unit, either, officer

        from . import acts, panels, printing, queries, rules, tables

        tables.fill()
        press = officer(Unit.PRESS)
        for act in ("draft", "edit", "add-picture", "remove-picture", "schedule", "publish", "correct", "withdraw",
                    "compose-issue", "edit-issue", "order-proof", "publish-issue", "discard-issue"):  # fmt: skip
            policy.allow(f"newsroom.{act}", press)
        policy.allow("newsroom.release", rules.clock)
        policy.allow("newsroom.read-drafts", either(press, rules.auditor), reading=True)
        words.name("newsroom.publish", _("News was published"))
        words.name("newsroom.correct", _("News was corrected"))
        words.name("newsroom.publish-issue", _("An edition of the Digest was published"))

        navigation.public.append(navigation.Entry(_("News"), "news", 60))
        navigation.public.append(navigation.Entry(_("Digest"), "digests", 70))
        navigation.work.append(navigation.Entry(_("News"), "news-desk", 60, act="newsroom.read-drafts"))
        navigation.work.append(navigation.Entry(_("Digest"), "digest-desk", 70, act="newsroom.read-drafts"))
        navigation.add_address("news", lambda ref: reverse("news-item", args=[ref]))
        navigation.add_address("news_texts", lambda ref: reverse("news-item", args=[ref.rpartition(".")[0]]))
        navigation.add_address("digests", _edition)
        navigation.add_panel("meeting", navigation.Panel("newsroom/meeting_panel.html", panels.of_meeting, 60))

        registry.add(
            registry.Duty(
                "publish-news", due=queries.due_releases, coming=queries.coming_release,
                do=lambda ref: acts.release(ref=ref, by=policy.CLOCK),
            )
        )  # fmt: skip
        registry.add(registry.Duty("print-digest", due=printing.due, do=printing.make, every=3, lane="print"))


def _edition(ref: str) -> str | None:
    """`2024-q4-1`"""
    from django.urls import NoReverseMatch, reverse

    quarter, _dash, number = ref.rpartition("-")
    try:
        return reverse("edition", args=[quarter, int(number)])
    except (ValueError, NoReverseMatch):
        return None
