from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticesConfig(AppConfig):
    name = "chancery.notices"
    label = "notices"

    def ready(self) -> None:
        from chancery.core import navigation
        from chancery.duties import registry
        from chancery.journal import words
        from chancery.people import policy
        from chancery.people.rules import Unit, machine, officer, own_account

        from . import acts, feeds, kinds, queries
        from .rules import FeedKind

        policy.allow("notices.read", own_account, reading=True)
        policy.allow("notices.read-feed", own_account, reading=True)
        for act in ("prefer", "open-feed", "revoke-feed"):
            policy.allow(f"notices.{act}", own_account, own=True)
        policy.allow("notices.remind", officer(Unit.DOCUMENTS, Unit.PROTOCOL))
        for act in ("post-daily", "forget"):
            policy.allow(f"notices.{act}", machine)
        words.name("notices.prefer", _("Somebody said when letters are to come"))
        words.name("notices.open-feed", _("A personal feed was opened"))
        words.name("notices.revoke-feed", _("A personal feed was closed"))
        words.name("notices.remind", _("Delegations were reminded"))
        words.name("notices.forget", _("Old notices were erased"))
        kinds.add(queries.REMINDER, pgettext_lazy("kind of notice", "A reminder of the Secretariat"))
        feeds.add(FeedKind.ATOM, feeds.of_notices, "application/atom+xml; charset=utf-8")
        navigation.work.append(navigation.Entry(_("Notices"), "notices", 2, count=queries.unseen))
        registry.add(
            registry.Duty(
                "daily-letters", due=queries.due_letters, every=30,
                do=lambda account: acts.post_daily(account=account, by=policy.CLOCK),
            )
        )  # fmt: skip
        registry.add(
            registry.Duty(
                "forget-notices", due=lambda now: ["notices"] if queries.forgettable(now).exists() else [],
                do=lambda key: acts.forget(by=policy.CLOCK), every=3600,
            )
        )  # fmt: skip
