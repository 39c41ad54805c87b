from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "chancery.exchange"
    label = "exchange"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from chancery.core import navigation
        from chancery.journal import words
        from chancery.people import policy, rules

        from . import panels

        policy.allow("exchange.load", rules.machine)
        policy.allow("exchange.correct", rules.officer())
        policy.allow("exchange.strike", rules.officer())
        words.name("exchange.correct", _("A fact was corrected"))
        words.name("exchange.strike", _("A fact recorded by mistake was struck"))
        for page in ("party", "person", "body", "area", "meeting", "document", "decision"):
            navigation.add_panel(page, navigation.Panel("exchange/erratum_panel.html", panels.erratum, 90))
